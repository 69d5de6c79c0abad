"""Catalogs made ready for planning, kept by version."""

import asyncio
from uuid import UUID

from services.ml_gateway.builtin.catalog import engine_catalog
from services.ml_gateway.engine import Index, prepare
from services.ml_gateway.kept import Kept
from services.ml_gateway.model import KnownCatalog

_Key = tuple[UUID, str, str]


class Indexes:
    """Each is made once, in a thread, however many ask for it at the same time."""

    def __init__(self, most: int) -> None:
        self._kept: Kept[_Key, Index] = Kept(most)
        self._making: dict[_Key, asyncio.Task[Index]] = {}

    async def get(self, known: KnownCatalog) -> Index:
        """The index of a catalog."""
        kept = self._kept.get(known.key)
        if kept is not None:
            return kept
        making = self._making.get(known.key)
        if making is None:
            making = self._making[known.key] = asyncio.create_task(self._make(known))
            making.add_done_callback(lambda _: self._making.pop(known.key, None))
        # One that is cancelled leaves the others their index.
        return await asyncio.shield(making)

    async def _make(self, known: KnownCatalog) -> Index:
        index = await asyncio.to_thread(_prepared, known)
        self._kept.put(known.key, index)
        return index


def _prepared(known: KnownCatalog) -> Index:
    return prepare(engine_catalog(known.catalog, known.version))
