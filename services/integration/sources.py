"""Connecting, testing, listing and removing sources."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from meshkit.identity import Caller
from meshkit.ids import new_id
from meshkit.paging import PageTokens
from meshkit.secrets import Secret
from services.integration.assignment import seen_by
from services.integration.catalog import semantic_model
from services.integration.catalog.meaning import checked
from services.integration.catalog.reader import Progress as ReadingProgress
from services.integration.connectors import Connectors
from services.integration.errors import Overloaded, SourceEmpty, told
from services.integration.model import (
    ClickhouseConfiguration,
    Configuration,
    Inspection,
    MysqlConfiguration,
    NetworkConfiguration,
    NewSource,
    PostgresConfiguration,
    Source,
    Uploaded,
    WarehouseConfiguration,
    name_key,
)
from services.integration.ports import SourceStore, Warehouse
from services.integration.running import RunningSources
from services.integration.uploads import Uploads

DEFAULT_PAGE = 25
LISTING = "sources"
# Catalogs being read at once in this process; each takes a few connections and some memory.
READING_AT_ONCE = 4
# Of files it isn't known yet; SQLite's way of writing names and expressions is the same.
_DIALECTS: dict[type[NetworkConfiguration | Uploaded], str] = {
    PostgresConfiguration: "postgres",
    MysqlConfiguration: "mysql",
    ClickhouseConfiguration: "clickhouse",
}

log = logging.getLogger(__name__)


class Sources:
    """The use cases of SourceService."""

    def __init__(
        self,
        store: SourceStore,
        connectors: Connectors,
        uploads: Uploads,
        running: RunningSources,
        warehouse: Warehouse | None,
        page_tokens: PageTokens,
        *,
        most: int,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._connectors = connectors
        self._uploads = uploads
        self._running = running
        self._warehouse = warehouse
        self._page_tokens = page_tokens
        self._most = most
        self._clock = clock
        self._reading = asyncio.Semaphore(READING_AT_ONCE)

    async def create(
        self,
        caller: Caller,
        name: str,
        wanted: NetworkConfiguration | Uploaded,
        password: Secret,
        model: str,
        progress: ReadingProgress | None = None,
    ) -> Source:
        """Try it, read its catalog, and only then keep all of it: a failure leaves nothing behind."""
        source_id = new_id()
        name = " ".join(name.split())
        with told(source_id):
            if model.strip():
                semantic_model.parse(model, _DIALECTS.get(type(wanted), "duckdb"))  # before anything is connected to
            await self._store.check_room(caller.organization_id, name, self._most)
            configuration: Configuration
            if isinstance(wanted, Uploaded):
                configuration = await self._uploads.configuration(caller, wanted.upload_ids)
            else:
                configuration = wanted
            if self._reading.locked():
                raise Overloaded
            async with self._reading:
                connector = self._connectors.of(configuration)
                await connector.inspect(configuration, password)
                catalog = await connector.read_catalog(configuration, password, progress)
            if not catalog.tables:
                raise SourceEmpty
            if model.strip():
                await asyncio.to_thread(checked, model, catalog)
        new = NewSource(
            organization_id=caller.organization_id,
            id=source_id,
            name=name,
            configuration=configuration,
            password=None if isinstance(wanted, Uploaded) else password,
            semantic_model=model,
            catalog=catalog,
            create_time=self._clock(),
            created_by=caller.user_id,
        )
        await self._store.add(new, self._most)
        log.info("source connected", extra={"source_id": str(source_id), "tables": len(catalog.tables)})
        return for_role(await self._store.get(caller.organization_id, source_id), caller.role)

    async def test(self, caller: Caller, source_id: UUID) -> Inspection:
        """Connect anew and look."""
        source = await self._store.get(caller.organization_id, source_id)
        password = await self._store.password(caller.organization_id, source_id)
        with told(source_id):
            return await self._connectors.of(source.configuration).inspect(source.configuration, password)

    async def get(self, caller: Caller, source_id: UUID) -> Source:
        return for_role(await self._store.get(caller.organization_id, seen_by(caller, source_id)), caller.role)

    async def list(self, caller: Caller, page_size: int, page_token: str) -> tuple[list[Source], str]:
        """A page of sources by name, and the token of the next; "" after the last."""
        size = page_size or DEFAULT_PAGE
        sealed = self._page_tokens.open(page_token, listing=LISTING, caller=caller)
        after = (str(sealed["name"]), UUID(str(sealed["id"]))) if sealed else None
        found = list(await self._store.page(caller.organization_id, after, size + 1, only=caller.source_ids))
        token = ""
        if len(found) > size:
            found = found[:size]
            position = {"name": name_key(found[-1].name), "id": str(found[-1].id)}
            token = self._page_tokens.seal(position, listing=LISTING, caller=caller)
        return [for_role(source, caller.role) for source in found], token

    async def remove(self, caller: Caller, source_id: UUID) -> None:
        """Forget it first, so that nothing new starts; then end what runs, and delete what we keep of it."""
        source = await self._store.get(caller.organization_id, source_id)
        await self._store.remove(caller.organization_id, source_id, caller.user_id)
        await self._running.end(caller.organization_id, source_id)
        if isinstance(source.configuration, WarehouseConfiguration) and self._warehouse is not None:
            await self._warehouse.drop_database(source.configuration.database)
        log.info("source removed", extra={"source_id": str(source_id)})


def for_role(source: Source, role: str) -> Source:
    """The source with the first questions for this role: its own before everyone's."""
    own = [question for question in source.questions if question.role == role]
    return replace(source, questions=(*own, *(question for question in source.questions if not question.role)))
