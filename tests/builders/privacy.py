"""Where auth finds the other services that keep personal data."""

from meshkit.settings import PeerSettings
from services.auth.settings import PrivacySettings

NOWHERE = "127.0.0.1:1"


def privacy_settings(address: str = NOWHERE, **changes: str) -> PrivacySettings:
    """All at one address, but for those given by name. An erasure begins at once."""
    chat, ml_gateway, integration, analytics = (
        PeerSettings(changes.get(name, address)) for name in ("chat", "ml_gateway", "integration", "analytics")
    )
    return PrivacySettings(chat, ml_gateway, integration, analytics, erasure_delay=0.0)
