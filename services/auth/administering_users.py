"""Keeping the people of an organization: who they are, what they may do, and whether they can log in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from meshkit.ids import utc_now
from services.auth.administration import AdministeredUsers, After, Place, UserAccount, UserFilter
from services.auth.errors import OwnAccount, UserNotFound
from services.auth.mfa_ports import Person


@dataclass(frozen=True)
class Page:
    """Some of the people found, and where the next page begins if there is one; `total` where it was asked for."""

    shown: Sequence[UserAccount]
    next: After | None
    total: int | None


@dataclass(frozen=True)
class AdministeringUsers:
    """The use cases. Changing raises NoAdministrator where the caller is none any more, and UserNotFound."""

    users: AdministeredUsers
    clock: Callable[[], datetime] = utc_now

    async def page(self, organization_id: UUID, wanted: UserFilter, after: After | None, at_most: int) -> Page:
        """With the total on the first page alone."""
        found = await self.users.listed(organization_id, wanted, after, at_most + 1)
        total = await self.users.count(organization_id, wanted) if after is None else None
        shown = [one for one, _ in found[:at_most]]
        return Page(shown, found[at_most - 1][1] if len(found) > at_most else None, total)

    async def find(self, organization_id: UUID, user_id: UUID) -> UserAccount:
        """Raises:
        UserNotFound: nobody of that id in the organization.
        """
        found = await self.users.find(organization_id, user_id)
        if found is None:
            raise UserNotFound(user_id)
        return found

    async def put(self, person: Person, user_id: UUID, place: Place, etag: str) -> UserAccount:
        """Raises:
        OwnAccount: another administrator does that.
        UserChanged: somebody else was faster.
        """
        _another(person, user_id)
        place = replace(place, department=place.department.strip(), team=place.team.strip())
        await self.users.put(person, user_id, place, etag, self.clock())
        return await self.find(person.organization_id, user_id)

    async def deactivate(self, person: Person, user_id: UUID) -> UserAccount:
        """Raises:
        OwnAccount: another administrator does that.
        InvitationNotOpen: the user is only invited.
        """
        _another(person, user_id)
        await self.users.deactivate(person, user_id, self.clock())
        return await self.find(person.organization_id, user_id)

    async def activate(self, person: Person, user_id: UUID) -> UserAccount:
        """Nobody who is deactivated does this to themselves."""
        await self.users.activate(person, user_id, self.clock())
        return await self.find(person.organization_id, user_id)

    async def end_sessions(self, person: Person, user_id: UUID) -> int:
        """How many ended; one's own as well."""
        return await self.users.end_sessions(person, user_id, self.clock())


def _another(person: Person, user_id: UUID) -> None:
    if person.user_id == user_id:
        raise OwnAccount()
