"""The composition root: every part of the service is made and joined here."""

from __future__ import annotations

from contextlib import AsyncExitStack
from functools import partial

from infinure.integration.v1 import (
    catalog_service_pb2,
    catalog_service_pb2_grpc,
    query_service_pb2,
    query_service_pb2_grpc,
    source_service_pb2,
    source_service_pb2_grpc,
)

from meshkit.channel import open_channel
from meshkit.database import Database
from meshkit.identity import TokenVerifier
from meshkit.ids import utc_now
from meshkit.paging import PageTokens
from meshkit.server import Assembly, Background, Check, Servicer
from services.integration.adapters.dns import SystemResolver
from services.integration.adapters.postgres import SqlSources
from services.integration.adapters.postgres_sources import PostgresConnector
from services.integration.catalogs import Catalogs
from services.integration.executors.port import Executor
from services.integration.model import Source
from services.integration.querying import Querying
from services.integration.rpc.catalog_service import CatalogServicer
from services.integration.rpc.query_service import QueryServicer
from services.integration.rpc.source_service import SourceServicer
from services.integration.running import RunningSources
from services.integration.settings import Settings
from services.integration.sources import Sources
from services.integration.vault import FileMasterKey
from services.peers.auth import AuthKeys, AuthRevocations


async def assemble(settings: Settings, resources: AsyncExitStack) -> Assembly:
    """The service as it runs in the mesh: tokens are verified by what auth publishes."""
    channel = await resources.enter_async_context(open_channel(settings.auth, settings.server.tls, service="auth"))
    revocations = AuthRevocations(channel)
    verifier = TokenVerifier(AuthKeys(channel), revocations)
    return await assemble_with(verifier, settings, resources, (revocations.run,), (revocations.check,))


async def assemble_with(
    verifier: TokenVerifier,
    settings: Settings,
    resources: AsyncExitStack,
    background: tuple[Background, ...] = (),
    ready: tuple[Check, ...] = (),
) -> Assembly:
    """The same with any verifier of tokens."""
    database = await resources.enter_async_context(Database.open(settings.database))
    store = SqlSources(database, FileMasterKey.read(settings.master_key_file), clock=utc_now)
    connector = PostgresConnector(settings.host_rules, SystemResolver(), profile_limits=settings.profile, clock=utc_now)
    running = RunningSources(partial(_executor, connector, store), settings.query.running)
    resources.push_async_callback(running.close)
    catalogs = Catalogs(store)
    sources = Sources(
        store,
        connector,
        running,
        PageTokens.of(settings.paging),
        most=settings.sources_per_organization,
        clock=utc_now,
    )
    return Assembly(
        servicers=_servicers(
            SourceServicer(sources),
            CatalogServicer(catalogs),
            QueryServicer(Querying(catalogs, running, settings.query.limits)),
        ),
        verifier=verifier,
        background=(*background, running.sweep),
        ready=(*ready, database.ping),
    )


def _executor(connector: PostgresConnector, store: SqlSources, source: Source) -> Executor:
    return connector.executor(source, partial(store.password, source.organization_id, source.id))


def _servicers(sources: SourceServicer, catalogs: CatalogServicer, queries: QueryServicer) -> tuple[Servicer, ...]:
    return (
        Servicer(
            source_service_pb2_grpc.add_SourceServiceServicer_to_server,
            sources,
            source_service_pb2.DESCRIPTOR.services_by_name["SourceService"],
        ),
        Servicer(
            catalog_service_pb2_grpc.add_CatalogServiceServicer_to_server,
            catalogs,
            catalog_service_pb2.DESCRIPTOR.services_by_name["CatalogService"],
        ),
        Servicer(
            query_service_pb2_grpc.add_QueryServiceServicer_to_server,
            queries,
            query_service_pb2.DESCRIPTOR.services_by_name["QueryService"],
        ),
    )
