"""Logging in by e-mail and password.

Known and unknown e-mail take the same steps and end in the same words; tries are counted by the e-mail as typed,
whether an account has it or not (`throttling.py`).
"""

from dataclasses import dataclass

from meshkit.secrets import Secret
from services.auth.errors import CredentialsInvalid
from services.auth.model import Opened, canonical_email
from services.auth.passwords import Passwords
from services.auth.ports import Accounts
from services.auth.sessions import SessionKeeping
from services.auth.throttling import AccountExhausted, Throttle


@dataclass(frozen=True)
class LoggingIn:
    """The use case."""

    accounts: Accounts
    throttle: Throttle
    sessions: SessionKeeping
    passwords: Passwords

    async def log_in(self, email: str, password: Secret, address: str) -> Opened:
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
                    raise CredentialsInvalid()
                return await self.sessions.open(known.account.user)
        except AccountExhausted:
            raise CredentialsInvalid() from None
