"""Logging in by e-mail and password.

Known and unknown e-mail take the same steps and end in the same words; tries are counted by the e-mail as typed,
whether an account has it or not (`throttling.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from meshkit.ids import utc_now
from meshkit.secrets import Secret
from services.auth.audit import NOBODY, Action, Activity, Origin
from services.auth.errors import CredentialsInvalid
from services.auth.model import Opened, canonical_email
from services.auth.passwords import Passwords
from services.auth.ports import Accounts, Activities, Credentials, Login
from services.auth.sessions import SessionKeeping
from services.auth.throttling import AccountExhausted, Throttle


@dataclass(frozen=True)
class LoggingIn:
    """The use case."""

    accounts: Accounts
    throttle: Throttle
    sessions: SessionKeeping
    passwords: Passwords
    activities: Activities
    clock: Callable[[], datetime] = utc_now

    async def log_in(self, email: str, password: Secret, address: str, origin: Origin) -> Opened:
        """Opens a session.

        Raises:
            CredentialsInvalid: for every reason that concerns the account, too many tries on it included.
            TooManyAttempts: too many failed from this address.
        """
        email = canonical_email(email)
        try:
            async with self.throttle.trying(email, address):
                known = await self.accounts.by_email(email)
                stored = known.password_hash if known is not None else None
                matches = await self.passwords.matches(password, stored)
                if known is None or not matches or not known.account.user.is_active:
                    await self._refused(known, Action.LOGIN_FAILED, origin)
                    raise CredentialsInvalid()
                return await self.sessions.open(known.account.user, Login("password", origin))
        except AccountExhausted as exhausted:
            if exhausted.first:
                # Once in a window: what is refused without a look mustn't fill anybody's trail.
                await self._refused(await self.accounts.by_email(email), Action.LOGIN_THROTTLED, origin)
            raise CredentialsInvalid() from None

    async def _refused(self, known: Credentials | None, action: Action, origin: Origin) -> None:
        """Records it with the account's organization, or with nobody's: the same work, whether there is an account."""
        user = known.account.user if known is not None else None
        organization_id, user_id = (user.organization_id, user.id) if user else (NOBODY, None)
        activity = Activity(action, resource_type="user", resource_id=user_id)
        await self.activities.record(organization_id, origin, activity, self.clock())
