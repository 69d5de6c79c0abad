"""Asking who somebody is, and what is usual in their industry."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.auth.errors import UserNotFound
from services.auth.industry_templates import IndustryTemplate, IndustryTemplates
from services.auth.model import Account, Member
from services.auth.ports import Accounts


@dataclass(frozen=True)
class People:
    """The use case: reads within one organization."""

    accounts: Accounts
    templates: IndustryTemplates

    async def find(self, organization_id: UUID, user_id: UUID) -> Account:
        """Raises:
        UserNotFound: nobody of that id in the organization.
        """
        account = await self.accounts.find(organization_id, user_id)
        if account is None:
            raise UserNotFound(user_id)
        return account

    async def members(self, organization_id: UUID, user_ids: Sequence[UUID]) -> Sequence[Member]:
        """Colleagues by their ids; ids of others are left out."""
        return await self.accounts.members(organization_id, user_ids)

    async def industry_template(self, organization_id: UUID) -> IndustryTemplate:
        """The organization's template."""
        organization = await self.accounts.organization(organization_id)
        return self.templates.named(organization.industry if organization is not None else "")
