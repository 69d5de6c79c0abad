"""What an organization decides for itself: its name, and what logins and new passwords are held to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from meshkit.ids import utc_now
from services.auth.administration import Kept, KeptSettings, Settings
from services.auth.errors import MfaNotEnrolled, UserNotFound
from services.auth.mfa_ports import Person, SecondFactors
from services.auth.model import methods_of
from services.auth.ports import Accounts


@dataclass(frozen=True)
class KeepingSettings:
    """The use cases."""

    settings: KeptSettings
    accounts: Accounts
    factors: SecondFactors
    clock: Callable[[], datetime] = utc_now

    async def read(self, organization_id: UUID) -> Kept:
        """Those in force."""
        return await self.settings.read(organization_id)

    async def put(self, person: Person, wanted: Settings, etag: str) -> Kept:
        """Raises:
        MfaNotEnrolled: a second factor is to be required, and the person has none that would do: they would shut
            themselves out of the page that they are on.
        OrganizationChanged: somebody else was faster.
        NoAdministrator: the person is none any more.
        """
        wanted = replace(wanted, name=wanted.name.strip())
        before = (await self.settings.read(person.organization_id)).organization
        if wanted.mfa_required and not (before.mfa_required and before.mfa_by_email == wanted.mfa_by_email):
            await self._has_a_factor(person, wanted)
        return await self.settings.put(person, wanted, etag, self.clock())

    async def _has_a_factor(self, person: Person, wanted: Settings) -> None:
        account = await self.accounts.find(person.organization_id, person.user_id)
        if account is None:
            raise UserNotFound(person.user_id)
        enrolled = await self.factors.of(person.organization_id, person.user_id)
        to_come = replace(account.organization, mfa_required=True, mfa_by_email=wanted.mfa_by_email)
        if not methods_of(replace(account, organization=to_come), enrolled):
            raise MfaNotEnrolled()
