"""What the integration service is told by its environment."""

from dataclasses import dataclass, field
from pathlib import Path

from meshkit.settings import DatabaseSettings, PagingSettings, PeerSettings, ServerSettings, peer, variable
from services.integration.boundary.model import Limits
from services.integration.catalog.profile import ProfileLimits
from services.integration.hosts import AllowedSource, HostRules
from services.integration.running import RunningLimits


def _ports(text: str) -> frozenset[int]:
    found = [word.strip() for word in text.split(",") if word.strip()]
    if not all(word.isdecimal() and 0 < int(word) < 65536 for word in found):
        raise ValueError("must be ports, separated by commas")
    return frozenset(map(int, found))


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


@dataclass(frozen=True)
class Settings:
    """Everything at once. The master key's file wraps the data keys under which credentials are kept."""

    server: ServerSettings
    database: DatabaseSettings
    paging: PagingSettings
    auth: PeerSettings = peer("auth")
    master_key_file: Path = variable("INFINURE_MASTER_KEY_FILE")
    query: QuerySettings = field(default_factory=QuerySettings)
    # Whether sources may be on this machine or a private network; the mesh's own ports stay closed but for exceptions.
    allow_private_hosts: bool = variable("INFINURE_ALLOW_PRIVATE_HOSTS", False)
    denied_ports: frozenset[int] = variable("INFINURE_DENIED_PORTS", frozenset(), parse=_ports)
    allowed_sources: frozenset[AllowedSource] = variable("INFINURE_ALLOWED_SOURCES", frozenset(), parse=_sources)
    sources_per_organization: int = variable("INFINURE_SOURCES_PER_ORGANIZATION", 50)
    # Seconds that counting and sampling a new source may take.
    catalog_seconds: float = variable("INFINURE_CATALOG_SECONDS", 20.0)

    @property
    def host_rules(self) -> HostRules:
        return HostRules(self.allow_private_hosts, self.denied_ports, self.allowed_sources)

    @property
    def profile(self) -> ProfileLimits:
        return ProfileLimits(total_seconds=self.catalog_seconds)
