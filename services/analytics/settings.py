"""What the analytics service is told by its environment."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from meshkit.secrets import Secret
from meshkit.settings import PagingSettings, PeerSettings, ServerSettings, peer, variable

DATABASE = "analytics"


@dataclass(frozen=True)
class Place:
    """A ClickHouse by its URL: `http(s)://user:password@host:port/database`, the database being `analytics` if none."""

    secure: bool
    host: str
    port: int
    username: str
    password: str = field(repr=False)
    database: str = DATABASE

    @classmethod
    def of(cls, url: Secret) -> "Place":
        """Raises:
        ValueError: it is no such URL; the message doesn't hold it.
        """
        parts = urlsplit(url.reveal())
        database = parts.path.strip("/") or DATABASE
        if parts.scheme not in ("http", "https") or not parts.hostname or not _is_name(database):
            raise ValueError("must be a URL such as https://user:password@host:8443/analytics")
        secure = parts.scheme == "https"
        return cls(
            secure,
            parts.hostname,
            parts.port or (8443 if secure else 8123),
            unquote(parts.username or "default"),
            unquote(parts.password or ""),
            database,
        )

    def without_database(self) -> dict[str, Any]:
        """Arguments of a client."""
        return {
            "host": self.host,
            "port": self.port,
            "username": self.username,
            "password": self.password,
            "secure": self.secure,
        }

    def arguments(self) -> dict[str, Any]:
        return {**self.without_database(), "database": self.database}


def _is_name(text: str) -> bool:
    return text.isascii() and text.isidentifier()


def _url(text: str) -> Secret:
    Place.of(Secret(text))
    return Secret(text)


@dataclass(frozen=True)
class StoreSettings:
    """ClickHouse. `timeout` is in seconds, of one query and of connecting."""

    url: Secret = variable("INFINURE_CLICKHOUSE_URL", parse=_url)
    timeout: float = variable("INFINURE_CLICKHOUSE_TIMEOUT", 15.0)

    @property
    def place(self) -> Place:
        return Place.of(self.url)


@dataclass(frozen=True)
class Settings:
    """Everything at once."""

    server: ServerSettings
    store: StoreSettings
    paging: PagingSettings
    auth: PeerSettings = peer("auth")
