"""What can go wrong in single sign-on. What strangers are told says nothing of accounts."""

from enum import StrEnum

from meshkit.errors import (
    Aborted,
    AlreadyExists,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    ResourceExhausted,
    Unauthenticated,
    Unavailable,
)


class SsoUnavailable(FailedPrecondition):
    """No organization has an identity provider for the domain."""

    reason = "SSO_UNAVAILABLE"

    def __init__(self) -> None:
        super().__init__("there is no single sign-on for this e-mail's domain; log in by your password")


class SsoLoginInvalid(Unauthenticated):
    """The login began in another browser, is over or was finished, or the provider's word doesn't hold: one answer."""

    reason = "SSO_LOGIN_INVALID"

    def __init__(self) -> None:
        super().__init__("this login can't be finished; begin again")


class Refusal(StrEnum):
    """Why a provider's word was not taken, as the audit trail tells it."""

    TOKEN = "provider's answer doesn't hold"  # noqa: S105 - a sentence
    REPLAYED = "assertion was used before"
    DOMAIN = "e-mail is of no domain of the organization"
    UNVERIFIED = "provider doesn't vouch for the e-mail"
    NO_ACCOUNT = "no account, and the provider makes none"
    ELSEWHERE = "e-mail belongs to another account"
    DEACTIVATED = "account is deactivated"


class SsoAccountRefused(PermissionDenied):
    """The provider's word holds, and names nobody who may come in; `why` is for the audit trail alone."""

    reason = "SSO_ACCOUNT_REFUSED"

    def __init__(self, why: Refusal) -> None:
        super().__init__("there is no account here that you may use; ask an administrator of your organization")
        self.why = why


class ProviderAway(Unavailable):
    """The identity provider didn't answer, or not in its protocol."""

    def __init__(self) -> None:
        super().__init__("the identity provider can't be reached; try again")


class EmailDomainNotFound(NotFound):
    """No such domain of the caller's organization."""

    reason = "EMAIL_DOMAIN_NOT_FOUND"

    def __init__(self, domain_id: object) -> None:
        super().__init__("no such domain", email_domain_id=str(domain_id))


class EmailDomainTaken(AlreadyExists):
    """The organization has it, or another has shown that it is theirs."""

    reason = "EMAIL_DOMAIN_TAKEN"

    def __init__(self) -> None:
        super().__init__("the domain is taken")


class EmailDomainNotShown(FailedPrecondition):
    """The record isn't there."""

    reason = "EMAIL_DOMAIN_NOT_SHOWN"

    def __init__(self) -> None:
        super().__init__("the domain's TXT record wasn't found; it can take an hour after it was made")


class IdentityProviderNotFound(NotFound):
    """No such provider of the caller's organization."""

    reason = "IDENTITY_PROVIDER_NOT_FOUND"

    def __init__(self, provider_id: object) -> None:
        super().__init__("no such identity provider", identity_provider_id=str(provider_id))


class IdentityProviderChanged(Aborted):
    """Somebody else was faster."""

    reason = "IDENTITY_PROVIDER_CHANGED"

    def __init__(self) -> None:
        super().__init__("the identity provider was changed meanwhile; read it again")


class IdentityProviderInvalid(InvalidArgument):
    """The settings can't work; the text says why and holds nothing secret."""

    reason = "IDENTITY_PROVIDER_INVALID"


class IdentityProviderUnreachable(FailedPrecondition):
    """The discovery document can't be read."""

    reason = "IDENTITY_PROVIDER_UNREACHABLE"

    def __init__(self) -> None:
        super().__init__("the issuer's discovery document can't be read; check the issuer, and that it is reachable")


class TooManyProviders(ResourceExhausted):
    """As many as there may be."""

    reason = "IDENTITY_PROVIDER_LIMIT_REACHED"

    def __init__(self, most: int, of: str) -> None:
        super().__init__(f"there are {most} {of} already; remove one first")
