"""Keeping domains and identity providers: the use cases of administrators."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret
from services.auth.mfa_ports import Person
from services.auth.random_tokens import new_token
from services.auth.sso.errors import (
    EmailDomainNotFound,
    EmailDomainNotShown,
    IdentityProviderInvalid,
    IdentityProviderNotFound,
)
from services.auth.sso.model import EmailDomain, IdentityProvider, Oidc, ProviderSettings
from services.auth.sso.ports import EmailDomains, IdentityProviders, OidcProviders, SamlProviders, TxtRecords

MOST_DOMAINS, MOST_PROVIDERS = 20, 5


@dataclass(frozen=True)
class KeepingDomains:
    """The use cases; they raise NoAdministrator for who is none any more."""

    domains: EmailDomains
    records: TxtRecords
    clock: Callable[[], datetime] = utc_now

    async def listed(self, organization_id: UUID) -> Sequence[EmailDomain]:
        """By name."""
        return await self.domains.listed(organization_id)

    async def add(self, person: Person, name: str) -> EmailDomain:
        """Raises EmailDomainTaken, TooManyProviders."""
        now = self.clock()
        token = new_token().reveal()
        domain = EmailDomain(new_id(now), person.organization_id, name.lower().rstrip("."), token, now)
        await self.domains.add(person, domain, MOST_DOMAINS)
        return domain

    async def verify(self, person: Person, domain_id: UUID) -> EmailDomain:
        """Raises EmailDomainNotFound, EmailDomainNotShown, EmailDomainTaken."""
        domain = await self.domains.find(person.organization_id, domain_id)
        if domain is None:
            raise EmailDomainNotFound(domain_id)
        if domain.verified_at is not None:
            return domain
        if domain.record_value not in await self.records.of(domain.record_name):
            raise EmailDomainNotShown()
        return await self.domains.verify(person, domain_id, self.clock())

    async def remove(self, person: Person, domain_id: UUID) -> None:
        """Raises EmailDomainNotFound."""
        if not await self.domains.remove(person, domain_id, self.clock()):
            raise EmailDomainNotFound(domain_id)


@dataclass(frozen=True)
class KeepingProviders:
    """The use cases; they raise NoAdministrator for who is none any more."""

    providers: IdentityProviders
    oidc: OidcProviders
    saml: SamlProviders
    clock: Callable[[], datetime] = utc_now

    async def listed(self, organization_id: UUID) -> Sequence[IdentityProvider]:
        """The newest first."""
        return await self.providers.listed(organization_id)

    async def create(self, person: Person, settings: ProviderSettings, secret: Secret) -> IdentityProvider:
        """Raises IdentityProviderInvalid, IdentityProviderUnreachable, TooManyProviders."""
        await self._check(settings)
        now = self.clock()
        provider = IdentityProvider(new_id(now), person.organization_id, settings, now, now)
        await self.providers.create(person, provider, secret, MOST_PROVIDERS)
        return provider

    async def put(
        self, person: Person, provider_id: UUID, settings: ProviderSettings, secret: Secret | None, etag: str
    ) -> IdentityProvider:
        """Raises those of `create`, IdentityProviderNotFound, IdentityProviderChanged."""
        before = await self.providers.find(person.organization_id, provider_id)
        if before is None:
            raise IdentityProviderNotFound(provider_id)
        old, new = before.settings.protocol, settings.protocol
        if type(old) is not type(new):
            raise IdentityProviderInvalid("an identity provider keeps its protocol; make another one")
        if isinstance(old, Oidc) and isinstance(new, Oidc) and old.issuer != new.issuer and secret is None:
            raise IdentityProviderInvalid("a new issuer needs its client secret given anew")
        await self._check(settings)
        changed = replace(before, settings=settings, updated_at=self.clock())
        await self.providers.put(person, changed, secret, etag)
        return changed

    async def delete(self, person: Person, provider_id: UUID) -> None:
        """Raises IdentityProviderNotFound."""
        if not await self.providers.delete(person, provider_id, self.clock()):
            raise IdentityProviderNotFound(provider_id)

    async def _check(self, settings: ProviderSettings) -> None:
        if isinstance(settings.protocol, Oidc):
            await self.oidc.check(settings.protocol)
        else:
            self.saml.check(settings.protocol)
