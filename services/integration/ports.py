"""What the use cases need of the outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from meshkit.secrets import Secret
from services.integration.catalog.model import Catalog
from services.integration.catalog.reader import Progress as ReadingProgress
from services.integration.executors.port import Executor
from services.integration.model import Configuration, Inspection, NewSource, Source

Kind = TypeVar("Kind", bound=Configuration, contravariant=True)


class SourceStore(Protocol):
    """Sources, their credentials (sealed at rest) and catalogs. Each method is one short transaction."""

    async def check_room(self, organization_id: UUID, name: str, most: int) -> None:
        """Raises SourceNameTaken or SourceLimitReached, so that a doomed request connects to nothing."""
        ...

    async def add(self, new: NewSource, most: int) -> None:
        """Keep everything or nothing. Raises SourceNameTaken or SourceLimitReached, also against a parallel call."""
        ...

    async def get(self, organization_id: UUID, source_id: UUID) -> Source:
        """Raises SourceNotFound."""
        ...

    async def page(self, organization_id: UUID, after: tuple[str, UUID] | None, size: int) -> Sequence[Source]:
        """Sources by name after that key (name_key, id)."""
        ...

    async def password(self, organization_id: UUID, source_id: UUID) -> Secret:
        """Raises SourceNotFound."""
        ...

    async def catalog_version(self, organization_id: UUID, source_id: UUID) -> str:
        """Raises SourceNotFound."""
        ...

    async def catalog(self, organization_id: UUID, source_id: UUID) -> Catalog:
        """Raises SourceNotFound."""
        ...

    async def remove(self, organization_id: UUID, source_id: UUID, removed_by: UUID | None) -> None:
        """Forget the source, its credentials and its catalog. Raises SourceNotFound."""
        ...


class Connector(Protocol[Kind]):
    """Reaches sources of one kind. Raises SourceError and HostNotAllowed.

    `password` is empty for kinds that have none. `progress` is told how far the reading has come.
    """

    async def inspect(self, configuration: Kind, password: Secret) -> Inspection: ...

    async def read_catalog(
        self, configuration: Kind, password: Secret, progress: ReadingProgress | None = None
    ) -> Catalog: ...

    def executor(self, source: Source, password: PasswordOf) -> Executor: ...


class PasswordOf(Protocol):
    """Opens a source's sealed password when a connection is made, and not before."""

    async def __call__(self) -> Secret: ...
