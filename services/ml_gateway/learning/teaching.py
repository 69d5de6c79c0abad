"""Use case: the organization's words, listed, taught, edited, forgotten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from infinure.error.v1.access_pb2 import PERMISSION_MANAGE_SOURCES

from meshkit.identity import Caller
from meshkit.ids import new_id
from services.ml_gateway.errors import CatalogEntryNotFound, FieldWrong, SynonymOfSomebodyElse
from services.ml_gateway.learning.model import INITIAL_WEIGHT, Origin, Page, Synonym, SynonymKind, SynonymTarget
from services.ml_gateway.learning.ports import Synonyms
from services.ml_gateway.learning.seeing import Seeing, Seen
from services.ml_gateway.learning.targets import described, is_there
from services.ml_gateway.learning.words import words_key

Told = tuple[Synonym, Seen]


@dataclass(frozen=True)
class Teaching:
    """Everything is the caller's organization's."""

    store: Synonyms
    seeing: Seeing
    clock: Callable[[], datetime]

    async def list(self, caller: Caller, source_id: UUID | None, page: Page) -> Sequence[Told]:
        found = await self.store.list(caller.organization_id, source_id, page)
        catalogs = await self.seeing.catalogs(one.source_id for one in found)
        return [(one, self.seeing.word(one, catalogs.get(one.source_id), caller)) for one in found]

    async def create(self, caller: Caller, source_id: UUID, words: str, target: SynonymTarget) -> Told:
        """Raises SourceNotFound, CatalogEntryNotFound, FieldWrong, SynonymExists, LearningLimitReached."""
        catalog = await self.seeing.catalog(source_id)
        now = self.clock()
        made = Synonym(
            id=new_id(now),
            source_id=source_id,
            words=_words(words),
            words_key=words_key(words),
            target=_taught(target),
            meaning=described(target, catalog),
            origin=Origin.PERSON,
            user_id=caller.user_id,
            create_time=now,
            update_time=now,
            weight=INITIAL_WEIGHT,
        )
        if not is_there(target, catalog):
            raise CatalogEntryNotFound
        await self.store.add(caller.organization_id, made)
        return made, self.seeing.word(made, catalog, caller)

    async def change(
        self,
        caller: Caller,
        synonym_id: UUID,
        words: str | None,
        target: SynonymTarget | None,
        weight: float | None,
    ) -> Told:
        """Raises SynonymNotFound, SourceNotFound, CatalogEntryNotFound, FieldWrong, SynonymExists."""
        before = await self.store.get(caller.organization_id, synonym_id)
        catalog = await self.seeing.catalog(before.source_id)
        if target is not None and not is_there(_taught(target), catalog):
            raise CatalogEntryNotFound
        made = replace(before, update_time=self.clock(), user_id=caller.user_id)
        if words is not None:
            made = replace(made, words=_words(words), words_key=words_key(words))
        if target is not None:
            made = replace(made, target=target, meaning=described(target, catalog), origin=Origin.PERSON)
        if weight is not None:
            made = replace(made, weight=weight)
        await self.store.replace(caller.organization_id, made, new_weight=weight is not None)
        return made, self.seeing.word(made, catalog, caller)

    async def delete(self, caller: Caller, synonym_id: UUID) -> None:
        """Raises SynonymNotFound, SynonymOfSomebodyElse."""
        if PERMISSION_MANAGE_SOURCES not in caller.permissions:
            found = await self.store.get(caller.organization_id, synonym_id)
            if caller.user_id is None or found.user_id != caller.user_id:
                raise SynonymOfSomebodyElse
        await self.store.delete(caller.organization_id, synonym_id)


def _words(words: str) -> str:
    said = " ".join(words.split())
    if not words_key(said):
        raise FieldWrong("words", "must have a letter or a digit")
    return said


def _taught(target: SynonymTarget) -> SynonymTarget:
    if target.kind is SynonymKind.CHOICE:
        raise FieldWrong("target.kind", "a choice is learned from a clarification alone")
    return target
