"""The composition root: every part of the service is made and joined here."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime

from infinure.chat.v1 import chat_service_pb2, chat_service_pb2_grpc

from meshkit.channel import open_channel
from meshkit.database import Database
from meshkit.identity import TokenVerifier
from meshkit.ids import utc_now
from meshkit.jobs import Jobs
from meshkit.paging import PageTokens
from meshkit.server import Assembly, Servicer
from meshkit.worker import Worker
from services.chat.adapters.answers import SqlAnswers
from services.chat.adapters.conversations import SqlConversations
from services.chat.adapters.ml_gateway import MlGateway
from services.chat.adapters.personal_data import ChatPersonalData
from services.chat.adapters.usage import RECORD_QUERY, UsageDelivery
from services.chat.answering import Answering, AnswerLimits
from services.chat.conversations import ConversationKeeping
from services.chat.rpc.chat_service import ChatServicer
from services.chat.settings import Settings
from services.peers import personal_data
from services.peers.auth import SAFE, AuthConsents, AuthKeys, AuthRevocations, AuthTokens


async def assemble(settings: Settings, resources: AsyncExitStack, clock: Callable[[], datetime] = utc_now) -> Assembly:
    """Opens what the service needs and joins it; `resources` closes it again."""
    tls = settings.server.tls
    database = await resources.enter_async_context(Database.open(settings.database))
    auth = await resources.enter_async_context(open_channel(settings.auth, tls, service="auth", safe=SAFE))
    gateway = await resources.enter_async_context(open_channel(settings.ml_gateway, tls, service="ml_gateway"))
    analytics = await resources.enter_async_context(open_channel(settings.analytics, tls, service="analytics"))
    revocations, tokens, jobs = AuthRevocations(auth, clock=clock), AuthTokens(auth), Jobs()
    limits = AnswerLimits(running_per_user=settings.running_answers_per_user, unheard=settings.unheard_seconds)
    answering = Answering(
        SqlAnswers(database, jobs), MlGateway(gateway), tokens, worker=settings.worker, clock=clock, limits=limits
    )
    resources.push_async_callback(answering.close)
    keeping = ConversationKeeping(SqlConversations(database), answering, clock)
    delivery = Worker(database, {RECORD_QUERY: UsageDelivery(analytics, tokens, AuthConsents(auth)).deliver}, jobs=jobs)
    servicer = Servicer(
        chat_service_pb2_grpc.add_ChatServiceServicer_to_server,
        ChatServicer(keeping, answering, PageTokens.of(settings.paging)),
        chat_service_pb2.DESCRIPTOR.services_by_name["ChatService"],
    )
    return Assembly(
        servicers=(servicer, personal_data.servicer(ChatPersonalData(database))),
        verifier=TokenVerifier(AuthKeys(auth, clock=clock), revocations, clock=clock),
        background=(revocations.run, answering.keep_alive, delivery.run),
        ready=(database.ping, revocations.check),
    )
