"""What the chat service is told by its environment."""

from dataclasses import dataclass

from meshkit.settings import DatabaseSettings, PagingSettings, PeerSettings, ServerSettings, peer, variable


@dataclass(frozen=True)
class Settings:
    """Everything at once. `worker` names this replica: after a restart it finds the answers that it left behind."""

    server: ServerSettings
    database: DatabaseSettings
    paging: PagingSettings
    auth: PeerSettings = peer("auth")
    ml_gateway: PeerSettings = peer("ml_gateway")
    analytics: PeerSettings = peer("analytics")
    worker: str = variable("INFINURE_REPLICA", "chat-0")
    unheard_seconds: float = variable("INFINURE_ANSWER_UNHEARD_SECONDS", 60.0)
    running_answers_per_user: int = variable("INFINURE_ANSWERS_PER_USER", 5)
