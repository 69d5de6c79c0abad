"""How many wrong passwords there may be: for one account, from one address, and everywhere.

A try is counted, atomically, before its password is looked at, so that parallel tries get no more looks than the limit;
the right password takes it back. Nothing is locked for good: each count ends with its window. In a storm, when there
are more wrong passwords on the whole platform than people make, an address is allowed few instead of many: those who
mistype nothing don't notice, and those who try one account from each of many addresses get little out of each.
"""

import hashlib
import ipaddress
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from meshkit.ids import utc_now
from services.auth.errors import (
    CredentialsInvalid,
    HashingOverloaded,
    MfaCodeIncorrect,
    MfaCodeInvalid,
    PasswordIncorrect,
    TooManyAttempts,
)
from services.auth.model import canonical_email
from services.auth.ports import Attempts
from services.auth.queueing import KeyedGate

WRONG = (CredentialsInvalid, PasswordIncorrect, MfaCodeInvalid, MfaCodeIncorrect)


@dataclass(frozen=True)
class LoginLimits:
    """How many wrong passwords there may be in a window."""

    per_account: int = 10
    per_address: int = 30
    window: timedelta = timedelta(minutes=15)
    begun_per_address: int = 100
    everywhere: int = 1000
    everywhere_window: timedelta = timedelta(minutes=1)
    per_address_in_storm: int = 3
    # Fewer than the limits: the right tries of one person or one office wait for each other, rather than using up what
    # is there for wrong ones.
    at_once_per_account: int = 3
    at_once_per_address: int = 10


class AccountExhausted(TooManyAttempts):
    """Too many wrong passwords for one account, whether it exists or not; `first` if none was refused so before in
    the window."""

    def __init__(self, retry_after: float, *, first: bool) -> None:
        super().__init__(retry_after)
        self.first = first


@dataclass(frozen=True)
class Throttle:
    """Lets tries through, or raises."""

    attempts: Attempts
    clock: Callable[[], datetime] = utc_now
    limits: LoginLimits = field(default_factory=LoginLimits)
    _gate: KeyedGate = field(default_factory=KeyedGate, repr=False)

    def trying(self, email: str, address: str, device_id: UUID | None = None) -> AbstractAsyncContextManager[None]:
        """One look at a password, within the block; `WRONG` raised in it says that it was the wrong one.

        `device_id` is of a device that the account's owner had remembered. Its tries are counted apart, so that
        strangers who exhaust the account don't shut its owner out.

        Raises:
            AccountExhausted: too many for this e-mail.
            TooManyAttempts: too many from this address.
        """
        by_device = key("device", str(device_id))
        by_email = key("account", canonical_email(email))
        return self._trying(by_email if device_id is None else by_device, address)

    def trying_code(self, user_id: UUID, address: str) -> AbstractAsyncContextManager[None]:
        """The same of a one-time code. Counted apart from passwords, as whoever has the right one of these would begin
        at nothing again with each login."""
        return self._trying(key("code", str(user_id)), address)

    @asynccontextmanager
    async def trying_key(self, address: str) -> AsyncIterator[None]:
        """One look at an API key, which nobody can guess: only the address is counted, and apart from passwords. A
        program that goes on with a key of yesterday shuts out nobody who logs in from the same office.

        Raises:
            TooManyAttempts: too many from this address.
        """
        by_address = key("api key address", network(address))
        async with self._gate.passing(by_address, self.limits.at_once_per_address):
            await self._count_address(by_address)
            yield
            await self.attempts.take_back(by_address)

    @asynccontextmanager
    async def _trying(self, by_account: bytes, address: str) -> AsyncIterator[None]:
        by_address = key("address", network(address))
        async with (
            self._gate.passing(by_address, self.limits.at_once_per_address),
            self._gate.passing(by_account, self.limits.at_once_per_account),
        ):
            await self._count_address(by_address)
            tries = await self._count(by_account)
            if tries > self.limits.per_account:
                first = tries == self.limits.per_account + 1
                raise AccountExhausted(self.limits.window.total_seconds(), first=first)
            try:
                yield
            except WRONG:
                await self.attempts.count(EVERYWHERE, self.limits.everywhere_window, self.clock())
                raise
            except HashingOverloaded:
                # The password wasn't looked at, so it was no try.
                await self.attempts.take_back(by_account)
                await self.attempts.take_back(by_address)
                raise
            await self.attempts.forget(by_account)
            await self.attempts.take_back(by_address)

    async def begin_from(self, address: str) -> None:
        """One more login by an identity provider is begun from the address; each leaves a row and a question to it.

        Raises:
            TooManyAttempts: too many from this address.
        """
        if await self._count(key("sso address", network(address))) > self.limits.begun_per_address:
            raise TooManyAttempts(self.limits.window.total_seconds())

    async def forgive(self, email: str) -> None:
        """The account's wrong passwords are forgotten: whoever asks has shown otherwise whose it is."""
        await self.attempts.forget(key("account", canonical_email(email)))

    async def _count_address(self, by_address: bytes) -> None:
        limits = self.limits
        failures = await self.attempts.so_far(EVERYWHERE, limits.everywhere_window, self.clock())
        storm = failures >= limits.everywhere
        allowed = limits.per_address_in_storm if storm else limits.per_address
        if await self._count(by_address) > allowed:
            raise TooManyAttempts((limits.everywhere_window if storm else limits.window).total_seconds())

    async def _count(self, of: bytes) -> int:
        return await self.attempts.count(of, self.limits.window, self.clock())


def key(kind: str, value: str) -> bytes:
    """What a count is kept by: no e-mail or address stands in the store."""
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


EVERYWHERE = key("everywhere", "")
