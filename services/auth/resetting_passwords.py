"""Setting a new password by the link that was mailed to the account's address; every session of it ends."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from meshkit.ids import utc_now
from meshkit.secrets import Secret
from services.auth.audit import Origin
from services.auth.errors import LinkInvalid
from services.auth.letters import RESET_PASSWORD
from services.auth.new_passwords import NewPasswords, held
from services.auth.ports import EmailTokens, StoredPasswords
from services.auth.random_tokens import digest
from services.auth.throttling import Throttle


@dataclass(frozen=True)
class ResettingPasswords:
    """The use case."""

    tokens: EmailTokens
    stored: StoredPasswords
    new: NewPasswords
    throttle: Throttle
    clock: Callable[[], datetime] = utc_now

    async def reset(self, token: Secret, wanted: Secret, origin: Origin) -> None:
        """The token is used up by success alone.

        Raises:
            LinkInvalid: not a live token of such a link, or used at this moment.
            PasswordTooWeak: the new password breaks the policy or was in use before.
        """
        used = digest(token)
        owner = await self.tokens.owner(RESET_PASSWORD, used, self.clock())
        known = await self.stored.of(*owner) if owner is not None else None
        if known is None or known.password_hash is None or not known.account.user.is_active:
            raise LinkInvalid()
        hashed = await self.new.hashed(wanted, await held(self.stored, known))
        await self.stored.reset(known, used, hashed, self.clock(), origin)
        # Whoever has the mailbox needn't wait because strangers have tried passwords.
        await self.throttle.forgive(known.account.user.email)
