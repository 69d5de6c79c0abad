"""Confirming an address by the link that was mailed to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from meshkit.ids import utc_now
from meshkit.secrets import Secret
from services.auth.audit import Origin
from services.auth.ports import EmailTokens
from services.auth.random_tokens import digest


@dataclass(frozen=True)
class VerifyingEmail:
    """The use case."""

    tokens: EmailTokens
    clock: Callable[[], datetime] = utc_now

    async def verify(self, token: Secret, origin: Origin) -> None:
        """Raises:
        LinkInvalid: not a live token of such a link.
        """
        await self.tokens.verify(digest(token), self.clock(), origin)
