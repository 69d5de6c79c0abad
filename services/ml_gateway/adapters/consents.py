"""What people allow, as auth says it."""

from dataclasses import dataclass

from infinure.auth.v1.consent_pb2 import CONSENT_PURPOSE_LEARNING

from services.peers.auth import AuthConsents


@dataclass(frozen=True)
class AskedConsents:
    """The port Consents."""

    auth: AuthConsents

    async def learning(self) -> bool:
        return await self.auth.given(CONSENT_PURPOSE_LEARNING)
