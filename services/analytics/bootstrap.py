"""The composition root."""

from contextlib import AsyncExitStack

from infinure.analytics.v1 import usage_service_pb2, usage_service_pb2_grpc

from meshkit.channel import open_channel
from meshkit.identity import TokenVerifier
from meshkit.paging import PageTokens
from meshkit.server import Assembly, Servicer
from services.analytics.adapters.clickhouse import ClickHouse
from services.analytics.adapters.personal_data import AnalyticsPersonalData
from services.analytics.adapters.query_log import ClickhouseQueryLog
from services.analytics.queries import Queries
from services.analytics.rpc.usage_service import UsageServicer
from services.analytics.settings import Settings
from services.peers import personal_data
from services.peers.auth import SAFE, AuthKeys, AuthRevocations


async def assemble(settings: Settings, resources: AsyncExitStack) -> Assembly:
    """Opens what the service needs and joins it; `resources` closes it again."""
    store = await resources.enter_async_context(ClickHouse.open(settings.store))
    auth = await resources.enter_async_context(
        open_channel(settings.auth, settings.server.tls, service="auth", safe=SAFE)
    )
    revocations = AuthRevocations(auth)
    servicer = UsageServicer(Queries(ClickhouseQueryLog(store)), PageTokens.of(settings.paging))
    return Assembly(
        servicers=(
            Servicer(
                usage_service_pb2_grpc.add_UsageServiceServicer_to_server,
                servicer,
                usage_service_pb2.DESCRIPTOR.services_by_name["UsageService"],
            ),
            personal_data.servicer(AnalyticsPersonalData(store)),
        ),
        verifier=TokenVerifier(AuthKeys(auth), revocations),
        background=(revocations.run,),
        ready=(store.ping, revocations.check),
    )
