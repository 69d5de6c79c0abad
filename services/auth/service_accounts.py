"""Programs: their accounts, the keys that they come in by, and the short tokens that a key is exchanged for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret
from services.auth.audit import Origin
from services.auth.errors import ApiKeyInvalid, ApiKeyNotFound, UserNotFound
from services.auth.mfa_ports import Person
from services.auth.model import ApiKey, Token, User
from services.auth.random_tokens import digest, new_token
from services.auth.throttling import Throttle
from services.auth.tokens import TokenIssuer

# Tells secret scanners, and people who find one, what it is.
PREFIX = "infinure_"
HINT_CHARACTERS = len(PREFIX) + 4
DEFAULT_LIFE = timedelta(days=90)
MOST_ACCOUNTS, MOST_KEYS = 50, 10


@dataclass(frozen=True)
class ServiceAccount:
    """A program's account with its keys that haven't been revoked, the newest first."""

    user: User
    keys: Sequence[ApiKey] = ()


class ServiceAccounts(Protocol):
    """The accounts and their keys. Every method is one transaction; changing raises NoAdministrator where the person is
    none any more."""

    async def create(self, person: Person, user: User, at_most: int) -> None:
        """Raises TooManyServiceAccounts."""

    async def listed(self, organization_id: UUID) -> Sequence[ServiceAccount]:
        """The newest first."""

    async def delete(self, person: Person, account_id: UUID, now: datetime) -> bool:
        """With its keys, whose tokens are void; whether there was one."""

    async def add_key(self, person: Person, key: ApiKey, key_hash: bytes, at_most: int) -> None:
        """Raises UserNotFound, ScopesTooWide, TooManyServiceAccounts."""

    async def revoke_key(self, person: Person, key_id: UUID, now: datetime) -> bool:
        """Whether there was a live one."""

    async def use(self, key_hash: bytes, origin: Origin, now: datetime) -> tuple[User, ApiKey] | None:
        """The live key and its active account; the use is noted. Where there is none that is noted instead, with the
        key's organization or nobody's: the same work."""

    async def live_key(self, organization_id: UUID, key_id: UUID, now: datetime) -> ApiKey | None: ...


@dataclass(frozen=True)
class KeepingServiceAccounts:
    """The use cases of administrators."""

    accounts: ServiceAccounts
    clock: Callable[[], datetime] = utc_now

    async def create(self, person: Person, name: str, role: str) -> ServiceAccount:
        """Raises:
        TooManyServiceAccounts: there are as many as there may be.
        """
        now = self.clock()
        user = User(new_id(now), person.organization_id, "", name.strip(), "", role, now, updated_at=now)
        await self.accounts.create(person, user, MOST_ACCOUNTS)
        return ServiceAccount(user)

    async def listed(self, organization_id: UUID) -> Sequence[ServiceAccount]:
        """The organization's own."""
        return await self.accounts.listed(organization_id)

    async def delete(self, person: Person, account_id: UUID) -> None:
        """Raises:
        UserNotFound: the organization has no such service account.
        """
        if not await self.accounts.delete(person, account_id, self.clock()):
            raise UserNotFound(account_id)

    async def create_key(
        self, person: Person, account_id: UUID, name: str, scopes: frozenset[int], life: timedelta | None
    ) -> tuple[ApiKey, Secret]:
        """The key's secret is told this once.

        Raises:
            UserNotFound: the organization has no such service account.
            ScopesTooWide: the person may not do all that themselves.
            TooManyServiceAccounts: the account has as many keys as it may.
        """
        now = self.clock()
        secret = Secret(PREFIX + new_token().reveal())
        key = ApiKey(
            id=new_id(now),
            organization_id=person.organization_id,
            user_id=account_id,
            name=name.strip(),
            hint=secret.reveal()[:HINT_CHARACTERS],
            scopes=scopes,
            created_at=now,
            expires_at=now + (life or DEFAULT_LIFE),
        )
        await self.accounts.add_key(person, key, digest(secret), MOST_KEYS)
        return key, secret

    async def revoke_key(self, person: Person, key_id: UUID) -> None:
        """Raises:
        ApiKeyNotFound: the organization has no such live key.
        """
        if not await self.accounts.revoke_key(person, key_id, self.clock()):
            raise ApiKeyNotFound(key_id)


@dataclass(frozen=True)
class ExchangingApiKeys:
    """The use case of whoever has a key."""

    accounts: ServiceAccounts
    throttle: Throttle
    issuer: TokenIssuer
    clock: Callable[[], datetime] = utc_now

    async def exchange(self, secret: Secret, address: str, origin: Origin) -> Token:
        """Raises:
        ApiKeyInvalid: not a live key of an active account.
        TooManyAttempts: too many of those came from the address.
        """
        async with self.throttle.trying_key(address):
            found = await self.accounts.use(digest(secret), origin, self.clock())
            if found is None:
                raise ApiKeyInvalid()
            return self.issuer.of_key(*found)
