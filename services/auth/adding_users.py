"""Adding a person to an organization, by the operator: for the demo, and for whoever has lost every login."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from meshkit.errors import NotFound
from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret
from services.auth import password_policy
from services.auth.errors import EmailTaken
from services.auth.model import User, canonical_email
from services.auth.passwords import Passwords
from services.auth.ports import Accounts


@dataclass(frozen=True)
class NewUser:
    """What the operator states."""

    organization_slug: str
    email: str
    role: str
    first_name: str
    last_name: str
    password: Secret = field(repr=False)
    department: str = ""
    team: str = ""


@dataclass(frozen=True)
class AddingUsers:
    """The use case."""

    accounts: Accounts
    passwords: Passwords
    clock: Callable[[], datetime] = utc_now

    async def add(self, wanted: NewUser) -> bool:
        """True if the user was added, False if the organization has a user of this e-mail and role already, who is left
        as they are.

        Raises:
            NotFound: no such organization.
            EmailTaken: the e-mail belongs to an account of another organization or another role.
            PasswordTooWeak: the password breaks the policy.
        """
        organization = await self.accounts.organization_by_slug(wanted.organization_slug)
        if organization is None:
            raise NotFound("there is no organization of this slug", reason="REQUEST_INVALID")
        known = await self.accounts.by_email(canonical_email(wanted.email))
        if known is not None:
            user = known.account.user
            if (user.organization_id, user.role) != (organization.id, wanted.role):
                raise EmailTaken()
            return False
        words = password_policy.words_of(wanted.email, organization.name, organization.slug)
        password_policy.check(wanted.password.reveal(), words, mode=organization.policy)
        now = self.clock()
        user = User(
            id=new_id(now),
            organization_id=organization.id,
            email=wanted.email,
            first_name=wanted.first_name,
            last_name=wanted.last_name,
            role=wanted.role,
            created_at=now,
            department=wanted.department,
            team=wanted.team,
            # The operator vouches for the address.
            email_verified_at=now,
        )
        await self.accounts.add(user, await self.passwords.hash(wanted.password))
        return True
