"""The composition root: every part of the service is made and joined here."""

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime

from infinure.ml_gateway.v1 import (
    answer_service_pb2,
    answer_service_pb2_grpc,
    evaluation_service_pb2,
    evaluation_service_pb2_grpc,
    learning_service_pb2,
    learning_service_pb2_grpc,
    receipt_service_pb2,
    receipt_service_pb2_grpc,
)

from meshkit.channel import open_channel
from meshkit.database import Database
from meshkit.identity import TokenVerifier
from meshkit.ids import utc_now
from meshkit.paging import PageTokens
from meshkit.server import Assembly, Background, Check, Servicer
from services.ml_gateway.adapters.consents import AskedConsents
from services.ml_gateway.adapters.evaluations import SqlBenchmarkQuestions, SqlRuns
from services.ml_gateway.adapters.integration import SAFE, IntegrationData
from services.ml_gateway.adapters.memory import SqlMemory
from services.ml_gateway.adapters.personal_data import GatewayPersonalData
from services.ml_gateway.adapters.synonyms import SqlSynonyms
from services.ml_gateway.adapters.verdicts import SqlVerdicts
from services.ml_gateway.adapters.verified_answers import SqlVerifiedAnswers
from services.ml_gateway.answering import Answering
from services.ml_gateway.builtin.engine import BuiltinEngine
from services.ml_gateway.builtin.indexes import Indexes
from services.ml_gateway.builtin.reading import Reading
from services.ml_gateway.builtin.remembering import Remembering
from services.ml_gateway.builtin.sealing import Seal
from services.ml_gateway.builtin.version import engine_version
from services.ml_gateway.evaluation.keeping import Keeping
from services.ml_gateway.evaluation.running import Running
from services.ml_gateway.learning.matching import Matching
from services.ml_gateway.learning.ports import Consents
from services.ml_gateway.learning.seeing import Seeing
from services.ml_gateway.learning.teaching import Teaching
from services.ml_gateway.learning.verifying import Verifying
from services.ml_gateway.replaying import Replaying
from services.ml_gateway.routing import Route, always
from services.ml_gateway.rpc.answer_service import AnswerServicer
from services.ml_gateway.rpc.evaluation_service import EvaluationServicer
from services.ml_gateway.rpc.learning_service import LearningServicer
from services.ml_gateway.rpc.receipt_service import ReceiptServicer
from services.ml_gateway.settings import Settings
from services.peers import auth as auth_peer
from services.peers import personal_data
from services.peers.auth import AuthConsents, AuthKeys, AuthRevocations

# Plans of verified answers that stay in memory.
PLANS_KEPT = 5000
SOURCES_KEPT = 1000

Clock = Callable[[], datetime]


async def assemble(settings: Settings, resources: AsyncExitStack) -> Assembly:
    """The service as it runs in the mesh: tokens are verified by what auth publishes."""
    opened = open_channel(settings.auth, settings.server.tls, service="auth", safe=auth_peer.SAFE)
    auth = await resources.enter_async_context(opened)
    revocations = AuthRevocations(auth)
    verifier = TokenVerifier(AuthKeys(auth), revocations)
    consents = AskedConsents(AuthConsents(auth))
    return await assemble_with(
        verifier, consents, settings, resources, background=(revocations.run,), ready=(revocations.check,)
    )


async def assemble_with(
    verifier: TokenVerifier,
    consents: Consents,
    settings: Settings,
    resources: AsyncExitStack,
    *,
    background: Sequence[Background] = (),
    ready: Sequence[Check] = (),
    clock: Clock = utc_now,
) -> Assembly:
    """The same with any verifier of tokens and source of consents, and any clock for what "last month" means."""
    opened = open_channel(settings.integration, settings.server.tls, service="integration", safe=SAFE)
    integration = await resources.enter_async_context(opened)
    database = await resources.enter_async_context(Database.open(settings.database))
    data = IntegrationData(integration, catalogs_kept=settings.catalogs_kept, rows_kept=settings.rows_kept)
    memory = SqlMemory(database, sources_kept=SOURCES_KEPT, most_synonyms=settings.synonyms_most)
    reading = Reading(Indexes(settings.catalogs_kept), Matching(PLANS_KEPT), settings.answer_bar)
    version, remembering = engine_version(), Remembering(memory, consents)
    seal = Seal(settings.paging.key)
    route = always(BuiltinEngine(version, reading, remembering, seal))
    replaying = Replaying(data, reading, remembering, version, seal)
    servicers = (
        Servicer(
            answer_service_pb2_grpc.add_AnswerServiceServicer_to_server,
            AnswerServicer(Answering(data, route, clock)),
            answer_service_pb2.DESCRIPTOR.services_by_name["AnswerService"],
        ),
        _learning(settings, database, data, replaying, consents, clock),
        Servicer(
            receipt_service_pb2_grpc.add_ReceiptServiceServicer_to_server,
            ReceiptServicer(replaying),
            receipt_service_pb2.DESCRIPTOR.services_by_name["ReceiptService"],
        ),
        _evaluation(settings, database, data, Seeing(data), route, clock),
        personal_data.servicer(GatewayPersonalData(database)),
    )
    return Assembly(servicers=servicers, verifier=verifier, background=background, ready=(database.ping, *ready))


def _learning(
    settings: Settings,
    database: Database,
    data: IntegrationData,
    replaying: Replaying,
    consents: Consents,
    clock: Clock,
) -> Servicer:
    seeing = Seeing(data)
    verified = SqlVerifiedAnswers(database, most=settings.verified_answers_most)
    servicer = LearningServicer(
        teaching=Teaching(SqlSynonyms(database, most=settings.synonyms_most), seeing, clock),
        verifying=Verifying(verified, seeing, data, replaying, clock),
        verdicts=SqlVerdicts(database, most=settings.verdicts_most),
        consents=consents,
        page_tokens=PageTokens.of(settings.paging),
        clock=clock,
    )
    return Servicer(
        learning_service_pb2_grpc.add_LearningServiceServicer_to_server,
        servicer,
        learning_service_pb2.DESCRIPTOR.services_by_name["LearningService"],
    )


def _evaluation(
    settings: Settings, database: Database, data: IntegrationData, seeing: Seeing, route: Route, clock: Clock
) -> Servicer:
    questions = SqlBenchmarkQuestions(
        database,
        most=settings.benchmark_questions_most,
        most_of_source=settings.benchmark_questions_of_source,
    )
    runs = SqlRuns(database, kept_of_source=settings.evaluation_runs_kept)
    servicer = EvaluationServicer(
        keeping=Keeping(questions, runs, seeing, clock),
        running=Running(data, route, questions, runs, clock),
        page_tokens=PageTokens.of(settings.paging),
    )
    return Servicer(
        evaluation_service_pb2_grpc.add_EvaluationServiceServicer_to_server,
        servicer,
        evaluation_service_pb2.DESCRIPTOR.services_by_name["EvaluationService"],
    )
