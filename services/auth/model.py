"""Organizations, people, sessions and what a session hands out. All times are UTC."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from meshkit.secrets import Secret

ROLES = ("ceo", "director", "manager", "analyst", "viewer")


@dataclass(frozen=True)
class Organization:
    """One tenant."""

    id: UUID
    name: str
    slug: str
    industry: str
    created_at: datetime
    # What its people's new passwords are held to: a mode of password_policy.
    policy: str = "classes"
    # Whether nobody of it gets a session by a password alone.
    mfa_required: bool = False
    # Whether a code by e-mail is good enough to stand beside a password.
    mfa_by_email: bool = False


class UserState(StrEnum):
    """Whether somebody can log in."""

    ACTIVE = "active"
    INVITED = "invited"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True)
class User:
    """One person of an organization, or a program, which has no e-mail. `grants` are names of permissions on top of the
    role's."""

    id: UUID
    organization_id: UUID
    email: str
    first_name: str
    last_name: str
    role: str
    created_at: datetime
    department: str = ""
    team: str = ""
    grants: tuple[str, ...] = ()
    source_ids: tuple[UUID, ...] = ()
    is_active: bool = True
    last_login_at: datetime | None = None
    # When it was shown that the address is theirs; None while nobody has followed a link mailed to it.
    email_verified_at: datetime | None = None
    # When the last invitation was mailed that waits to be accepted.
    invited_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def is_program(self) -> bool:
        return not self.email

    @property
    def state(self) -> UserState:
        if not self.is_active:
            return UserState.DEACTIVATED
        return UserState.INVITED if self.invited_at is not None else UserState.ACTIVE


@dataclass(frozen=True)
class Member:
    """A person as colleagues see them."""

    id: UUID
    first_name: str
    last_name: str


@dataclass(frozen=True)
class Account:
    """A user with the organization: what a session is opened for."""

    user: User
    organization: Organization


@dataclass(frozen=True)
class Session:
    """One login. It ends at `ends_at` however often it is refreshed, and earlier if it stays unused."""

    id: UUID
    organization_id: UUID
    user_id: UUID
    started_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class OpenSession:
    """A session that is live, as its owner is shown it."""

    session: Session
    last_used_at: datetime
    method: str
    user_agent: str
    ip_address: str


@dataclass(frozen=True)
class Prolonged:
    """A session that was refreshed, with its owner as of now."""

    session: Session
    account: Account


@dataclass(frozen=True)
class Token:
    """A signed token and when it ends by itself."""

    value: Secret
    expires_at: datetime


@dataclass(frozen=True)
class Opened:
    """What whoever opens or refreshes a session gets."""

    account: Account
    session: Session
    access: Token
    refresh: Secret


class Method(StrEnum):
    """What can stand beside the password. Names are told in the audit trail."""

    TOTP = "totp"
    RECOVERY_CODE = "recovery_code"
    EMAIL = "email"


@dataclass(frozen=True)
class Enrolled:
    """What stands beside an account's password; `totp_since` is None where nothing does."""

    totp_since: datetime | None = None
    recovery_codes: int = 0

    @property
    def methods(self) -> tuple[Method, ...]:
        """Those by which a login can go on."""
        if self.totp_since is None:
            return ()
        return (Method.TOTP, Method.RECOVERY_CODE) if self.recovery_codes else (Method.TOTP,)


def methods_of(account: Account, enrolled: Enrolled) -> tuple[Method, ...]:
    """By which of them a login of the account goes on: those enrolled and, where the organization allows that and
    something must stand beside the password, a code to the confirmed address."""
    asked_for = enrolled.methods or account.organization.mfa_required
    confirmed = account.user.email_verified_at is not None
    by_email = asked_for and confirmed and account.organization.mfa_by_email
    return (*enrolled.methods, Method.EMAIL) if by_email else enrolled.methods


@dataclass(frozen=True)
class Totp:
    """An authenticator app's secret; `last_step` is the one whose code was taken last."""

    id: UUID
    secret: Secret
    last_step: int | None = None


@dataclass(frozen=True)
class PendingLogin:
    """A login whose password was right, and no session yet; `enrols` if all it can do is enrol a second factor."""

    id: UUID
    organization_id: UUID
    user_id: UUID
    enrols: bool
    created_at: datetime
    expires_at: datetime
    tries: int = 0


@dataclass(frozen=True)
class Awaiting:
    """What Login gives instead of a session."""

    token: Secret
    expires_at: datetime
    methods: tuple[Method, ...]


@dataclass(frozen=True)
class Device:
    """A browser that needs no second factor until `expires_at`."""

    id: UUID
    organization_id: UUID
    user_id: UUID
    user_agent: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class ApiKey:
    """What a program comes in by. `scopes` are numbers of permissions; `hint` is how the key begins."""

    id: UUID
    organization_id: UUID
    user_id: UUID
    name: str
    hint: str
    scopes: frozenset[int]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None


@dataclass(frozen=True)
class Revocation:
    """A session that ended, or a user all of whose tokens issued before `revoked_at` are void."""

    cursor: int
    session_id: UUID | None
    user_id: UUID | None
    revoked_at: datetime
    expires_at: datetime


def canonical_email(email: str) -> str:
    """The form in which e-mails are looked up and tries on them counted: the same one, or counting could be dodged."""
    return email.strip().lower()
