"""What can go wrong in identity. Nothing here tells an existing account from one that isn't."""

from collections.abc import Sequence

from meshkit.errors import (
    Aborted,
    AlreadyExists,
    FailedPrecondition,
    InvalidArgument,
    NotFound,
    PermissionDenied,
    ResourceExhausted,
    Unauthenticated,
)


class CredentialsInvalid(Unauthenticated):
    """Unknown e-mail, wrong password, inactive account or too many tries: one answer for all."""

    reason = "CREDENTIALS_INVALID"

    def __init__(self) -> None:
        super().__init__("the e-mail or the password is wrong")


class PasswordIncorrect(PermissionDenied):
    """Whoever is logged in gave another password than the one in use."""

    reason = "PASSWORD_INCORRECT"

    def __init__(self) -> None:
        super().__init__("the current password is wrong")


class MfaTokenInvalid(Unauthenticated):
    """Unknown, used, over, tried too often, or for the other thing."""

    reason = "MFA_TOKEN_INVALID"

    def __init__(self) -> None:
        super().__init__("this login can't go on; log in again")


class MfaCodeInvalid(Unauthenticated):
    """The code of a login's second step is wrong, over, or was used before; `tries_left` of the token."""

    reason = "MFA_CODE_INVALID"

    def __init__(self, tries_left: int) -> None:
        super().__init__("the code is wrong", tries_left=str(tries_left))


class MfaCodeIncorrect(PermissionDenied):
    """Whoever is logged in gave a code that is wrong, over, or was used before."""

    reason = "MFA_CODE_INVALID"

    def __init__(self) -> None:
        super().__init__("the code is wrong")


class MfaMethodUnavailable(FailedPrecondition):
    """The account can't go on by this method."""

    reason = "MFA_METHOD_UNAVAILABLE"

    def __init__(self) -> None:
        super().__init__("the account has no second factor of this method")


class MfaEnrolmentNotBegun(FailedPrecondition):
    """There is no secret to confirm, or not any more."""

    reason = "MFA_ENROLMENT_NOT_BEGUN"

    def __init__(self) -> None:
        super().__init__("there is nothing to confirm; begin anew")


class MfaNotEnrolled(FailedPrecondition):
    """There is no second factor."""

    reason = "MFA_NOT_ENROLLED"

    def __init__(self) -> None:
        super().__init__("there is no second factor")


class MfaRequired(FailedPrecondition):
    """The organization asks for a second factor."""

    reason = "MFA_REQUIRED"

    def __init__(self) -> None:
        super().__init__("the organization asks for a second factor; enrol another instead")


class DeviceNotFound(NotFound):
    """No such remembered device of the caller."""

    reason = "DEVICE_NOT_FOUND"

    def __init__(self, device_id: object) -> None:
        super().__init__("no such device", device_id=str(device_id))


class SessionNotFound(NotFound):
    """No such live session of the caller."""

    reason = "SESSION_NOT_FOUND"

    def __init__(self, session_id: object) -> None:
        super().__init__("no such session", session_id=str(session_id))


class TooManyAttempts(ResourceExhausted):
    """Too many wrong passwords; `retry_after` is in seconds."""

    reason = "RATE_LIMITED"

    def __init__(self, retry_after: float) -> None:
        super().__init__("too many failed logins; try again later", retry_after=retry_after)


class TooManyMails(ResourceExhausted):
    """Too many mails were asked for, whether anybody gets them or not; `retry_after` is in seconds."""

    reason = "RATE_LIMITED"

    def __init__(self, retry_after: float) -> None:
        super().__init__("too many mails were asked for; try again later", retry_after=retry_after)


class LinkInvalid(InvalidArgument):
    """A mailed link's token is unknown, used, replaced or over its time: one answer for all."""

    reason = "LINK_INVALID"

    def __init__(self) -> None:
        super().__init__("the link is not valid, or not any more; ask for a new one")


class HashingOverloaded(ResourceExhausted):
    """More passwords wait to be checked than the service takes on."""

    reason = "OVERLOADED"

    def __init__(self) -> None:
        super().__init__("too many logins at this moment; try again", retry_after=1.0)


class RefreshTokenInvalid(Unauthenticated):
    """Unknown, used, expired, or of a session that has ended."""

    reason = "REFRESH_TOKEN_INVALID"

    def __init__(self) -> None:
        super().__init__("the refresh token is not valid; log in again")


class SubjectInvalid(Unauthenticated):
    """The token or job that a short token was asked for names nobody."""

    reason = "TOKEN_INVALID"

    def __init__(self) -> None:
        super().__init__("the subject is not valid")


class SubjectRevoked(Unauthenticated):
    """The session or the user that a short token was asked for has ended."""

    reason = "TOKEN_REVOKED"

    def __init__(self) -> None:
        super().__init__("the session or the user has ended")


class EmailTaken(AlreadyExists):
    """The address belongs to an account, of whichever organization."""

    reason = "EMAIL_TAKEN"

    def __init__(self) -> None:
        super().__init__("an account with this e-mail exists")


class SlugTaken(AlreadyExists):
    """Another organization has the slug."""

    reason = "SLUG_TAKEN"

    def __init__(self) -> None:
        super().__init__("an organization with this slug exists")


class PasswordTooWeak(InvalidArgument):
    """The password breaks the policy; the metadata names the rules, never the password."""

    reason = "PASSWORD_TOO_WEAK"

    def __init__(self, rules: Sequence[str], wording: str) -> None:
        super().__init__(f"the password needs {wording}", rules=",".join(rules))


class IndustryUnknown(InvalidArgument):
    """There is no template of that name."""

    reason = "INDUSTRY_UNKNOWN"

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(f"there is no such industry; known are {', '.join(known)}", known=",".join(known))


class UserNotFound(NotFound):
    """No such user in the caller's organization."""

    reason = "USER_NOT_FOUND"

    def __init__(self, user_id: object) -> None:
        super().__init__("no such user", user_id=str(user_id))


class NoAdministrator(PermissionDenied):
    """The caller's token says that they administer the organization; that was changed meanwhile."""

    def __init__(self) -> None:
        super().__init__("you administer this organization no longer")


class OwnAccount(FailedPrecondition):
    """Nobody changes their own place: so one administrator is always left."""

    reason = "OWN_ACCOUNT"

    def __init__(self) -> None:
        super().__init__("your own account is changed by another administrator")


class UserChanged(Aborted):
    """Somebody else was faster."""

    reason = "USER_CHANGED"

    def __init__(self, user_id: object) -> None:
        super().__init__("the user was changed meanwhile; read them again", user_id=str(user_id))


class InvitationNotOpen(FailedPrecondition):
    """The user isn't invited, or no longer; or is only invited, where a member is needed."""

    reason = "INVITATION_NOT_OPEN"

    def __init__(self, user_id: object, wording: str) -> None:
        super().__init__(wording, user_id=str(user_id))


class OrganizationChanged(Aborted):
    """Somebody else was faster."""

    reason = "ORGANIZATION_CHANGED"

    def __init__(self) -> None:
        super().__init__("the settings were changed meanwhile; read them again")


class ImportInvalid(InvalidArgument):
    """The file is no list of people."""

    reason = "IMPORT_INVALID"


class UserNotDeactivated(FailedPrecondition):
    """Who is erased must be shut out first."""

    reason = "USER_NOT_DEACTIVATED"

    def __init__(self, user_id: object) -> None:
        super().__init__("only who is deactivated can be erased", user_id=str(user_id))


class ErasureNotFound(NotFound):
    """No such erasure in the caller's organization."""

    reason = "ERASURE_NOT_FOUND"

    def __init__(self, erasure_id: object) -> None:
        super().__init__("no such erasure", erasure_id=str(erasure_id))


class ApiKeyInvalid(Unauthenticated):
    """Unknown, expired, revoked, or of an account that is deactivated: one answer for all."""

    reason = "API_KEY_INVALID"

    def __init__(self) -> None:
        super().__init__("the API key is not good")


class ApiKeyNotFound(NotFound):
    """No such live key in the caller's organization."""

    reason = "API_KEY_NOT_FOUND"

    def __init__(self, key_id: object) -> None:
        super().__init__("no such API key", api_key_id=str(key_id))


class ScopesTooWide(PermissionDenied):
    """A key was to allow what its maker may not."""

    def __init__(self) -> None:
        super().__init__("a key can allow no more than you may yourself")


class TooManyServiceAccounts(ResourceExhausted):
    """As many accounts, or live keys of one, as there may be."""

    reason = "SERVICE_ACCOUNT_LIMIT_REACHED"

    def __init__(self, most: int, of: str) -> None:
        super().__init__(f"there are {most} {of} already; end one first")
