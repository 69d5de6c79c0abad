"""Catalogs as callers may know them, kept in memory by version."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from uuid import UUID

from meshkit.identity import Caller
from services.integration.assignment import seen_by
from services.integration.boundary.model import Scope
from services.integration.catalog.descriptions import Description
from services.integration.catalog.model import Catalog
from services.integration.model import POLICY_VERSION, Source
from services.integration.ports import CatalogStore, SourceStore
from services.integration.scoping import scope_of

KEPT = 200


@dataclass(frozen=True, slots=True)
class KnownCatalog:
    """A caller's catalog: what the source holds, narrowed by policy, and the same as the boundary's scope."""

    source: Source
    catalog: Catalog
    scope: Scope
    version: str


class Catalogs:
    """The use case of CatalogService, and where querying gets its scope from."""

    def __init__(self, sources: SourceStore, store: CatalogStore) -> None:
        self._sources = sources
        self._store = store
        self._kept: OrderedDict[tuple[UUID, UUID], KnownCatalog] = OrderedDict()

    async def version(self, caller: Caller, source_id: UUID) -> str:
        """What GetCatalog's known_version is compared with. Raises SourceNotFound."""
        return _version(await self._store.version(caller.organization_id, seen_by(caller, source_id)))

    async def get(self, caller: Caller, source_id: UUID) -> KnownCatalog:
        """The caller's catalog, never older than what is stored. Raises SourceNotFound."""
        key = caller.organization_id, source_id
        version = await self.version(caller, source_id)
        known = self._kept.get(key)
        if known is None or known.version != version:
            source = await self._sources.get(*key)
            catalog = await self._store.catalog(*key)
            known = KnownCatalog(source, catalog, scope_of(catalog), _version(catalog.version))
            self._kept[key] = known
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return known

    async def describe(self, caller: Caller, source_id: UUID, description: Description) -> str:
        """Keep a person's words on a table or a column; the catalog's version now.

        Raises SourceNotFound, CatalogEntryNotFound.
        """
        return _version(await self._store.describe(caller.organization_id, source_id, description, caller.user_id))

    async def as_read(self, caller: Caller, source_id: UUID) -> Catalog:
        """What the source says of itself, without what people say, as far as the caller may know it.

        Raises SourceNotFound.
        """
        return await self._store.as_read(caller.organization_id, seen_by(caller, source_id))

    @staticmethod
    def told_version(stored: str) -> str:
        """A stored version as callers are told it."""
        return _version(stored)


def _version(stored: str) -> str:
    return f"{stored}.{POLICY_VERSION}"
