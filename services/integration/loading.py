"""Loading the warehouse: a table of an upload, or the result of a query, into the organization's own database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from meshkit.errors import MeshError
from meshkit.identity import Caller
from meshkit.secrets import Secret
from services.integration.boundary.model import Limits
from services.integration.catalog.document import versioned
from services.integration.connectors import Connectors
from services.integration.errors import (
    CatalogEntryNotFound,
    SourceIdTaken,
    SourceNameTaken,
    SourceNotFound,
    UploadNotPrepared,
    WarehouseAway,
    WarehouseLimitReached,
    WarehouseTableExists,
    told,
)
from services.integration.executors.errors import SourceError
from services.integration.executors.port import Execution
from services.integration.model import FilesConfiguration, NewSource, Source, WarehouseConfiguration
from services.integration.ports import SourceStore, StoredTables, Warehouse
from services.integration.progress import Progress
from services.integration.querying import Querying
from services.integration.refreshing import Refreshing
from services.integration.uploads import Uploads, source_of

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "Warehouse"
REPORT_SECONDS = 0.25
SWEEP_SECONDS = 600.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FromUpload:
    """A table of a prepared upload; table "" is the only one."""

    upload_id: UUID
    table: str


@dataclass(frozen=True, slots=True)
class FromQuery:
    """The result of a query on a source."""

    source_id: UUID
    sql: str


@dataclass(frozen=True, slots=True)
class WarehouseLimits:
    """Of one organization: bytes and tables in all; rows, bytes and seconds of one load."""

    bytes: int = 50_000_000_000
    tables: int = 1_000
    load_rows: int = 50_000_000
    load_bytes: int = 20_000_000_000
    load_seconds: float = 1_800.0

    @property
    def of_a_load(self) -> Limits:
        return Limits(
            max_rows=self.load_rows,
            statement_timeout_ms=int(self.load_seconds * 1000),
            max_bytes=self.load_bytes,
        )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Batches of one schema, and how many rows they will be; 0 if unknown."""

    batches: AsyncIterator[pa.RecordBatch]
    count: int = 0


class Loading:
    """The use cases of WarehouseService."""

    def __init__(
        self,
        warehouse: Warehouse | None,
        sources: SourceStore,
        uploads: Uploads,
        stored: StoredTables,
        querying: Querying,
        refreshing: Refreshing,
        connectors: Connectors,
        *,
        limits: WarehouseLimits,
        most_sources: int,
        clock: Callable[[], datetime],
    ) -> None:
        self._warehouse = warehouse
        self._sources = sources
        self._uploads = uploads
        self._stored = stored
        self._querying = querying
        self._refreshing = refreshing
        self._connectors = connectors
        self._limits = limits
        self._most_sources = most_sources
        self._clock = clock

    async def load(
        self, caller: Caller, table: str, replace: bool, origin: FromUpload | FromQuery
    ) -> AsyncGenerator[Progress | Source, None]:
        """The load's progress, and last the warehouse as a source. The table is there whole, or not at all."""
        warehouse = self._there()
        database = database_of(caller.organization_id)
        await self._check_room(warehouse, database, table, replace)
        reported = asyncio.get_running_loop().time()
        yield Progress("loading rows")
        with told(warehouse_id(caller.organization_id)):
            async with self._opened(caller, origin) as rows, warehouse.load(database, table, replace=replace) as target:
                done = 0
                async for batch in rows.batches:
                    await target.write(batch)
                    done += batch.num_rows
                    if (now := asyncio.get_running_loop().time()) - reported >= REPORT_SECONDS:
                        reported = now
                        yield Progress("loading rows", 0.9 * done / rows.count if rows.count else 0.0, done)
        yield Progress("reading the catalog", 0.95, done)
        source = await self._as_source(caller, database)
        log.info("table loaded", extra={"source_id": str(source.id), "rows": done})
        yield source

    async def drop(self, caller: Caller, table: str) -> None:
        """Raises CatalogEntryNotFound."""
        warehouse = self._there()
        database = database_of(caller.organization_id)
        if table not in {known.name for known in await warehouse.tables(database)}:
            raise CatalogEntryNotFound(table)
        await warehouse.drop(database, table)
        if await warehouse.tables(database):
            await self._as_source(caller, database)
        else:
            await self._sources.remove(caller.organization_id, warehouse_id(caller.organization_id), caller.user_id)

    async def sweep(self) -> None:
        """For ever: have the warehouse forget loads that ended with a process."""
        # Twice what a load may take: none that still runs is that old.
        kept_seconds = 2 * self._limits.load_seconds
        while self._warehouse is not None:
            try:
                await self._warehouse.sweep(kept_seconds)
            except (MeshError, SourceError) as error:
                log.warning("loads can't be swept now", extra={"reason": type(error).__name__})
            await asyncio.sleep(SWEEP_SECONDS)

    def _there(self) -> Warehouse:
        if self._warehouse is None:
            raise WarehouseAway("this installation has no warehouse: ask your operator")
        return self._warehouse

    async def _check_room(self, warehouse: Warehouse, database: str, table: str, replace: bool) -> None:
        known = await warehouse.tables(database)
        if table in {one.name for one in known}:
            if not replace:
                raise WarehouseTableExists
        elif len(known) >= self._limits.tables:
            raise WarehouseLimitReached("tables", self._limits.tables)
        if sum(one.byte_count for one in known) >= self._limits.bytes:
            raise WarehouseLimitReached("bytes", self._limits.bytes)

    @asynccontextmanager
    async def _opened(self, caller: Caller, origin: FromUpload | FromQuery) -> AsyncIterator[_Rows]:
        limits = self._limits.of_a_load
        async with AsyncExitStack() as opened:
            if isinstance(origin, FromQuery):
                running = await opened.enter_async_context(
                    self._querying.run(caller, origin.source_id, origin.sql, 0, limits)
                )
                yield _Rows(_whole(running.batches(), running.execution, limits))
                return
            files, table, count = await self._of_upload(caller, origin)
            execution = await opened.enter_async_context(self._stored.rows(files, table, limits))
            yield _Rows(_whole(aiter(execution), execution, limits), count)

    async def _of_upload(self, caller: Caller, origin: FromUpload) -> tuple[FilesConfiguration, str, int]:
        upload = await self._uploads.get(caller, origin.upload_id)
        if upload.prepared is None:
            raise UploadNotPrepared(upload.id)
        kept = [table for table in upload.prepared.tables if not table.left_out]
        found = [table for table in kept if table.name == origin.table or (not origin.table and len(kept) == 1)]
        if not found:
            raise CatalogEntryNotFound(origin.table)
        return source_of([upload]), found[0].name, found[0].row_count

    async def _as_source(self, caller: Caller, database: str) -> Source:
        """The warehouse as the organization's source, its catalog read anew."""
        source_id = warehouse_id(caller.organization_id)
        with suppress(SourceNotFound):
            await self._refreshing.read(await self._sources.get(caller.organization_id, source_id))
            return await self._sources.get(caller.organization_id, source_id)
        try:
            await self._make(caller, source_id, WarehouseConfiguration(database))
        except SourceIdTaken:  # by another load, which may not have seen this one's table
            await self._refreshing.read(await self._sources.get(caller.organization_id, source_id))
        return await self._sources.get(caller.organization_id, source_id)

    async def _make(self, caller: Caller, source_id: UUID, configuration: WarehouseConfiguration) -> None:
        with told(source_id):
            catalog = versioned(await self._connectors.of(configuration).read_catalog(configuration, Secret("")))
        for number in range(1, self._most_sources + 2):
            new = NewSource(
                organization_id=caller.organization_id,
                id=source_id,
                name=NAME if number == 1 else f"{NAME} {number}",
                configuration=configuration,
                password=None,
                semantic_model="",
                catalog=catalog,
                create_time=self._clock(),
                created_by=caller.user_id,
            )
            try:
                await self._sources.add(new, self._most_sources)
            except SourceNameTaken:
                continue
            return


async def _whole(
    batches: AsyncIterator[pa.RecordBatch], execution: Execution, limits: Limits
) -> AsyncIterator[pa.RecordBatch]:
    """All batches; a result that was cut is no table. Raises WarehouseLimitReached."""
    async for batch in batches:
        yield batch
    if execution.truncated:
        raise WarehouseLimitReached("rows in one load", limits.max_rows)


def database_of(organization_id: UUID) -> str:
    """The organization's database in the warehouse."""
    return f"org_{organization_id.hex}"


def warehouse_id(organization_id: UUID) -> UUID:
    """The id of the organization's warehouse as a source: there is one, whoever makes it first."""
    return uuid5(organization_id, "warehouse")
