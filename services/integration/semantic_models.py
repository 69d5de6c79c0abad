"""What a source's data means, kept in versions: read, changed, drafted, imported, exported, restored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from meshkit.identity import Caller
from meshkit.paging import PageTokens
from services.integration.assignment import seen_by
from services.integration.catalog.drafting import Draft, drafted
from services.integration.catalog.meaning import checked
from services.integration.catalog.model import Catalog
from services.integration.catalog.semantic_changes import MOST_CHARACTERS, changes
from services.integration.catalog.semantic_checks import stale
from services.integration.catalog.semantic_model import parse
from services.integration.catalog.semantic_terms import SemanticModel
from services.integration.catalog.semantic_yaml import rendered
from services.integration.catalog.strict_yaml import InvalidYaml, Problem
from services.integration.catalogs import Catalogs
from services.integration.errors import SemanticModelChanged, SemanticModelInvalid
from services.integration.model import KeptModel, ModelVersion
from services.integration.ports import SemanticModelStore

DEFAULT_PAGE = 25

# The request's field for a path of the YAML.
Place = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A version of a model, and what of it the source no longer has."""

    version: ModelVersion
    model: SemanticModel
    stale: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is current after a change."""

    version: ModelVersion
    catalog_version: str


class SemanticModels:
    """The use cases of SemanticModelService. Reading and checking take a while for large models: in a thread."""

    def __init__(self, store: SemanticModelStore, catalogs: Catalogs, page_tokens: PageTokens) -> None:
        self._store = store
        self._catalogs = catalogs
        self._page_tokens = page_tokens

    async def get(self, caller: Caller, source_id: UUID, number: int = 0) -> KnownModel:
        """A version, or with 0 the current one. Raises SourceNotFound, SemanticModelVersionNotFound."""
        catalog = await self._catalogs.as_read(caller, source_id)
        kept = await self._store.get(caller.organization_id, source_id, number)
        return await asyncio.to_thread(_known, kept, catalog)

    async def versions(
        self, caller: Caller, source_id: UUID, page_size: int, page_token: str
    ) -> tuple[list[ModelVersion], str]:
        """A page of versions, the newest first, and the token of the next; "" after the last."""
        size, listing = page_size or DEFAULT_PAGE, f"semantic models of {source_id}"
        sealed = self._page_tokens.open(page_token, listing=listing, caller=caller)
        before = int(sealed["version"]) if sealed else None
        found = list(await self._store.page(caller.organization_id, source_id, before, size + 1))
        if len(found) <= size:
            return found, ""
        found = found[:size]
        return found, self._page_tokens.seal({"version": found[-1].number}, listing=listing, caller=caller)

    async def update(self, caller: Caller, source_id: UUID, model: SemanticModel, expected: int, place: Place) -> Kept:
        """The model in the place of the expected version. Raises as import_yaml; mistakes have no lines then: the text
        is one that its author never saw.
        """
        text = await asyncio.to_thread(rendered, model)
        try:
            return await self._change(caller, source_id, text, expected)
        except InvalidYaml as error:
            placed = [replace(problem, line=0) for problem in error.problems]
            raise SemanticModelInvalid(InvalidYaml(placed), place) from None

    async def import_yaml(self, caller: Caller, source_id: UUID, text: str, expected: int, place: Place) -> Kept:
        """The YAML in the place of the expected version, kept as it came.

        Raises SourceNotFound, SemanticModelChanged, SemanticModelInvalid.
        """
        try:
            return await self._change(caller, source_id, text, expected, "imported: ")
        except InvalidYaml as error:
            raise SemanticModelInvalid(error, place) from None

    async def export(self, caller: Caller, source_id: UUID, number: int = 0) -> KeptModel:
        """A version as YAML. Raises SourceNotFound, SemanticModelVersionNotFound."""
        kept = await self._store.get(caller.organization_id, seen_by(caller, source_id), number)
        return kept if kept.text else KeptModel(kept.version, rendered(SemanticModel()))

    async def restore(self, caller: Caller, source_id: UUID, number: int, expected: int) -> Kept:
        """An earlier version once more, as it was: what the source lost meanwhile is stale.

        Raises SourceNotFound, SemanticModelVersionNotFound, SemanticModelChanged.
        """
        kept = await self._store.get(caller.organization_id, source_id, number)
        return await self._put(caller, source_id, kept.text, f"restored version {number}", expected)

    async def draft(self, caller: Caller, source_id: UUID) -> tuple[Draft, int]:
        """The current model completed by what the catalog suggests, and the current version's number.

        Raises SourceNotFound.
        """
        catalog = await self._catalogs.as_read(caller, source_id)
        kept = await self._store.get(caller.organization_id, source_id)
        return await asyncio.to_thread(_drafted, kept, catalog), kept.version.number

    async def _change(self, caller: Caller, source_id: UUID, text: str, expected: int, prefix: str = "") -> Kept:
        catalog = await self._catalogs.as_read(caller, source_id)
        current = await self._store.get(caller.organization_id, source_id)
        if current.version.number != expected:  # before the caller is told of mistakes in what is out of date
            raise SemanticModelChanged(current.version.number)
        change = await asyncio.to_thread(_changed, current, text, catalog)
        return await self._put(caller, source_id, text, (prefix + change)[:MOST_CHARACTERS], expected)

    async def _put(self, caller: Caller, source_id: UUID, text: str, change: str, expected: int) -> Kept:
        version, stored = await self._store.put(
            caller.organization_id, source_id, text, change, expected=expected, user_id=caller.user_id
        )
        return Kept(version, self._catalogs.told_version(stored))


def _model(kept: KeptModel, catalog: Catalog) -> SemanticModel:
    return parse(kept.text, catalog.dialect) if kept.text else SemanticModel()


def _known(kept: KeptModel, catalog: Catalog) -> KnownModel:
    model = _model(kept, catalog)
    return KnownModel(kept.version, model, stale(model, catalog))


def _changed(current: KeptModel, text: str, catalog: Catalog) -> str:
    """What the text changes, in a line. What is stale already may stay as it is. Raises InvalidYaml."""
    before = _model(current, catalog)
    tolerated = {problem.message for problem in stale(before, catalog)}
    return changes(before, checked(text, catalog, tolerated))


def _drafted(kept: KeptModel, catalog: Catalog) -> Draft:
    return drafted(catalog, _model(kept, catalog))
