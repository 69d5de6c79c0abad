"""A person changes their own password, which ends every other session of theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from meshkit.ids import utc_now
from meshkit.secrets import Secret
from services.auth.audit import Origin
from services.auth.errors import PasswordIncorrect, UserNotFound
from services.auth.new_passwords import NewPasswords, held
from services.auth.ports import StoredPasswords
from services.auth.throttling import Throttle


@dataclass(frozen=True)
class Wanted:
    """The password in use, as proof of who asks, and the one to come."""

    current: Secret
    new: Secret


@dataclass(frozen=True)
class ChangingPasswords:
    """The use case."""

    stored: StoredPasswords
    new: NewPasswords
    throttle: Throttle
    clock: Callable[[], datetime] = utc_now

    async def change(
        self,
        organization_id: UUID,
        user_id: UUID,
        session_id: UUID | None,
        wanted: Wanted,
        address: str,
        origin: Origin,
    ) -> int:
        """How many sessions ended; the one of `session_id` goes on.

        Raises:
            UserNotFound: the account is gone or has no password.
            PasswordIncorrect: the current one is wrong, or was replaced at this moment.
            PasswordTooWeak: the new one breaks the policy or was in use before.
            TooManyAttempts: too many wrong ones were given.
        """
        known = await self.stored.of(organization_id, user_id)
        if known is None or known.password_hash is None or not known.account.user.is_active:
            raise UserNotFound(user_id)
        async with self.throttle.trying(known.account.user.email, address):
            if not await self.new.passwords.matches(wanted.current, known.password_hash):
                raise PasswordIncorrect()
        hashed = await self.new.hashed(wanted.new, await held(self.stored, known), wanted.current)
        ended = await self.stored.replace(
            organization_id, user_id, known.password_hash, hashed, self.clock(), keep=session_id, origin=origin
        )
        if ended is None:
            raise PasswordIncorrect()
        return ended
