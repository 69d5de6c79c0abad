"""The audit trail's form: what an activity says, and how one is chained to the one before.

Each organization has a chain of its own, numbered from 1. An activity's hash covers its number, its content and the
hash before it, so that none can be changed, removed or moved without breaking a link; the newest hash is signed. Where
a request came from enters by a salted hash alone, so that the chain needs no address to be kept for ever.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

FORM = "infinure audit 1"
# What stands before the first activity.
GENESIS = bytes(32)
SALT_BYTES = 16
LONGEST_USER_AGENT = 512
# The type of a resource that is somebody's account.
USER = "user"
# Whose trail tells of refusals that concern no account: nobody's.
NOBODY = UUID(int=0)


class Action(StrEnum):
    """What was done. Names are kept for ever, as they are hashed."""

    ORGANIZATION_CREATED = "ORGANIZATION_CREATED"
    USER_CREATED = "USER_CREATED"
    LOGIN_SUCCESS = "LOGIN_SUCCESS"
    LOGIN_FAILED = "LOGIN_FAILED"
    LOGIN_THROTTLED = "LOGIN_THROTTLED"
    LOGOUT = "LOGOUT"
    SESSION_ENDED = "SESSION_ENDED"
    REFRESH_TOKEN_REUSED = "REFRESH_TOKEN_REUSED"  # noqa: S105 - an action's name
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - an action's name
    PASSWORD_RESET_REQUESTED = "PASSWORD_RESET_REQUESTED"  # noqa: S105 - an action's name
    PASSWORD_RESET = "PASSWORD_RESET"  # noqa: S105 - an action's name
    EMAIL_VERIFIED = "EMAIL_VERIFIED"
    SETTINGS_CHANGED = "SETTINGS_CHANGED"
    MFA_ENROLLED = "MFA_ENROLLED"
    MFA_REMOVED = "MFA_REMOVED"
    MFA_FAILED = "MFA_FAILED"
    MFA_CODE_SENT = "MFA_CODE_SENT"
    RECOVERY_CODE_USED = "RECOVERY_CODE_USED"
    RECOVERY_CODES_REGENERATED = "RECOVERY_CODES_REGENERATED"
    DEVICE_REMEMBERED = "DEVICE_REMEMBERED"
    DEVICE_FORGOTTEN = "DEVICE_FORGOTTEN"
    ACTIVITIES_EXPORTED = "ACTIVITIES_EXPORTED"
    USER_INVITED = "USER_INVITED"
    INVITATION_ACCEPTED = "INVITATION_ACCEPTED"
    INVITATION_WITHDRAWN = "INVITATION_WITHDRAWN"
    USER_CHANGED = "USER_CHANGED"
    USER_DEACTIVATED = "USER_DEACTIVATED"
    USER_ACTIVATED = "USER_ACTIVATED"
    SERVICE_ACCOUNT_CREATED = "SERVICE_ACCOUNT_CREATED"
    API_KEY_CREATED = "API_KEY_CREATED"
    API_KEY_REVOKED = "API_KEY_REVOKED"
    API_KEY_USED = "API_KEY_USED"
    SERVICE_ACCOUNT_DELETED = "SERVICE_ACCOUNT_DELETED"
    API_KEY_REFUSED = "API_KEY_REFUSED"
    EMAIL_DOMAIN_ADDED = "EMAIL_DOMAIN_ADDED"
    EMAIL_DOMAIN_VERIFIED = "EMAIL_DOMAIN_VERIFIED"
    EMAIL_DOMAIN_REMOVED = "EMAIL_DOMAIN_REMOVED"
    IDENTITY_PROVIDER_CREATED = "IDENTITY_PROVIDER_CREATED"
    IDENTITY_PROVIDER_CHANGED = "IDENTITY_PROVIDER_CHANGED"
    IDENTITY_PROVIDER_DELETED = "IDENTITY_PROVIDER_DELETED"
    USER_LINKED = "USER_LINKED"
    SSO_REFUSED = "SSO_REFUSED"
    USER_ERASURE_REQUESTED = "USER_ERASURE_REQUESTED"
    USER_ERASED = "USER_ERASED"
    PERSONAL_DATA_EXPORTED = "PERSONAL_DATA_EXPORTED"
    CONSENT_GIVEN = "CONSENT_GIVEN"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    ACTIVITIES_REMOVED = "ACTIVITIES_REMOVED"


@dataclass(frozen=True)
class Origin:
    """Where a request came from: an IP address in its canonical form, or "", and what the client says it is."""

    ip_address: str = ""
    user_agent: str = ""


# The operator's own commands, and what the service does by itself.
HERE = Origin()


@dataclass(frozen=True)
class Activity:
    """What is to be recorded. `user_id` is whoever did it, None for nobody known; `metadata` holds no secret, no token
    and no e-mail address."""

    action: Action
    user_id: UUID | None = None
    resource_type: str = ""
    resource_id: UUID | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """An activity as it stands in its chain. Once its person is erased, the origin is empty and without its salt, and
    `origin_hash` alone says that it had one."""

    organization_id: UUID
    sequence: int
    id: UUID
    user_id: UUID | None
    action: str
    resource_type: str
    resource_id: UUID | None
    metadata: Mapping[str, str]
    origin: Origin
    origin_salt: bytes | None
    origin_hash: bytes
    created_at: datetime
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True)
class Head:
    """The end of a chain, signed by the key `key_id`; or where one begins whose oldest rows are gone: the number and
    hash of the last of those."""

    organization_id: UUID
    sequence: int
    hash: bytes
    key_id: str
    signature: bytes
    signed_at: datetime


def hash_of(entry: Entry) -> bytes:
    """What the entry's hash must be."""
    content = {
        "form": FORM,
        "organization": str(entry.organization_id),
        "sequence": entry.sequence,
        "id": str(entry.id),
        "user": _id(entry.user_id),
        "action": entry.action,
        "resource_type": entry.resource_type,
        "resource": _id(entry.resource_id),
        "metadata": dict(entry.metadata),
        "origin": entry.origin_hash.hex(),
        "time": entry.created_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "previous": entry.previous_hash.hex(),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).digest()


def holds(entry: Entry) -> bool:
    """Whether the entry is what was written, as far as it is still there."""
    if entry.origin_salt is None:
        origin = entry.origin == HERE
    else:
        origin = origin_hash(entry.origin, entry.origin_salt) == entry.origin_hash
    return origin and hash_of(entry) == entry.hash


def origin_hash(origin: Origin, salt: bytes) -> bytes:
    """Salted, as there are few enough addresses to try them all."""
    return hashlib.sha256(salt + json.dumps([origin.ip_address, origin.user_agent]).encode()).digest()


def signed_text(organization_id: UUID, sequence: int, digest: bytes) -> bytes:
    """What a head's signature is over."""
    return f"{FORM} head {organization_id} {sequence} {digest.hex()}".encode()


def signed_start(organization_id: UUID, sequence: int, digest: bytes) -> bytes:
    """The same where a chain begins, which no head can stand for."""
    return f"{FORM} start {organization_id} {sequence} {digest.hex()}".encode()


def _id(one: UUID | None) -> str:
    return str(one) if one is not None else ""
