"""What the gateway is told by its environment."""

from dataclasses import dataclass

from meshkit.settings import PeerSettings, ServerSettings, peer, variable


@dataclass(frozen=True)
class Settings:
    """Everything at once. No database yet: nothing that the gateway knows outlives its process."""

    server: ServerSettings
    auth: PeerSettings = peer("auth")
    integration: PeerSettings = peer("integration")
    # How many catalogs, and as many indexes made of them, stay in memory; the least recently used leaves first.
    catalogs_kept: int = variable("INFINURE_CATALOGS_KEPT", 100)
    # Rows that an answer lists; a query may give more, which are counted.
    rows_kept: int = variable("INFINURE_ANSWER_ROWS_KEPT", 1000)
