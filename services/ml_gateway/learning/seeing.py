"""What a caller may see of learned things: nothing of a table or column that isn't in their own catalog."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from meshkit.errors import MeshError
from meshkit.identity import Caller
from services.ml_gateway.builtin.catalog import engine_catalog
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.learning.checking import fits
from services.ml_gateway.learning.model import Synonym, VerifiedAnswer
from services.ml_gateway.learning.targets import is_there
from services.ml_gateway.ports import Data


@dataclass(frozen=True, slots=True)
class Seen:
    """A learned word or verified answer, and what the caller may know of it. used: questions are read by it."""

    outdated: bool
    withheld: bool
    used: bool


@dataclass(frozen=True)
class Seeing:
    """Looks with the caller's own rights."""

    data: Data

    async def catalog(self, source_id: UUID) -> Catalog:
        """The caller's catalog of a source, as the engine has it. Raises NotFound SOURCE_NOT_FOUND."""
        known = await self.data.catalog(str(source_id))
        return await asyncio.to_thread(engine_catalog, known.catalog, known.version)

    async def catalogs(self, source_ids: Iterable[UUID]) -> Mapping[UUID, Catalog]:
        """Those of the sources that the caller may ask; one that is gone is left out."""
        found: dict[UUID, Catalog] = {}
        for source_id in set(source_ids):
            try:
                found[source_id] = await self.catalog(source_id)
            except MeshError as error:
                if error.reason != "SOURCE_NOT_FOUND":
                    raise
        return found

    def word(self, one: Synonym, catalog: Catalog | None, caller: Caller) -> Seen:
        there = catalog is not None and is_there(one.target, catalog)
        return Seen(not there, not there and one.user_id != caller.user_id, there and one.counts)

    def answer(self, one: VerifiedAnswer, catalog: Catalog | None, caller: Caller) -> Seen:
        there = catalog is not None and fits(one.sql, catalog)
        usable = not (one.is_correction and one.is_relative)
        return Seen(not there, not there and one.user_id != caller.user_id, there and one.counts and usable)
