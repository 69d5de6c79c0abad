"""What single sign-on needs of the outside, as Protocols. Every store method is one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from meshkit.secrets import Secret
from services.auth.audit import Origin
from services.auth.mfa_ports import Person
from services.auth.model import User
from services.auth.sso.model import Asserted, BegunLogin, EmailDomain, IdentityProvider, Oidc, Saml, Vouched


class EmailDomains(Protocol):
    """An organization's domains. Changing raises NoAdministrator where the person is none any more."""

    async def listed(self, organization_id: UUID) -> Sequence[EmailDomain]:
        """By name."""

    async def find(self, organization_id: UUID, domain_id: UUID) -> EmailDomain | None: ...

    async def add(self, person: Person, domain: EmailDomain, at_most: int) -> None:
        """Raises EmailDomainTaken, TooManyProviders."""

    async def verify(self, person: Person, domain_id: UUID, now: datetime) -> EmailDomain:
        """Raises EmailDomainNotFound, EmailDomainTaken."""

    async def remove(self, person: Person, domain_id: UUID, now: datetime) -> bool:
        """Whether there was one."""

    async def owner(self, name: str) -> UUID | None:
        """The organization that has shown that the domain is its own."""


class IdentityProviders(Protocol):
    """An organization's providers. Changing raises NoAdministrator where the person is none any more."""

    async def listed(self, organization_id: UUID) -> Sequence[IdentityProvider]:
        """The newest first."""

    async def enabled(self, organization_id: UUID) -> IdentityProvider | None: ...

    async def find(self, organization_id: UUID, provider_id: UUID) -> IdentityProvider | None: ...

    async def anywhere(self, provider_id: UUID) -> IdentityProvider | None:
        """Of whichever organization: for an address that strangers post to."""

    async def secret(self, provider: IdentityProvider) -> Secret:
        """Empty for a public client."""

    async def create(self, person: Person, provider: IdentityProvider, secret: Secret, at_most: int) -> None:
        """Raises IdentityProviderInvalid where another is enabled, TooManyProviders."""

    async def put(self, person: Person, provider: IdentityProvider, secret: Secret | None, etag: str) -> None:
        """`secret` None keeps the one there is. Raises IdentityProviderNotFound, IdentityProviderChanged,
        IdentityProviderInvalid where another is enabled."""

    async def delete(self, person: Person, provider_id: UUID, now: datetime) -> bool:
        """Whether there was one."""


class BegunLogins(Protocol):
    """Logins on their way to a provider and back. Each can be taken once."""

    async def begin(self, login: BegunLogin, state_hash: bytes, binding_hash: bytes | None) -> None:
        """`binding_hash` None is for one that began elsewhere."""

    async def take(self, state_hash: bytes, binding_hash: bytes, now: datetime) -> BegunLogin | None:
        """The login, if it waits in this browser. Where it was finished before, its session ends and there is none."""

    async def answered(self, state_hash: bytes, provider_id: UUID, now: datetime) -> BegunLogin | None:
        """The login that waits for this provider's word, whatever browser it comes by; it stays."""

    async def vouch(self, login: BegunLogin, user_id: UUID, ticket_hash: bytes, expires_at: datetime) -> bool:
        """From here on the login is taken by the ticket; False where it has one already."""

    async def opened(self, login: BegunLogin, session_id: UUID) -> None:
        """The session to end if the login comes again."""

    async def use_assertion(self, provider: IdentityProvider, asserted: Asserted, now: datetime) -> bool:
        """Whether it wasn't used before."""


class Newcomers(Protocol):
    """Whom a provider vouches for, as people of the organization."""

    async def find(self, organization_id: UUID, user_id: UUID) -> User | None: ...

    async def enter(
        self, provider: IdentityProvider, vouched: Vouched, new: User, origin: Origin, now: datetime
    ) -> User:
        """Who is known by the subject; or has the e-mail, and is known by the subject from then on; or `new`. An open
        invitation is accepted. Raises SsoAccountRefused."""


class OidcProviders(Protocol):
    """Speaks OpenID Connect as a relying party."""

    async def check(self, oidc: Oidc) -> None:
        """Reads the discovery document. Raises IdentityProviderUnreachable, IdentityProviderInvalid."""

    async def authorization_uri(self, oidc: Oidc, login: Secret, state: Secret, email: str) -> str:
        """Where the browser goes. `login` is what nonce and code verifier are derived from. Raises ProviderAway."""

    async def vouched(
        self, oidc: Oidc, secret: Secret, login: Secret, code: Secret, issuer: str, group_claim: str
    ) -> Vouched:
        """Trades the code for who it is. Raises SsoLoginInvalid, ProviderAway."""


class SamlProviders(Protocol):
    """Speaks SAML 2.0 as a service provider."""

    def check(self, saml: Saml) -> None:
        """Raises IdentityProviderInvalid."""

    def consumer_url(self, provider_id: UUID) -> str:
        """Where the provider has responses posted to; names this platform to it, too."""

    def request_uri(self, provider_id: UUID, saml: Saml, login: BegunLogin, state: Secret) -> str:
        """Where the browser goes."""

    def asserted(
        self, provider_id: UUID, saml: Saml, response: str, request_id: str | None, group_attribute: str
    ) -> Asserted:
        """What a response says that holds, and answers that request; or, for None, no request. Raises
        SsoLoginInvalid."""


class TxtRecords(Protocol):
    """The world's DNS."""

    async def of(self, name: str) -> Sequence[str]:
        """The texts of a name's TXT records; none where there are none or nobody answers."""
