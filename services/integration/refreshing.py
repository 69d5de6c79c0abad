"""Reading a source's catalog anew: a job that goes on without who asked for it, and its progress for who looks on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from uuid import UUID

from meshkit.errors import FailedPrecondition, MeshError
from meshkit.identity import Caller
from services.integration.catalog.reader import Progress as ReadingProgress
from services.integration.catalogs import Catalogs
from services.integration.connectors import Connectors
from services.integration.errors import SourceEmpty, SourceNotFound, told
from services.integration.model import Source
from services.integration.ports import CatalogStore, SourceStore
from services.integration.progress import Progress, followed

LOOK_SECONDS = 0.25

log = logging.getLogger(__name__)


class Refreshing:
    """The use case of RefreshCatalog."""

    def __init__(self, sources: SourceStore, store: CatalogStore, catalogs: Catalogs, connectors: Connectors) -> None:
        self._sources = sources
        self._store = store
        self._catalogs = catalogs
        self._connectors = connectors

    async def follow(self, caller: Caller, source_id: UUID) -> AsyncGenerator[Progress | str, None]:
        """The progress of the refresh that runs, or of a new one, and last the catalog's version.

        Raises SourceNotFound, or what the reading failed with.
        """
        refresh_id = await self._store.begin_refresh(caller.organization_id, source_id, caller.user_id)
        shown: Progress | None = None
        while True:
            known = await self._store.refresh(caller.organization_id, source_id)
            if known is None:
                raise SourceNotFound(source_id)
            if known.id != refresh_id or not known.running:
                break
            if known.progress != shown:
                shown = known.progress
                yield shown
            await asyncio.sleep(LOOK_SECONDS)
        if known.failure is not None:
            reason, text = known.failure
            raise FailedPrecondition(text, reason=reason)
        yield await self._catalogs.version(caller, source_id)

    async def run(self, organization_id: UUID, source_id: UUID, refresh_id: UUID) -> None:
        """The job. What the source fails with is told to who looks on, and isn't tried again."""
        failure: tuple[str, str] | None = None
        try:
            source = await self._sources.get(organization_id, source_id)
            async for step in followed(lambda report: self.read(source, report)):
                if isinstance(step, Progress):
                    await self._store.report(organization_id, source_id, refresh_id, step)
        except SourceNotFound:
            return  # removed meanwhile: nothing to do, nobody to tell
        except MeshError as error:
            if error.code in ("INTERNAL", "UNAVAILABLE"):
                raise
            failure = (error.reason, error.message)
        await self._store.end_refresh(organization_id, source_id, refresh_id, failure)
        log.info("catalog read", extra={"source_id": str(source_id), "failed": failure is not None})

    async def read(self, source: Source, report: ReadingProgress | None = None) -> str:
        """Read it now and keep it; the new version."""
        password = await self._sources.password(source.organization_id, source.id)
        connector = self._connectors.of(source.configuration)
        with told(source.id):
            catalog = await connector.read_catalog(source.configuration, password, report)
            if not catalog.tables:
                raise SourceEmpty
        return await self._store.keep(source.organization_id, source.id, catalog)
