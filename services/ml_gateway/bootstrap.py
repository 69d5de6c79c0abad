"""The composition root: every part of the service is made and joined here."""

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from datetime import datetime

from infinure.ml_gateway.v1 import answer_service_pb2, answer_service_pb2_grpc

from meshkit.channel import open_channel
from meshkit.identity import TokenVerifier
from meshkit.ids import utc_now
from meshkit.server import Assembly, Background, Check, Servicer
from services.ml_gateway.adapters.integration import SAFE, IntegrationData
from services.ml_gateway.answering import Answering
from services.ml_gateway.builtin.engine import BuiltinEngine
from services.ml_gateway.builtin.version import engine_version
from services.ml_gateway.routing import always
from services.ml_gateway.rpc.answer_service import AnswerServicer
from services.ml_gateway.settings import Settings
from services.peers import auth as auth_peer
from services.peers.auth import AuthKeys, AuthRevocations


async def assemble(settings: Settings, resources: AsyncExitStack) -> Assembly:
    """The service as it runs in the mesh: tokens are verified by what auth publishes."""
    opened = open_channel(settings.auth, settings.server.tls, service="auth", safe=auth_peer.SAFE)
    auth = await resources.enter_async_context(opened)
    revocations = AuthRevocations(auth)
    verifier = TokenVerifier(AuthKeys(auth), revocations)
    return await assemble_with(verifier, settings, resources, background=(revocations.run,), ready=(revocations.check,))


async def assemble_with(
    verifier: TokenVerifier,
    settings: Settings,
    resources: AsyncExitStack,
    *,
    background: Sequence[Background] = (),
    ready: Sequence[Check] = (),
    clock: Callable[[], datetime] = utc_now,
) -> Assembly:
    """The same with any verifier of tokens, and any clock for what "last month" means."""
    opened = open_channel(settings.integration, settings.server.tls, service="integration", safe=SAFE)
    integration = await resources.enter_async_context(opened)
    data = IntegrationData(integration, catalogs_kept=settings.catalogs_kept, rows_kept=settings.rows_kept)
    engine = BuiltinEngine(engine_version(), indexes_kept=settings.catalogs_kept)
    servicer = Servicer(
        answer_service_pb2_grpc.add_AnswerServiceServicer_to_server,
        AnswerServicer(Answering(data, always(engine), clock)),
        answer_service_pb2.DESCRIPTOR.services_by_name["AnswerService"],
    )
    return Assembly(servicers=(servicer,), verifier=verifier, background=background, ready=ready)
