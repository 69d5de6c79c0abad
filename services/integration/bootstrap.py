"""The composition root: every part of the service is made and joined here."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import partial
from typing import Any

from infinure.integration.v1 import (
    catalog_service_pb2,
    catalog_service_pb2_grpc,
    query_service_pb2,
    query_service_pb2_grpc,
    semantic_model_service_pb2,
    semantic_model_service_pb2_grpc,
    source_service_pb2,
    source_service_pb2_grpc,
    warehouse_service_pb2,
    warehouse_service_pb2_grpc,
)

from meshkit.channel import open_channel
from meshkit.database import Database
from meshkit.dns import SystemResolver
from meshkit.identity import TokenVerifier
from meshkit.ids import utc_now
from meshkit.jobs import Jobs
from meshkit.paging import PageTokens
from meshkit.server import Assembly, Background, Check, Servicer
from meshkit.vault import FileMasterKey
from meshkit.worker import Worker
from services.integration.adapters.blob_opening import opened_blobs
from services.integration.adapters.catalogs import SqlCatalogs
from services.integration.adapters.clickhouse_sources import ClickhouseConnector
from services.integration.adapters.file_preparing import WorkerFilePreparer
from services.integration.adapters.files_sources import FilesConnector
from services.integration.adapters.jobs import job_handlers
from services.integration.adapters.mysql_sources import MysqlConnector
from services.integration.adapters.personal_data import IntegrationPersonalData
from services.integration.adapters.postgres import SqlSources
from services.integration.adapters.postgres_sources import PostgresConnector
from services.integration.adapters.semantic_models import SqlSemanticModels
from services.integration.adapters.uploads import SqlUploads
from services.integration.adapters.warehouse import ClickhouseWarehouse
from services.integration.adapters.warehouse_sources import WarehouseConnector, WarehousePlace
from services.integration.catalogs import Catalogs
from services.integration.connectors import Connectors
from services.integration.executors.port import Executor
from services.integration.loading import Loading
from services.integration.model import (
    ClickhouseConfiguration,
    Configuration,
    FilesConfiguration,
    MysqlConfiguration,
    PostgresConfiguration,
    Source,
    WarehouseConfiguration,
)
from services.integration.ports import Connector
from services.integration.querying import Querying
from services.integration.refreshing import Refreshing
from services.integration.rpc.catalog_service import CatalogServicer
from services.integration.rpc.query_service import QueryServicer
from services.integration.rpc.semantic_model_service import SemanticModelServicer
from services.integration.rpc.source_service import SourceServicer
from services.integration.rpc.warehouse_service import WarehouseServicer
from services.integration.running import RunningSources
from services.integration.semantic_models import SemanticModels
from services.integration.settings import Settings
from services.integration.sources import Sources
from services.integration.uploads import Uploads
from services.integration.workers import Workers
from services.peers import personal_data
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
    workers = await resources.enter_async_context(_workers(settings))
    jobs, page_tokens = Jobs(), PageTokens.of(settings.paging)
    blobs, staging = opened_blobs(settings.blobs)
    files = FilesConnector(workers, blobs, profile_limits=settings.profile, clock=utc_now)
    rules, resolver = settings.host_rules, SystemResolver()
    place = WarehousePlace.of(settings.warehouse.url) if settings.warehouse.url is not None else None
    warehouse = ClickhouseWarehouse(place.client) if place is not None else None
    if warehouse is not None:
        resources.push_async_callback(warehouse.close)
    reached: dict[type[Configuration], Connector[Any]] = {
        PostgresConfiguration: PostgresConnector(rules, resolver, profile_limits=settings.profile, clock=utc_now),
        MysqlConfiguration: MysqlConnector(rules, resolver, profile_limits=settings.profile, clock=utc_now),
        ClickhouseConfiguration: ClickhouseConnector(rules, resolver, profile_limits=settings.profile, clock=utc_now),
        FilesConfiguration: files,
    }
    if place is not None:
        reached[WarehouseConfiguration] = WarehouseConnector(place, profile_limits=settings.profile, clock=utc_now)
    connectors = Connectors(reached)
    upload_store = SqlUploads(database, jobs)
    catalog_store = SqlCatalogs(database, jobs, clock=utc_now, refresh_hours=settings.catalog_refresh_hours)
    master_key = FileMasterKey.read(settings.master_key_file)
    store = SqlSources(database, master_key, upload_store, catalog_store, clock=utc_now)
    running = RunningSources(partial(_executor, connectors, store), settings.query.running)
    resources.push_async_callback(running.close)
    catalogs = Catalogs(store, catalog_store)
    querying = Querying(catalogs, running, settings.query.limits)
    models = SemanticModels(SqlSemanticModels(database, clock=utc_now), catalogs, page_tokens)
    refreshing = Refreshing(store, catalog_store, catalogs, connectors)
    uploads = Uploads(
        upload_store,
        blobs,
        staging,
        WorkerFilePreparer(workers, settings.uploads.work_limits, at_once=settings.uploads.reading_at_once),
        page_tokens,
        limits=settings.uploads.limits,
        clock=utc_now,
    )
    most = settings.sources_per_organization
    sources = Sources(store, connectors, uploads, running, warehouse, page_tokens, most=most, clock=utc_now)
    loading = Loading(
        warehouse,
        store,
        uploads,
        files,
        querying,
        refreshing,
        connectors,
        limits=settings.warehouse.limits,
        most_sources=most,
        clock=utc_now,
    )
    worker = Worker(database, job_handlers(uploads, refreshing, catalog_store), jobs=jobs, parallel=2)
    return Assembly(
        servicers=(
            *_servicers(
                SourceServicer(sources, uploads),
                CatalogServicer(catalogs, refreshing),
                SemanticModelServicer(models),
                QueryServicer(querying),
                WarehouseServicer(loading),
            ),
            personal_data.servicer(IntegrationPersonalData(database, jobs)),
        ),
        verifier=verifier,
        background=(*background, running.sweep, loading.sweep, worker.run),
        ready=(*ready, database.ping),
    )


def _executor(connectors: Connectors, store: SqlSources, source: Source) -> Executor:
    return connectors.of(source.configuration).executor(
        source, partial(store.password, source.organization_id, source.id)
    )


def _workers(settings: Settings) -> AbstractAsyncContextManager[Workers]:
    given = settings.workers
    modules = (
        "services.integration.executors.duckdb_work",
        "services.integration.executors.sqlite_work",
        "services.integration.files.duck",
        "services.integration.files.preparing",
    )
    return Workers.open(warm=given.warm, at_once=given.at_once, modules=modules, unconfined=given.unconfined)


def _servicers(
    sources: SourceServicer,
    catalogs: CatalogServicer,
    models: SemanticModelServicer,
    queries: QueryServicer,
    warehouse: WarehouseServicer,
) -> tuple[Servicer, ...]:
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
            semantic_model_service_pb2_grpc.add_SemanticModelServiceServicer_to_server,
            models,
            semantic_model_service_pb2.DESCRIPTOR.services_by_name["SemanticModelService"],
        ),
        Servicer(
            query_service_pb2_grpc.add_QueryServiceServicer_to_server,
            queries,
            query_service_pb2.DESCRIPTOR.services_by_name["QueryService"],
        ),
        Servicer(
            warehouse_service_pb2_grpc.add_WarehouseServiceServicer_to_server,
            warehouse,
            warehouse_service_pb2.DESCRIPTOR.services_by_name["WarehouseService"],
        ),
    )
