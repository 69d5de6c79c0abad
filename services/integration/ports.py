"""What the use cases need of the outside."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import UUID

from meshkit.secrets import Secret
from services.integration.boundary.model import Limits
from services.integration.catalog.descriptions import Description
from services.integration.catalog.model import Catalog
from services.integration.catalog.reader import Progress as ReadingProgress
from services.integration.executors.port import Execution, Executor
from services.integration.files.model import PreparedFile
from services.integration.files.model import Reading as FileReading
from services.integration.model import (
    Configuration,
    FilesConfiguration,
    Inspection,
    KeptModel,
    ModelVersion,
    NewSource,
    Source,
    Upload,
    UploadState,
)
from services.integration.progress import Progress

if TYPE_CHECKING:
    import pyarrow as pa

Kind = TypeVar("Kind", bound=Configuration, contravariant=True)


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Of one organization: bytes of a file and of all that is kept; files that aren't sources yet, and their hours."""

    file_bytes: int = 2_000_000_000
    kept_bytes: int = 50_000_000_000
    waiting_files: int = 100
    hours: float = 24.0


class SourceStore(Protocol):
    """Sources, their credentials (sealed at rest) and catalogs. Each method is one short transaction."""

    async def check_room(self, organization_id: UUID, name: str, most: int) -> None:
        """Raises SourceNameTaken or SourceLimitReached, so that a doomed request connects to nothing."""
        ...

    async def add(self, new: NewSource, most: int) -> None:
        """Keep everything or nothing. Raises SourceNameTaken, SourceIdTaken or SourceLimitReached, also against a
        parallel call."""
        ...

    async def get(self, organization_id: UUID, source_id: UUID) -> Source:
        """Raises SourceNotFound."""
        ...

    async def page(
        self,
        organization_id: UUID,
        after: tuple[str, UUID] | None,
        size: int,
        only: Collection[UUID] | None = None,
    ) -> Sequence[Source]:
        """Sources by name after that key (name_key, id)."""
        ...

    async def password(self, organization_id: UUID, source_id: UUID) -> Secret:
        """Raises SourceNotFound."""
        ...

    async def remove(self, organization_id: UUID, source_id: UUID, removed_by: UUID | None) -> None:
        """Forget the source, its credentials and its catalog. Raises SourceNotFound."""
        ...


@dataclass(frozen=True, slots=True)
class Refresh:
    """One reading anew of a source's catalog. failure: reason and text of one that failed, as MeshErrors have them."""

    id: UUID
    running: bool
    progress: Progress
    failure: tuple[str, str] | None = None


class CatalogStore(Protocol):
    """What was read of sources, and what people say of it. Each method is one short transaction."""

    async def version(self, organization_id: UUID, source_id: UUID) -> str:
        """Raises SourceNotFound."""
        ...

    async def catalog(self, organization_id: UUID, source_id: UUID) -> Catalog:
        """With the current semantic model and people's descriptions. Raises SourceNotFound."""
        ...

    async def as_read(self, organization_id: UUID, source_id: UUID) -> Catalog:
        """What the source says of itself alone. Raises SourceNotFound."""
        ...

    async def describe(
        self, organization_id: UUID, source_id: UUID, description: Description, user_id: UUID | None
    ) -> str:
        """Keep a description, or with an empty one go back to what was read; the catalog's new version.

        Raises SourceNotFound, CatalogEntryNotFound.
        """
        ...

    async def keep(self, organization_id: UUID, source_id: UUID, catalog: Catalog) -> str:
        """The catalog as read anew takes the place of one read earlier; the version now. Raises SourceNotFound."""
        ...

    async def begin_refresh(self, organization_id: UUID, source_id: UUID, user_id: UUID | None) -> UUID:
        """The refresh that runs, or a new one with its job. Raises SourceNotFound."""
        ...

    async def refresh(self, organization_id: UUID, source_id: UUID) -> Refresh | None:
        """The last one; None if there was none, or the source is gone."""
        ...

    async def report(self, organization_id: UUID, source_id: UUID, refresh_id: UUID, progress: Progress) -> None:
        """How far it has come."""
        ...

    async def end_refresh(
        self, organization_id: UUID, source_id: UUID, refresh_id: UUID, failure: tuple[str, str] | None
    ) -> None:
        """It is over."""
        ...


class SemanticModelStore(Protocol):
    """Versions of sources' semantic models. Each method is one short transaction."""

    async def get(self, organization_id: UUID, source_id: UUID, number: int = 0) -> KeptModel:
        """A version, or the current one: number 0 and no text if there is none.

        Raises SourceNotFound, SemanticModelVersionNotFound.
        """
        ...

    async def page(
        self, organization_id: UUID, source_id: UUID, before: int | None, size: int
    ) -> Sequence[ModelVersion]:
        """Versions below that number, the newest first. Raises SourceNotFound."""
        ...

    async def put(
        self,
        organization_id: UUID,
        source_id: UUID,
        text: str,
        change: str,
        *,
        expected: int,
        user_id: UUID | None,
    ) -> tuple[ModelVersion, str]:
        """Keep the text as the next version; it, and the catalog's version now. The same text again changes nothing.

        Raises SourceNotFound; SemanticModelChanged where the current version isn't the expected one.
        """
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


class BlobStore(Protocol):
    """Files by key, a relative path whose first part is the organization. Raises StorageFull, Unavailable."""

    async def adopt(self, key: str, file: Path) -> None:
        """Keep a local file, whole or not at all; it is no longer where it was."""
        ...

    def local(self, keys: Sequence[str]) -> AbstractAsyncContextManager[list[Path]]:
        """Paths under which the files can be read on this machine while the block lasts."""
        ...

    async def delete_folder(self, prefix: str, keep: str = "") -> None:
        """Delete all below the prefix, but for the folder `keep` directly in it. What isn't there is fine."""
        ...


class StagingArea(Protocol):
    """Room on the local disk for files on their way."""

    def folder(self, name: str) -> AbstractAsyncContextManager[Path]:
        """A new empty folder, removed when the block is left. Raises StorageFull."""
        ...

    def check_room(self, more_bytes: int = 0) -> None:
        """Raises StorageFull if so much more would use up the operator's reserve. Quick enough for the event loop."""
        ...


class FilePreparer(Protocol):
    """Reads a file of unknown content, away from this process."""

    def prepare(
        self, path: Path, file_name: str, reading: FileReading, out: Path
    ) -> AsyncGenerator[Progress | PreparedFile, None]:
        """Progress, and last how the file was read; its tables lie in `out`.

        Raises MeshErrors that say what is wrong with the file, OVERLOADED among them.
        """
        ...


class UploadStore(Protocol):
    """Uploads by caller. Each method is one short transaction."""

    async def begin(self, upload: Upload, limits: UploadLimits) -> None:
        """A row before the first byte, so that nothing is kept that nobody knows of. Raises UploadLimitReached."""
        ...

    async def received(self, upload: Upload) -> None:
        """All of it came."""
        ...

    async def prepared(self, upload: Upload) -> None:
        """It was read. Raises UploadNotFound if it was removed or taken meanwhile."""
        ...

    async def get(self, organization_id: UUID, user_id: UUID | None, upload_id: UUID) -> Upload:
        """The caller's upload, received or prepared. Raises UploadNotFound."""
        ...

    async def page(
        self, organization_id: UUID, user_id: UUID | None, after: tuple[datetime, UUID] | None, size: int
    ) -> Sequence[Upload]:
        """The caller's uploads, newest first, without how they were read."""
        ...

    async def discard(self, organization_id: UUID, user_id: UUID | None, upload_id: UUID) -> None:
        """Nobody sees it any more, and a job deletes it. Raises UploadNotFound."""
        ...

    async def state(self, organization_id: UUID, upload_id: UUID) -> tuple[UploadState | None, Upload | None]:
        """What has become of an upload, whoever sent it; None of one that is forgotten."""
        ...

    async def forget(self, organization_id: UUID, upload_id: UUID) -> None:
        """Its row goes; its files are gone already."""
        ...


@dataclass(frozen=True, slots=True)
class WarehouseTable:
    """A table of a warehouse's database, and what it takes on disk."""

    name: str
    byte_count: int


class TableLoad(Protocol):
    """A table being loaded."""

    async def write(self, batch: pa.RecordBatch) -> None:
        """More rows, all batches of one schema. Raises SourceError; a value that the warehouse can't hold among it."""
        ...


class Warehouse(Protocol):
    """Where organizations' loaded tables are kept, a database each. Raises WarehouseAway and SourceError."""

    async def tables(self, database: str) -> Sequence[WarehouseTable]:
        """None if there is no such database."""
        ...

    def load(self, database: str, table: str, *, replace: bool) -> AbstractAsyncContextManager[TableLoad]:
        """Leaving the block puts the table in its place, at once; an exception leaves all as it was."""
        ...

    async def drop(self, database: str, table: str) -> None: ...

    async def drop_database(self, database: str) -> None: ...

    async def sweep(self, older_than_seconds: float) -> None:
        """Drop what is left of loads that began longer ago than that, and ended with a process."""
        ...


class StoredTables(Protocol):
    """Reads tables of files as they are kept."""

    def rows(self, files: FilesConfiguration, table: str, limits: Limits) -> AbstractAsyncContextManager[Execution]:
        """All rows of a table."""
        ...
