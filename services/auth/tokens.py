"""Signing tokens, and reading our own again when only their time is over.

The claims are the mesh's contract: `typ iss aud exp iat jti sub sid org role perms srcs`, RS256, key by `kid`. What one
may do and see is written into the token, so that no service has to ask for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt

from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret
from meshkit.tokens import ALGORITHM, AUDIENCE, ISSUER
from services.auth import permissions
from services.auth.errors import SubjectInvalid
from services.auth.model import ApiKey, Session, Token, User
from services.auth.ports import Keyring

ACCESS_LIFE = timedelta(minutes=15)
INTERNAL_LIFE = timedelta(minutes=5)
# How long after its session's end the last token of it can live, with the leeway of clocks.
LONGEST_LIFE = ACCESS_LIFE + timedelta(minutes=1)


@dataclass(frozen=True)
class Subject:
    """Whom a token of ours names."""

    organization_id: UUID
    user_id: UUID
    session_id: UUID
    issued_at: datetime


class TokenIssuer:
    """Signs tokens with the keyring's newest key."""

    def __init__(self, keyring: Keyring, clock: Callable[[], datetime] = utc_now) -> None:
        self._keyring = keyring
        self._clock = clock

    def access(self, user: User, session: Session) -> Token:
        """A user's own token; it never outlives its session."""
        return self._sign("access", ACCESS_LIFE, self._of_user(user, session.id), session.ends_at)

    def of_key(self, user: User, key: ApiKey) -> Token:
        """A service account's token; it allows what the key does, and never outlives it."""
        return self._sign("access", ACCESS_LIFE, self._of_user(user, key.id, key.scopes), key.expires_at)

    def internal(self, user: User, session_id: UUID, scopes: frozenset[int] | None = None) -> Token:
        """A token by which work that a user began goes on inside the mesh; `scopes` where an API key narrows it."""
        return self._sign("internal", INTERNAL_LIFE, self._of_user(user, session_id, scopes))

    def job(self, organization_id: UUID, job_id: UUID, user: User | None) -> Token:
        """A token for background work, with the rights of whoever asked for it, if anybody did."""
        claims: dict[str, object] = {"org": str(organization_id), "job": str(job_id)}
        if user is None:
            claims["perms"] = sorted(permissions.JOB)
        else:
            # What a program may do is its keys' to say, not its role's, and a job comes by no key.
            own = frozenset() if user.is_program else permissions.of_user(user.role, user.grants)
            allowed = own | permissions.JOB_OF_A_USER
            claims |= {"sub": str(user.id), "role": user.role, "perms": sorted(allowed), **_held_to(user, allowed)}
        return self._sign("job", INTERNAL_LIFE, claims)

    def personal_data_job(self, organization_id: UUID, job_id: UUID) -> Token:
        """A token by which this service asks the others for people's data, or to let go of it; for nothing else."""
        claims: dict[str, object] = {"org": str(organization_id), "job": str(job_id)}
        return self._sign("job", INTERNAL_LIFE, claims | {"perms": sorted(permissions.JOB_ON_PERSONAL_DATA)})

    def read_ignoring_time(self, token: Secret) -> Subject:
        """Whom a token of ours names, even if its time is over. Everything else about it must hold.

        Raises:
            SubjectInvalid: not an access or internal token that we signed.
        """
        try:
            key = self._keyring.public[jwt.get_unverified_header(token.reveal())["kid"]]
            claims = jwt.decode(
                token.reveal(),
                key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                options={
                    "require": ["exp", "iat", "sub"],
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
            if claims["typ"] not in ("access", "internal"):
                raise SubjectInvalid()
            organization_id, user_id, session_id = (UUID(claims[name]) for name in ("org", "sub", "sid"))
            return Subject(organization_id, user_id, session_id, datetime.fromtimestamp(claims["iat"], UTC))
        except (jwt.PyJWTError, LookupError, ValueError, TypeError, AttributeError):
            raise SubjectInvalid() from None

    @staticmethod
    def _of_user(user: User, session_id: UUID, scopes: frozenset[int] | None = None) -> dict[str, object]:
        allowed = permissions.of_user(user.role, user.grants) if scopes is None else scopes
        return {
            "sub": str(user.id),
            "sid": str(session_id),
            "org": str(user.organization_id),
            "role": user.role,
            "perms": sorted(allowed),
            **_held_to(user, allowed),
        }

    def _sign(self, kind: str, life: timedelta, who: dict[str, object], no_later_than: datetime | None = None) -> Token:
        now = self._clock()
        end = now + life if no_later_than is None else min(now + life, no_later_than)
        expires_at = end.replace(microsecond=0)  # claims count whole seconds
        claims = {
            "typ": kind,
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": int(now.timestamp()),
            "exp": int(expires_at.timestamp()),
            "jti": str(new_id(now)),
            **who,
        }
        headers = {"kid": self._keyring.kid}
        return Token(Secret(jwt.encode(claims, self._keyring.private, ALGORITHM, headers)), expires_at)


def _held_to(user: User, allowed: frozenset[int]) -> dict[str, object]:
    """The sources that the user's are narrowed to; nothing for all. Whoever keeps sources has to see them."""
    if not user.source_ids or permissions.MANAGE_SOURCES in allowed:
        return {}
    return {"srcs": sorted(map(str, user.source_ids))}
