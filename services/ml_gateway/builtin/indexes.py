"""Catalogs made ready for planning, kept by version and by what was learned."""

import asyncio
from uuid import UUID

from services.ml_gateway.builtin.catalog import engine_catalog
from services.ml_gateway.engine import Index, prepare
from services.ml_gateway.kept import Kept
from services.ml_gateway.learning.model import NOTHING, Learned
from services.ml_gateway.learning.overlay import overlaid
from services.ml_gateway.model import KnownCatalog

IndexKey = tuple[UUID, str, str, str]


class Indexes:
    """Each is made once, in a thread, however many ask for it at the same time."""

    def __init__(self, most: int) -> None:
        self._kept: Kept[IndexKey, Index] = Kept(most)
        self._latest: Kept[tuple[UUID, str], Index] = Kept(most)  # by source: the next version shares most of it
        self._making: dict[IndexKey, asyncio.Task[Index]] = {}

    async def get(self, known: KnownCatalog, learned: Learned = NOTHING) -> Index:
        """The index of a catalog in the organization's own words."""
        key = index_key(known, learned)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        making = self._making.get(key)
        if making is None:
            making = self._making[key] = asyncio.create_task(self._make(key, known, learned))
            making.add_done_callback(lambda _: self._making.pop(key, None))
        # One that is cancelled leaves the others their index.
        return await asyncio.shield(making)

    async def _make(self, key: IndexKey, known: KnownCatalog, learned: Learned) -> Index:
        source = (known.organization_id, known.source_id)
        index = await asyncio.to_thread(_prepared, known, learned, self._latest.get(source))
        self._kept.put(key, index)
        self._latest.put(source, index)
        return index


def index_key(known: KnownCatalog, learned: Learned) -> IndexKey:
    """Equal keys have equal indexes."""
    return (*known.key, learned.naming_version)


def _prepared(known: KnownCatalog, learned: Learned, previous: Index | None) -> Index:
    return prepare(overlaid(engine_catalog(known.catalog, known.version), learned.synonyms), previous)
