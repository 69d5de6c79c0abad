"""Verification of bearer tokens: RS256 alone, the exact key, every claim present and checked, revocation each time."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from meshkit import jws
from meshkit.callers import Caller
from meshkit.errors import Unauthenticated
from meshkit.ids import utc_now
from meshkit.secrets import Secret

ISSUER = "infinure"
AUDIENCE = "infinure"
ALGORITHM = "RS256"
ACCEPTED = frozenset({"access", "internal", "job"})
ROLES = frozenset({"ceo", "director", "manager", "analyst", "viewer"})
MAX_BYTES = 8 * 1024
LEEWAY = timedelta(seconds=5)
# No issuer of ours makes a longer one; a token that claims more was not made by our code.
MAX_LIFE = timedelta(hours=1)
MAX_CACHED = 4096

RS256 = RSAAlgorithm(RSAAlgorithm.SHA256)


class Keys(Protocol):
    """The issuer's public keys."""

    async def key(self, kid: str) -> RSAPublicKey | None:
        """The key of exactly this id; None if there is none, or if two keys share it."""
        ...


class Revocations(Protocol):
    """What ended before its tokens' time."""

    def is_revoked(self, session_id: UUID | None, user_id: UUID | None, issued_at: datetime) -> bool: ...


@dataclass(frozen=True)
class _Verified:
    caller: Caller
    issue_time: datetime


class TokenVerifier:
    """Turns a bearer token into its Caller. Verified tokens are remembered, by hash, until they end."""

    def __init__(self, keys: Keys, revocations: Revocations, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._keys = keys
        self._revocations = revocations
        self._clock = clock
        self._verified: OrderedDict[bytes, _Verified] = OrderedDict()

    async def verify(self, token: str, types: frozenset[str] = ACCEPTED) -> Caller:
        """Raises Unauthenticated: TOKEN_MALFORMED, TOKEN_INVALID, TOKEN_EXPIRED or TOKEN_REVOKED."""
        if len(token) > MAX_BYTES:
            _refuse("TOKEN_MALFORMED")
        digest = hashlib.sha256(token.encode()).digest()
        known = self._verified.get(digest)
        if known is None:
            known = await self._check(token)
            self._verified[digest] = known
            if len(self._verified) > MAX_CACHED:
                self._verified.popitem(last=False)
        elif known.caller.expire_time + LEEWAY <= self._clock():
            del self._verified[digest]
            _refuse("TOKEN_EXPIRED")
        caller = known.caller
        if caller.token_type not in types:
            _refuse("TOKEN_INVALID")
        if self._revocations.is_revoked(caller.session_id, caller.user_id, known.issue_time):
            _refuse("TOKEN_REVOKED")
        return caller

    async def _check(self, token: str) -> _Verified:
        try:
            compact = jws.parse(token)
            key = await self._keys.key(compact.kid) if compact.kid else None
            if key is None:
                _refuse("TOKEN_INVALID")
            compact.check(key, ALGORITHM, RS256)
            return _read(jws.json_object(compact.payload), token, self._clock())
        except jws.NotVerified:
            _refuse("TOKEN_INVALID")
        except jws.Malformed:
            _refuse("TOKEN_MALFORMED")


def _read(claims: dict[str, Any], token: str, now: datetime) -> _Verified:
    kind = _text(claims, "typ")
    if claims.get("iss") is None or claims.get("aud") is None:
        _refuse("TOKEN_MALFORMED")
    if claims["iss"] != ISSUER or claims["aud"] != AUDIENCE or kind not in ACCEPTED:
        _refuse("TOKEN_INVALID")
    issued, expires = _moment(claims, "iat"), _moment(claims, "exp")
    if issued > now + LEEWAY or ("nbf" in claims and _moment(claims, "nbf") > now + LEEWAY):
        _refuse("TOKEN_INVALID")
    if expires - issued > MAX_LIFE:
        _refuse("TOKEN_INVALID")
    if expires + LEEWAY <= now:
        _refuse("TOKEN_EXPIRED")
    _text(claims, "jti")
    job = kind == "job"
    return _Verified(
        Caller(
            organization_id=_id(claims, "org"),
            user_id=_id(claims, "sub") if not job or "sub" in claims else None,
            role=_role(claims) if not job or "role" in claims else "",
            permissions=_permissions(claims),
            session_id=_id(claims, "sid") if not job and "sid" in claims else None,
            job_id=_id(claims, "job") if job else None,
            token_type=kind,
            token=Secret(token),
            expire_time=expires,
            source_ids=_source_ids(claims),
        ),
        issued,
    )


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not value:
        _refuse("TOKEN_MALFORMED")
    return value


def _role(claims: dict[str, Any]) -> str:
    role = _text(claims, "role")
    if role not in ROLES:
        _refuse("TOKEN_MALFORMED")
    return role


def _id(claims: dict[str, Any], name: str) -> UUID:
    try:
        return UUID(_text(claims, name))
    except ValueError:
        _refuse("TOKEN_MALFORMED")


def _permissions(claims: dict[str, Any]) -> frozenset[int]:
    numbers = claims.get("perms", [])
    if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
        _refuse("TOKEN_MALFORMED")
    return frozenset(numbers)


def _source_ids(claims: dict[str, Any]) -> frozenset[UUID] | None:
    if "srcs" not in claims:
        return None
    listed = claims["srcs"]
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        _refuse("TOKEN_MALFORMED")
    try:
        return frozenset(map(UUID, listed))
    except ValueError:
        _refuse("TOKEN_MALFORMED")


def _moment(claims: dict[str, Any], name: str) -> datetime:
    value = claims.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        _refuse("TOKEN_MALFORMED")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        _refuse("TOKEN_MALFORMED")


_SENTENCES = {
    "TOKEN_MALFORMED": "the bearer token is not well formed",
    "TOKEN_INVALID": "the bearer token is not valid here",
    "TOKEN_EXPIRED": "the bearer token has expired",
    "TOKEN_REVOKED": "the session has ended",
}


def _refuse(reason: str) -> NoReturn:
    raise Unauthenticated(_SENTENCES[reason], reason=reason)
