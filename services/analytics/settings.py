"""What the analytics service is told by its environment."""

from dataclasses import dataclass

from meshkit.settings import DatabaseSettings, PagingSettings, PeerSettings, ServerSettings, peer


@dataclass(frozen=True)
class Settings:
    """Everything at once."""

    server: ServerSettings
    database: DatabaseSettings
    paging: PagingSettings
    auth: PeerSettings = peer("auth")
