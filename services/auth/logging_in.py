"""Logging in by e-mail and password.

Known and unknown e-mail take the same steps and end in the same words. Every try is counted against its account before
its password is checked, so that parallel tries can't get more checks than the limit, and taken back by the right
password. The count is by the e-mail as typed, whether an account has it or not.
"""

import hashlib
import ipaddress
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from meshkit.ids import utc_now
from meshkit.secrets import Secret
from services.auth.errors import CredentialsInvalid, HashingOverloaded, TooManyAttempts
from services.auth.model import Opened, canonical_email
from services.auth.passwords import Passwords
from services.auth.ports import Accounts, Attempts
from services.auth.queueing import KeyedGate
from services.auth.sessions import SessionKeeping


@dataclass(frozen=True)
class LoginLimits:
    """How many failed tries there may be in a window, for one e-mail and from one address."""

    per_account: int = 10
    per_address: int = 30
    window: timedelta = timedelta(minutes=15)
    # Fewer than per_account: the owner's own parallel logins wait for each other instead of using up the tries.
    at_once_per_account: int = 3


@dataclass(frozen=True)
class LoggingIn:
    """The use case."""

    accounts: Accounts
    attempts: Attempts
    sessions: SessionKeeping
    passwords: Passwords
    clock: Callable[[], datetime] = utc_now
    limits: LoginLimits = field(default_factory=LoginLimits)
    _gate: KeyedGate = field(default_factory=KeyedGate, repr=False)

    async def log_in(self, email: str, password: Secret, address: str) -> Opened:
        """Opens a session.

        Raises:
            CredentialsInvalid: for every reason that concerns the account, too many tries on it included.
            TooManyAttempts: too many failed from this address.
        """
        email = canonical_email(email)
        async with self._counted(email, address):
            known = await self.accounts.by_email(email)
            stored = known.password_hash if known is not None else None
            matches = await self.passwords.matches(password, stored)
            if known is None or not matches or not known.account.user.is_active:
                raise CredentialsInvalid()
            return await self.sessions.open(known.account.user)

    @asynccontextmanager
    async def _counted(self, email: str, address: str) -> AsyncIterator[None]:
        by_account, by_address = key("account", email), key("address", network(address))
        window, now = self.limits.window, self.clock()
        if await self.attempts.so_far(by_address, window, now) >= self.limits.per_address:
            raise TooManyAttempts(window.total_seconds())
        async with self._gate.passing(by_account, self.limits.at_once_per_account):
            if await self.attempts.count(by_account, window, now) > self.limits.per_account:
                await self.attempts.count(by_address, window, now)
                raise CredentialsInvalid()
            try:
                yield
            except CredentialsInvalid:
                await self.attempts.count(by_address, window, now)
                raise
            except HashingOverloaded:
                # The password wasn't looked at, so it was no try.
                await self.attempts.take_back(by_account)
                raise
            await self.attempts.forget(by_account)


def key(kind: str, value: str) -> bytes:
    """What a count is kept by: no e-mail or address stands in the table."""
    return hashlib.sha256(f"{kind}:{value}".encode()).digest()


def network(address: str) -> str:
    """The address, or its /64 where it is IPv6: one customer has as many of those as they like."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
