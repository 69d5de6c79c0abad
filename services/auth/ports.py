"""What the use cases need of the outside, as Protocols. Every store method is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from services.auth.audit import Action, Activity, Entry, Head, Origin
from services.auth.letters import Letter
from services.auth.mfa_ports import Person
from services.auth.model import (
    Account,
    Member,
    OpenSession,
    Organization,
    Prolonged,
    Revocation,
    Session,
    User,
)


@dataclass(frozen=True)
class Credentials:
    """An account and the hash its password is checked against; None for accounts without a password."""

    account: Account
    password_hash: str | None = field(repr=False)


@dataclass(frozen=True)
class Login:
    """How a session came to be opened, and from where."""

    method: str
    origin: Origin


@dataclass(frozen=True)
class ActivityFilter:
    """Which activities are wanted; what isn't given doesn't matter. A person's are those that they did and those done
    to their account. Times: from `since` on, and before `until`."""

    user_id: UUID | None = None
    actions: Sequence[Action] = ()
    resource_type: str = ""
    resource_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


class Accounts(Protocol):
    """Organizations and their people."""

    async def sign_up(
        self, organization: Organization, leader: User, password_hash: str, origin: Origin, letter: Letter | None
    ) -> None:
        """Makes both, and queues the letter to the leader if there is one, or nothing. Raises EmailTaken or
        SlugTaken."""

    async def add(self, user: User, password_hash: str) -> None:
        """By the operator. Raises EmailTaken."""

    async def by_email(self, email: str) -> Credentials | None:
        """Whoever has the address, in whichever organization; does the same work when nobody has."""

    async def find(self, organization_id: UUID, user_id: UUID) -> Account | None: ...

    async def members(self, organization_id: UUID, user_ids: Sequence[UUID]) -> Sequence[Member]:
        """Those of the organization; others are left out."""

    async def organization(self, organization_id: UUID) -> Organization | None: ...

    async def organization_by_slug(self, slug: str) -> Organization | None: ...

    async def change_setting(self, organization_id: UUID, name: str, value: str | bool, now: datetime) -> None:
        """One member of the organization's settings, from now on; the operator says so."""


class StoredPasswords(Protocol):
    """The password in use and those before it, as hashes."""

    async def of(self, organization_id: UUID, user_id: UUID) -> Credentials | None: ...

    async def before(self, organization_id: UUID, user_id: UUID) -> Sequence[str]:
        """Those that may not come back, the newest first, less the one in use."""

    async def replace(
        self,
        organization_id: UUID,
        user_id: UUID,
        old: str,
        new: str,
        now: datetime,
        *,
        keep: UUID | None,
        origin: Origin,
    ) -> int | None:
        """Puts `new` in the place of `old` and ends every session but `keep`: how many; None where the one in use is
        not `old` any more, or the user no longer active. The person is told by mail, here and below."""

    async def reset(self, known: Credentials, token_hash: bytes, new: str, now: datetime, origin: Origin) -> None:
        """Uses the token up, puts `new` in the place of the known password, confirms the address and ends every
        session. Raises LinkInvalid where the token is no longer live or the password no longer the known one."""

    async def accept(self, known: Credentials, token_hash: bytes, new: str, now: datetime, origin: Origin) -> None:
        """Uses an invitation's token up, and sets the first password and confirms the address of whoever was invited.
        Raises LinkInvalid where the token is no longer live or the account no longer invited."""


class EmailTokens(Protocol):
    """The tokens of mailed links, as hashes: the newest of its kind for each person."""

    async def issue(
        self, organization_id: UUID, user_id: UUID, letter: Letter, token_hash: bytes, expires_at: datetime
    ) -> None:
        """In the place of the one before."""

    async def owner(self, letter: Letter, token_hash: bytes, now: datetime) -> tuple[UUID, UUID] | None:
        """The organization and the user that a live token is of."""

    async def verify(self, token_hash: bytes, now: datetime, origin: Origin) -> None:
        """Uses the token up and confirms its owner's address. Raises LinkInvalid where it isn't live."""


class MailQueue(Protocol):
    """Letters that wait to be sent, where no other change queues them."""

    async def put(
        self,
        organization_id: UUID,
        user_id: UUID | None,
        letter: Letter,
        told: Sequence[Activity],
        origin: Origin,
        now: datetime,
    ) -> None:
        """Queues it, and records what is told of it."""


class Sessions(Protocol):
    """Sessions and the one refresh token by which each goes on."""

    async def open(self, session: Session, refresh_hash: bytes, at_most: int, login: Login) -> Account:
        """Opens the session and ends the user's oldest beyond `at_most`. Raises CredentialsInvalid for a user who has
        been deactivated meanwhile."""

    async def rotate(self, used_hash: bytes, new_hash: bytes, now: datetime, origin: Origin) -> Prolonged:
        """Replaces the token by the new one. A token used before ends its session, for good, and then raises, as every
        other one that isn't the live one does: RefreshTokenInvalid."""

    async def end(self, refresh_hash: bytes, now: datetime, origin: Origin) -> None:
        """Ends the session of a token, whether it is the live one or not; an unknown token is nobody's."""

    async def live_of(self, organization_id: UUID, user_id: UUID, now: datetime) -> Sequence[OpenSession]:
        """A person's own, the newest first."""

    async def revoke(self, person: Person, session_id: UUID, now: datetime) -> bool:
        """Ends a live session of the person, by the person; whether there was one."""

    async def revoke_all_but(self, person: Person, keep: UUID | None, now: datetime) -> int:
        """Ends the person's others; how many were live."""

    async def is_live(self, organization_id: UUID, session_id: UUID, now: datetime) -> bool: ...


class Revocations(Protocol):
    """What ended while tokens of it may still live, in the order in which it became visible."""

    async def after(self, cursor: int, at_most: int, now: datetime) -> Sequence[Revocation]: ...


class Activities(Protocol):
    """The audit trail. The other stores add to it with each of their changes; here it is read, and added to where
    nothing else changes."""

    async def record(self, organization_id: UUID, origin: Origin, activity: Activity, now: datetime) -> None:
        """In a transaction of its own: a refusal, or a reading."""

    async def audited(self) -> Sequence[UUID]:
        """Every organization that has a trail or may have one."""

    async def heads(self, since: datetime) -> Sequence[Head]:
        """Of all organizations, those signed since then."""

    async def head(self, organization_id: UUID) -> Head | None: ...

    async def start(self, organization_id: UUID) -> Head | None:
        """After which activity the trail begins; None for the first one."""

    async def chain(self, organization_id: UUID, after_sequence: int, at_most: int) -> Sequence[Entry]:
        """In the chain's order."""

    async def newest(
        self, organization_id: UUID, wanted: ActivityFilter, before_sequence: int | None, at_most: int
    ) -> Sequence[Entry]:
        """The newest first, those before a number alone where one is given."""


class Anchors(Protocol):
    """Where each organization's newest signed head is kept outside the database."""

    def keep(self, head: Head) -> None:
        """Unless a newer one is kept."""

    def find(self, organization_id: UUID) -> Head | None: ...

    def anchored(self) -> Sequence[UUID]:
        """Whose heads are kept."""


class HeadChecking(Protocol):
    """Whether a head is signed by us."""

    def is_ours(self, head: Head) -> bool: ...

    def is_our_start(self, start: Head) -> bool: ...


class Attempts(Protocol):
    """Counts of failed logins by key, each over a window that opens with the first one."""

    async def count(self, key: bytes, window: timedelta, now: datetime) -> int:
        """Counts one more and returns the sum, atomically: parallel callers get different sums."""

    async def so_far(self, key: bytes, window: timedelta, now: datetime) -> int: ...

    async def take_back(self, key: bytes) -> None:
        """Counts one less."""

    async def forget(self, key: bytes) -> None: ...


class Keyring(Protocol):
    """The keys that sign and verify tokens."""

    @property
    def kid(self) -> str:
        """The id of the key that signs."""

    @property
    def private(self) -> RSAPrivateKey:
        """The key that signs."""

    @property
    def public(self) -> dict[str, RSAPublicKey]:
        """Every key whose tokens are good, by id."""
