"""Domains, identity providers, logins that began at one, and what one says of somebody. All times are UTC."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

RECORD_LABEL = "_infinure-challenge"
RECORD_PREFIX = "infinure-domain-verification="
DEFAULT_GROUP_ATTRIBUTE = "groups"


@dataclass(frozen=True)
class EmailDomain:
    """A domain that an organization says is its own; shown to be once `verified_at` is set."""

    id: UUID
    organization_id: UUID
    name: str
    token: str
    created_at: datetime
    verified_at: datetime | None = None

    @property
    def record_name(self) -> str:
        return f"{RECORD_LABEL}.{self.name}"

    @property
    def record_value(self) -> str:
        return f"{RECORD_PREFIX}{self.token}"


class Preset(StrEnum):
    """Whose claims are read. Names are stored."""

    GENERIC = "generic"
    AZURE_AD = "azure_ad"
    OKTA = "okta"
    GOOGLE = "google"


@dataclass(frozen=True)
class Oidc:
    """A provider that speaks OpenID Connect."""

    issuer: str
    client_id: str
    preset: Preset = Preset.GENERIC


@dataclass(frozen=True)
class Saml:
    """A provider that speaks SAML 2.0; `certificates` in PEM."""

    entity_id: str
    sso_url: str
    certificates: tuple[str, ...]
    idp_initiated: bool = False


@dataclass(frozen=True)
class RoleRule:
    """Whoever is in the group gets the role."""

    group: str
    role: str


@dataclass(frozen=True)
class ProviderSettings:
    """What an administrator says of a provider."""

    name: str
    protocol: Oidc | Saml
    enabled: bool
    creates_users: bool
    default_role: str
    group_attribute: str = DEFAULT_GROUP_ATTRIBUTE
    role_rules: tuple[RoleRule, ...] = ()

    def role_of(self, groups: frozenset[str]) -> str | None:
        """By the first rule that matches."""
        return next((rule.role for rule in self.role_rules if rule.group in groups), None)


@dataclass(frozen=True)
class IdentityProvider:
    """Who vouches for an organization's people."""

    id: UUID
    organization_id: UUID
    settings: ProviderSettings
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class BegunLogin:
    """A browser that was sent to a provider, and nobody yet; or, once a provider has vouched by SAML, somebody."""

    id: UUID
    organization_id: UUID
    provider_id: UUID
    created_at: datetime
    expires_at: datetime
    user_id: UUID | None = None

    @property
    def request_id(self) -> str:
        """What SAML calls the login; a name of XML begins with no digit."""
        return f"_{self.id.hex}"


@dataclass(frozen=True)
class Vouched:
    """What a provider says of somebody. `email_verified` is None where it doesn't say."""

    subject: str
    email: str
    first_name: str = ""
    last_name: str = ""
    groups: frozenset[str] = frozenset()
    email_verified: bool | None = None


@dataclass(frozen=True)
class Asserted:
    """What a SAML assertion says, of whom, and until when it must not be taken twice."""

    vouched: Vouched
    assertion_id: str
    expires_at: datetime
    in_response_to: str | None


LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


def is_web_address(text: object) -> bool:
    """Whether a browser may be sent there, and a question: by https, or on this machine by http."""
    try:
        url = urlsplit(text) if isinstance(text, str) else None
    except ValueError:
        return False
    if url is None or not url.hostname or url.username is not None:
        return False
    return url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK_NAMES)


def domain_of(email: str) -> str:
    """What stands behind the last @, in lower case."""
    return email.rpartition("@")[2].strip().lower()
