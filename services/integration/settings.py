"""What the integration service is told by its environment."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from meshkit.hosts import AllowedSource, HostRules
from meshkit.secrets import Secret
from meshkit.settings import DatabaseSettings, PagingSettings, PeerSettings, ServerSettings, peer, ports, variable
from services.integration.boundary.model import Limits
from services.integration.catalog.profile import ProfileLimits
from services.integration.loading import WarehouseLimits
from services.integration.ports import UploadLimits
from services.integration.running import RunningLimits
from services.integration.workers import WorkLimits


def _sources(text: str) -> frozenset[AllowedSource]:
    try:
        return frozenset(AllowedSource.parse(word) for word in text.split(",") if word.strip())
    except ValueError:
        raise ValueError("must be host:port/database, separated by commas") from None


@dataclass(frozen=True)
class QuerySettings:
    """Limits of one query and of how many run. Seconds, rows, bytes."""

    statement_timeout: float = variable("INFINURE_QUERY_TIMEOUT", 5.0)
    max_rows: int = variable("INFINURE_QUERY_MAX_ROWS", 10_000)
    max_bytes: int = variable("INFINURE_QUERY_MAX_BYTES", 64 * 1024 * 1024)
    per_source: int = variable("INFINURE_QUERIES_PER_SOURCE", 4)
    per_organization: int = variable("INFINURE_QUERIES_PER_ORGANIZATION", 12)

    @property
    def limits(self) -> Limits:
        return Limits(
            max_rows=self.max_rows,
            statement_timeout_ms=int(self.statement_timeout * 1000),
            max_bytes=self.max_bytes,
        )

    @property
    def running(self) -> RunningLimits:
        return RunningLimits(per_source=self.per_source, per_organization=self.per_organization)


def _location(text: str) -> str:
    if text.startswith("s3://") and not urlsplit(text).netloc:
        raise ValueError("must be a folder, or s3://bucket/prefix")
    return text


@dataclass(frozen=True)
class BlobSettings:
    """Where files are kept: a folder, or s3://bucket/prefix of S3 or MinIO, with the keys of an account that may write.

    Bytes of the disk that stay free, and bytes that files of a bucket may take on this machine while they are read.
    """

    location: str = variable("INFINURE_BLOB_STORE", parse=_location)
    work_folder: Path = variable("INFINURE_WORK_DIR")
    reserve_bytes: int = variable("INFINURE_STORAGE_RESERVE_BYTES", 1024**3)
    cache_bytes: int = variable("INFINURE_BLOB_CACHE_BYTES", 20 * 1024**3)
    s3_endpoint: str = variable("INFINURE_S3_ENDPOINT", "")
    s3_region: str = variable("INFINURE_S3_REGION", "us-east-1")
    s3_access_key_id: str = variable("INFINURE_S3_ACCESS_KEY_ID", "")
    s3_secret_access_key: Secret = variable("INFINURE_S3_SECRET_ACCESS_KEY", Secret(""))


@dataclass(frozen=True)
class UploadSettings:
    """Bytes of one file and of all of an organization; hours an upload is kept; seconds that reading one may take."""

    file_bytes: int = variable("INFINURE_UPLOAD_MAX_BYTES", 2_000_000_000)
    kept_bytes: int = variable("INFINURE_UPLOADS_MAX_BYTES", 50_000_000_000)
    hours: float = variable("INFINURE_UPLOAD_HOURS", 24.0)
    read_seconds: float = variable("INFINURE_UPLOAD_READ_SECONDS", 900.0)
    reading_at_once: int = variable("INFINURE_UPLOADS_READ_AT_ONCE", 2)

    @property
    def limits(self) -> UploadLimits:
        return UploadLimits(file_bytes=self.file_bytes, kept_bytes=self.kept_bytes, hours=self.hours)

    @property
    def work_limits(self) -> WorkLimits:
        return WorkLimits(
            cpu_seconds=int(2 * self.read_seconds),
            wall_seconds=self.read_seconds,
            file_bytes=8 * self.file_bytes,
        )


@dataclass(frozen=True)
class WarehouseSettings:
    """The ClickHouse of the platform's warehouse; without a URL there is none. Bytes and tables of an organization."""

    url: Secret | None = variable("INFINURE_WAREHOUSE_URL", None)
    max_bytes: int = variable("INFINURE_WAREHOUSE_MAX_BYTES", 50_000_000_000)
    max_tables: int = variable("INFINURE_WAREHOUSE_MAX_TABLES", 1_000)
    load_seconds: float = variable("INFINURE_LOAD_SECONDS", 1_800.0)

    @property
    def limits(self) -> WarehouseLimits:
        return WarehouseLimits(bytes=self.max_bytes, tables=self.max_tables, load_seconds=self.load_seconds)


@dataclass(frozen=True)
class WorkerSettings:
    """Confined processes that read files: kept warm, at work at once; and whether to go on where nothing confines."""

    warm: int = variable("INFINURE_WARM_WORKERS", 2)
    at_once: int = variable("INFINURE_WORKERS_AT_ONCE", 8)
    unconfined: bool = variable("INFINURE_UNCONFINED_WORKERS", False)


@dataclass(frozen=True)
class Settings:
    """Everything at once. The master key's file wraps the data keys under which credentials are kept."""

    server: ServerSettings
    database: DatabaseSettings
    paging: PagingSettings
    blobs: BlobSettings
    master_key_file: Path = variable("INFINURE_MASTER_KEY_FILE")
    auth: PeerSettings = peer("auth")
    query: QuerySettings = field(default_factory=QuerySettings)
    uploads: UploadSettings = field(default_factory=UploadSettings)
    warehouse: WarehouseSettings = field(default_factory=WarehouseSettings)
    workers: WorkerSettings = field(default_factory=WorkerSettings)
    # Whether sources may be on this machine or a private network; the mesh's own ports stay closed but for exceptions.
    allow_private_hosts: bool = variable("INFINURE_ALLOW_PRIVATE_HOSTS", False)
    denied_ports: frozenset[int] = variable("INFINURE_DENIED_PORTS", frozenset(), parse=ports)
    allowed_sources: frozenset[AllowedSource] = variable("INFINURE_ALLOWED_SOURCES", frozenset(), parse=_sources)
    sources_per_organization: int = variable("INFINURE_SOURCES_PER_ORGANIZATION", 50)
    # Seconds that counting and sampling a new source may take.
    catalog_seconds: float = variable("INFINURE_CATALOG_SECONDS", 20.0)
    # Hours between readings of a database's catalog that nobody asks for; 0 means none.
    catalog_refresh_hours: float = variable("INFINURE_CATALOG_REFRESH_HOURS", 24.0)

    @property
    def host_rules(self) -> HostRules:
        return HostRules(self.allow_private_hosts, self.denied_ports, self.allowed_sources)

    @property
    def profile(self) -> ProfileLimits:
        return ProfileLimits(total_seconds=self.catalog_seconds)
