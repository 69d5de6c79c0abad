"""The port Data over integration's rpcs, called with the caller's own token."""

import time
from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

import grpc
from infinure.integration.v1 import (
    catalog_service_pb2,
    catalog_service_pb2_grpc,
    query_service_pb2,
    query_service_pb2_grpc,
    source_service_pb2,
    source_service_pb2_grpc,
)
from infinure.integration.v1.source_pb2 import SOURCE_STATE_READY

from meshkit.channel import stream
from meshkit.errors import MeshError, Unavailable
from meshkit.identity import Caller, caller
from services.ml_gateway.adapters.arrow_rows import RowReader
from services.ml_gateway.kept import Kept
from services.ml_gateway.model import KnownCatalog, QueryResult, Source

# These only read, so they may happen twice.
SAFE = ("infinure.integration.v1.CatalogService/GetCatalog", "infinure.integration.v1.SourceService/ListSources")
PAGE = 100
# Seconds; integration ends a query long before, so this is for one that no longer answers.
QUERY_DEADLINE = 90.0

# Who sees the same of a source: what rights are made of.
_Seer = tuple[UUID, str, str, frozenset[int]]


class IntegrationData:
    """Catalogs are kept by version, and asked for anew each time by the version that the same rights saw last."""

    def __init__(self, channel: grpc.aio.Channel, *, catalogs_kept: int, rows_kept: int) -> None:
        self._sources = source_service_pb2_grpc.SourceServiceStub(channel)
        self._catalogs = catalog_service_pb2_grpc.CatalogServiceStub(channel)
        self._queries = query_service_pb2_grpc.QueryServiceStub(channel)
        self._kept: Kept[tuple[UUID, str, str], KnownCatalog] = Kept(catalogs_kept)
        self._seen: Kept[_Seer, str] = Kept(10 * catalogs_kept)
        self._rows_kept = rows_kept

    async def sources(self) -> Sequence[Source]:
        found: list[Source] = []
        token = ""
        while True:
            request = source_service_pb2.ListSourcesRequest(page_size=PAGE, page_token=token)
            reply = await self._sources.ListSources(request)
            found += [
                Source(one.id, one.name, one.state == SOURCE_STATE_READY, one.state_text) for one in reply.sources
            ]
            token = reply.next_page_token
            if not token:
                return found

    async def catalog(self, source_id: str) -> KnownCatalog:
        whom = caller()
        seer = _seer(whom, source_id)
        # Held from here on: it may leave the kept ones while integration is asked.
        held = self._kept.get((whom.organization_id, source_id, self._seen.get(seer) or ""))
        known_version = held.version if held else ""
        request = catalog_service_pb2.GetCatalogRequest(source_id=source_id, known_version=known_version)
        reply = await self._catalogs.GetCatalog(request)
        if held and not reply.HasField("catalog"):
            return held
        known = KnownCatalog(whom.organization_id, source_id, reply.version, reply.catalog)
        self._kept.put(known.key, known)
        self._seen.put(seer, known.version)
        return known

    async def query(self, source_id: str, sql: str, time_zone: str) -> QueryResult:
        began = time.perf_counter()
        running, summary = query_service_pb2.RunningQuery(), query_service_pb2.QuerySummary()
        reader = RowReader(ZoneInfo(time_zone), self._rows_kept)
        request = query_service_pb2.ExecuteQueryRequest(source_id=source_id, sql=sql)
        ended = False
        async with stream(self._queries.ExecuteQuery(request, timeout=QUERY_DEADLINE)) as parts:
            async for part in parts:
                match part.WhichOneof("part"):
                    case "query":
                        running = part.query
                    case "batch":
                        reader.read(part.batch)
                    case "summary":
                        summary, ended = part.summary, True
        if not ended:
            raise cut_off()
        return QueryResult(
            sql=running.sql,
            tables=running.tables,
            policy_version=running.policy_version,
            scope_note=running.scope_note,
            names=reader.names,
            types=reader.types,
            rows=reader.rows,
            row_count=summary.row_count,
            truncated=summary.truncated or summary.row_count > len(reader.rows),
            data_time=summary.data_time,
            seconds=time.perf_counter() - began,
        )


def _seer(whom: Caller, source_id: str) -> _Seer:
    return whom.organization_id, source_id, whom.role, whom.permissions


def cut_off() -> MeshError:
    """A result without its summary, though the rpc ended well."""
    return Unavailable("the result of the query broke off; try again", retry_after=1.0)
