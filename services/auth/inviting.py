"""Inviting people to an organization, and accepting by the link that was mailed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret
from services.auth.administration import AdministeredUsers, Place, UserAccount
from services.auth.audit import Origin
from services.auth.errors import InvitationNotOpen, LinkInvalid, UserNotFound
from services.auth.letters import INVITATION
from services.auth.mail_caps import MailCaps
from services.auth.mfa_ports import Person
from services.auth.model import Account, User, UserState, canonical_email
from services.auth.new_passwords import NewPasswords, held
from services.auth.ports import Credentials, EmailTokens, StoredPasswords
from services.auth.random_tokens import digest


@dataclass(frozen=True)
class Invited:
    """Who is to be invited."""

    email: str
    first_name: str
    last_name: str
    place: Place


@dataclass(frozen=True)
class Inviting:
    """The use cases of administrators; they raise NoAdministrator for who is none any more."""

    users: AdministeredUsers
    caps: MailCaps
    clock: Callable[[], datetime] = utc_now

    async def invite(self, person: Person, wanted: Invited) -> UserAccount:
        """Raises:
        EmailTaken: the address has an account on the platform.
        TooManyMails: to the address, or of the organization.
        """
        await self.caps.invitation(person.organization_id, wanted.email)
        now = self.clock()
        user = User(
            id=new_id(now),
            organization_id=person.organization_id,
            email=canonical_email(wanted.email),
            first_name=wanted.first_name.strip(),
            last_name=wanted.last_name.strip(),
            role=wanted.place.role,
            created_at=now,
            department=wanted.place.department.strip(),
            team=wanted.place.team.strip(),
            grants=wanted.place.grants,
            source_ids=wanted.place.source_ids,
            invited_at=now,
            updated_at=now,
        )
        await self.users.invite(person, user)
        return UserAccount(user)

    async def invite_again(self, person: Person, user_id: UUID) -> UserAccount:
        """Raises:
        UserNotFound: nobody of that id in the organization.
        InvitationNotOpen: not invited, or accepted.
        TooManyMails: to the address, or of the organization.
        """
        found = await self.users.find(person.organization_id, user_id)
        if found is None:
            raise UserNotFound(user_id)
        if found.user.state is not UserState.INVITED:
            raise InvitationNotOpen(user_id, "this person doesn't wait for an invitation")
        await self.caps.invitation(person.organization_id, found.user.email)
        await self.users.invite_again(person, user_id, self.clock())
        return await self.users.find(person.organization_id, user_id) or found

    async def withdraw(self, person: Person, user_id: UUID) -> None:
        """Raises:
        UserNotFound: nobody of that id in the organization.
        InvitationNotOpen: not invited, or accepted.
        """
        await self.users.withdraw(person, user_id, self.clock())


@dataclass(frozen=True)
class AcceptingInvitations:
    """The use cases of who has the link."""

    tokens: EmailTokens
    stored: StoredPasswords
    new: NewPasswords
    clock: Callable[[], datetime] = utc_now

    async def look(self, token: Secret) -> Account:
        """What the link leads to. Raises LinkInvalid."""
        return (await self._invited(token)).account

    async def accept(self, token: Secret, wanted: Secret, origin: Origin) -> None:
        """The token is used up by success alone.

        Raises:
            LinkInvalid: not a live token of such a link, or used at this moment.
            PasswordTooWeak: the password breaks the policy.
        """
        known = await self._invited(token)
        hashed = await self.new.hashed(wanted, await held(self.stored, known))
        await self.stored.accept(known, digest(token), hashed, self.clock(), origin)

    async def _invited(self, token: Secret) -> Credentials:
        owner = await self.tokens.owner(INVITATION, digest(token), self.clock())
        known = await self.stored.of(*owner) if owner is not None else None
        if known is None or known.account.user.state is not UserState.INVITED:
            raise LinkInvalid()
        return known
