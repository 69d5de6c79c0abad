"""Tokens signed by a test key, and the ports that verify them, in the place of auth's."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from infinure.error.v1 import access_pb2

from meshkit.identity import Caller, TokenVerifier
from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret

KID = "test-key"
ALL_PERMISSIONS = tuple(number for number in access_pb2.Permission.values() if number)


@cache
def signing_key(kid: str = KID) -> rsa.RSAPrivateKey:
    """One key pair per id and test process; making one takes long."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class TestKeys:
    """The Keys port over the test keys: knows `test-key` alone."""

    __test__ = False

    async def key(self, kid: str) -> rsa.RSAPublicKey | None:
        return signing_key(kid).public_key() if kid == KID else None


@dataclass
class TestRevocations:
    """The Revocations port over a set that tests fill: `revocations.ended.add(session_id)`."""

    __test__ = False

    ended: set[UUID] = field(default_factory=set)

    def is_revoked(self, session_id: UUID | None, user_id: UUID | None, issued_at: datetime) -> bool:
        return bool({session_id, user_id} & self.ended)


def verifier(revocations: TestRevocations | None = None) -> TokenVerifier:
    """Accepts what `token` makes."""
    return TokenVerifier(TestKeys(), revocations or TestRevocations())


def claims(
    organization_id: UUID,
    user_id: UUID | None = None,
    role: str = "analyst",
    permissions: Iterable[int] = ALL_PERMISSIONS,
    *,
    session_id: UUID | None = None,
    job_id: UUID | None = None,
    typ: str | None = None,
    life: timedelta = timedelta(minutes=15),
    source_ids: Iterable[str] | None = None,
) -> dict[str, Any]:
    """The claims of a token as auth would write them; with a `job_id`, of a job's; with `source_ids`, of somebody who
    is held to these."""
    now = int(utc_now().timestamp())
    made: dict[str, Any] = {
        "typ": typ or ("job" if job_id else "access"),
        "iss": "infinure",
        "aud": "infinure",
        "iat": now,
        "exp": now + int(life.total_seconds()),
        "jti": str(new_id()),
        "org": str(organization_id),
        "perms": list(permissions),
    }
    if source_ids is not None:
        made["srcs"] = list(source_ids)
    if job_id is None:
        made |= {"sub": str(user_id or new_id()), "role": role, "sid": str(session_id or new_id())}
    else:
        made |= {"job": str(job_id)} | ({"sub": str(user_id), "role": role} if user_id else {})
    return made


def sign(content: dict[str, Any], *, kid: str = KID, headers: dict[str, Any] | None = None) -> str:
    """Any claims as an RS256 token of the key `kid`; a kid that TestKeys doesn't know gives a foreign token."""
    return jwt.encode(content, signing_key(kid), algorithm="RS256", headers={"kid": kid, **(headers or {})})


def token(
    organization_id: UUID,
    user_id: UUID | None = None,
    role: str = "analyst",
    permissions: Iterable[int] = ALL_PERMISSIONS,
    **more: Any,
) -> str:
    """A good token; `more` as for `claims`."""
    return sign(claims(organization_id, user_id, role, permissions, **more))


def bearer(text: str) -> tuple[tuple[str, str], ...]:
    """The metadata of a call that carries the token."""
    return (("authorization", f"Bearer {text}"),)


def caller(
    organization_id: UUID,
    user_id: UUID | None = None,
    role: str = "analyst",
    permissions: Iterable[int] = ALL_PERMISSIONS,
) -> Caller:
    """The Caller that such a token would give, with that token, for tests below the rpc."""
    user, session = user_id or new_id(), new_id()
    permitted = tuple(permissions)
    return Caller(
        organization_id=organization_id,
        user_id=user,
        role=role,
        permissions=frozenset(permitted),
        session_id=session,
        job_id=None,
        token_type="access",
        token=Secret(token(organization_id, user, role, permitted, session_id=session)),
        expire_time=utc_now() + timedelta(minutes=15),
    )


def page_token_key() -> Secret:
    """A key for sealing page tokens."""
    return Secret(jwt.utils.base64url_encode(secrets.token_bytes(32)).decode() + "=")
