"""Sources as the service knows them, and what it hands over of a query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from meshkit.secrets import Secret
from services.integration.catalog.model import Catalog, Question
from services.integration.executors.tls import Tls
from services.integration.files.model import PreparedFile

# Who may see what, until policies are edited: every role all rows and columns of its organization's sources.
POLICY_VERSION = "all-1"


@dataclass(frozen=True, slots=True)
class PostgresConfiguration:
    """How a PostgreSQL source is reached, without any secret. No schemas means all that the role may use."""

    host: str
    port: int
    database: str
    username: str
    tls: Tls = Tls.PREFER
    schemas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MysqlConfiguration:
    """How a MySQL or MariaDB source is reached, without any secret."""

    host: str
    port: int
    database: str
    username: str
    tls: Tls = Tls.PREFER


@dataclass(frozen=True, slots=True)
class ClickhouseConfiguration:
    """How a ClickHouse source is reached over its HTTP interface, without any secret."""

    host: str
    port: int
    database: str
    username: str
    tls: Tls = Tls.PREFER


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table of a source that is kept in the blob store as Parquet, under `key`."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class FilesConfiguration:
    """Uploaded files: Parquet tables, or one SQLite database under the key `database` ("" if there is none)."""

    file_names: tuple[str, ...]
    tables: tuple[StoredTable, ...] = ()
    database: str = ""
    byte_count: int = 0
    upload_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What a caller names to have a source made of it: uploads of its own, prepared."""

    upload_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class WarehouseConfiguration:
    """The organization's own database in the platform's warehouse."""

    database: str


NetworkConfiguration = PostgresConfiguration | MysqlConfiguration | ClickhouseConfiguration
Configuration = NetworkConfiguration | FilesConfiguration | WarehouseConfiguration

# The kinds of sources, by the names that the contract and the store use.
KINDS: dict[str, type[Configuration]] = {
    "postgres": PostgresConfiguration,
    "mysql": MysqlConfiguration,
    "clickhouse": ClickhouseConfiguration,
    "files": FilesConfiguration,
    "warehouse": WarehouseConfiguration,
}


def kind_of(configuration: Configuration) -> str:
    """The kind's name."""
    return next(name for name, kind in KINDS.items() if isinstance(configuration, kind))


@dataclass(frozen=True, slots=True)
class Source:
    """A source that can be asked. catalog_version changes whenever its catalog does."""

    organization_id: UUID
    id: UUID
    name: str
    configuration: Configuration
    create_time: datetime
    catalog_version: str
    catalog_time: datetime
    table_count: int
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class NewSource:
    """All that is kept of a new source, in one transaction or not at all. password: None where there is none.

    catalog: as it was read, without the semantic model, which is YAML, or "".
    """

    organization_id: UUID
    id: UUID
    name: str
    configuration: Configuration
    password: Secret | None
    semantic_model: str
    catalog: Catalog
    create_time: datetime
    created_by: UUID | None


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """One state of a source's semantic model. number 0 stands for none; change is one line for people."""

    number: int = 0
    change: str = ""
    user_id: UUID | None = None
    create_time: datetime | None = None
    byte_count: int = 0


@dataclass(frozen=True, slots=True)
class KeptModel:
    """A version with its text (YAML); "" for none."""

    version: ModelVersion
    text: str


class UploadState(StrEnum):
    """RECEIVING: bytes still come. TAKEN: a source was made of it. DISCARDED: to be deleted."""

    RECEIVING = "receiving"
    RECEIVED = "received"
    PREPARED = "prepared"
    TAKEN = "taken"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent and isn't a source yet. prepared: how it was read; None before.

    folder: where what was read is kept in the blob store.
    """

    organization_id: UUID
    id: UUID
    user_id: UUID | None
    file_name: str
    byte_count: int
    create_time: datetime
    expire_time: datetime
    prepared: PreparedFile | None = None
    folder: str = ""

    @property
    def home(self) -> str:
        """The folder of all that is kept of it."""
        return f"{self.organization_id}/{self.id}"

    @property
    def original(self) -> str:
        """The key of the file as it came."""
        return f"{self.home}/original"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a source says of itself and of the role we log in as."""

    server_version: str
    latency_seconds: float
    warnings: tuple[str, ...] = ()


def name_key(name: str) -> str:
    """Names that differ in case alone are one name to a person."""
    return " ".join(name.split()).casefold()
