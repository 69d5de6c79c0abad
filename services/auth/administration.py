"""What administrators do to people and settings, and what that needs of the outside. Every store method is one
transaction, in which the one who acts is seen to be an administrator still."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.auth.mfa_ports import Person
from services.auth.model import Organization, User, UserState


@dataclass(frozen=True)
class Place:
    """What an administrator decides about a user. `grants` are names of permissions, sorted; `source_ids` the sources
    that they are held to, sorted, none for all."""

    role: str
    department: str = ""
    team: str = ""
    grants: tuple[str, ...] = ()
    source_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class UserAccount:
    """A person as an administrator sees them; `second_factor` if an authenticator app is in force."""

    user: User
    second_factor: bool = False


@dataclass(frozen=True)
class UserFilter:
    """Who is wanted; what is empty doesn't matter. `query` is a part of a name or the e-mail, in any case."""

    query: str = ""
    role: str = ""
    state: UserState | None = None


@dataclass(frozen=True)
class After:
    """Where a page of people goes on: the sort key of the last one shown."""

    last_name: str
    first_name: str
    user_id: UUID


class AdministeredUsers(Protocol):
    """The people of an organization. Changing raises NoAdministrator where the person is none any more, and
    UserNotFound where the organization has no such user."""

    async def listed(
        self, organization_id: UUID, wanted: UserFilter, after: After | None, at_most: int
    ) -> Sequence[tuple[UserAccount, After]]:
        """In the order of names, each with where it stands in it."""

    async def count(self, organization_id: UUID, wanted: UserFilter) -> int: ...

    async def find(self, organization_id: UUID, user_id: UUID) -> UserAccount | None: ...

    async def put(self, person: Person, user_id: UUID, place: Place, etag: str, now: datetime) -> None:
        """Tokens made before are void where they allow something else. Raises UserChanged."""

    async def deactivate(self, person: Person, user_id: UUID, now: datetime) -> None:
        """Ends everything that the user has open. Raises InvitationNotOpen for one who is only invited."""

    async def activate(self, person: Person, user_id: UUID, now: datetime) -> None: ...

    async def end_sessions(self, person: Person, user_id: UUID, now: datetime) -> int:
        """How many ended."""

    async def invite(self, person: Person, user: User) -> None:
        """Makes the account and queues its letter. Raises EmailTaken."""

    async def invite_again(self, person: Person, user_id: UUID, now: datetime) -> None:
        """Queues a letter with a new link. Raises InvitationNotOpen."""

    async def withdraw(self, person: Person, user_id: UUID, now: datetime) -> None:
        """Removes the account. Raises InvitationNotOpen."""

    async def taken(self, organization_id: UUID, emails: Sequence[str]) -> frozenset[str]:
        """Which canonical e-mails the organization's own people have."""


@dataclass(frozen=True)
class Settings:
    """What an organization decides for itself; `policy` is a mode of password_policy."""

    name: str
    policy: str
    mfa_required: bool
    mfa_by_email: bool


@dataclass(frozen=True)
class Kept:
    """An organization with the name of its state."""

    organization: Organization
    etag: str


class KeptSettings(Protocol):
    """An organization's settings."""

    async def read(self, organization_id: UUID) -> Kept: ...

    async def put(self, person: Person, wanted: Settings, etag: str, now: datetime) -> Kept:
        """Where a second factor comes to be required, sessions by a password alone end, but for the person's own.
        Raises NoAdministrator, OrganizationChanged."""


def etag_of(updated_at: datetime) -> str:
    """Names the state of a row that was last changed then."""
    return f"{updated_at:%Y%m%d%H%M%S%f}"
