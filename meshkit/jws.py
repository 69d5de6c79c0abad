"""JSON Web Signatures (RFC 7515): the compact form alone, and only by a key that was given for exactly that algorithm.

What a token says of itself chooses nothing: its algorithm must be the key's own, its `kid` names one of the keys given,
and whoever sends `jku`, `x5u`, `jwk`, `crit` or anything else asks for a mechanism that isn't here.
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from jwt import PyJWTError
from jwt.algorithms import Algorithm

# Unpadded base64url (RFC 7515, 2). Anything looser would let one token have many spellings.
_SHAPE = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+")
_HEADERS = frozenset({"alg", "kid", "typ"})
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth"})


class Malformed(ValueError):
    """Not a compact JWS, or its header is no JSON object."""


class NotVerified(ValueError):
    """Well-formed, but not signed by a key and an algorithm that were given."""


@dataclass(frozen=True)
class Compact:
    """The parts of a token; nothing of it is to be believed before `verified` is true for a key."""

    header: Mapping[str, Any]
    payload: bytes
    signed: bytes
    signature: bytes

    @property
    def kid(self) -> str:
        """The name of the key; "" if the token names none."""
        kid = self.header.get("kid", "")
        if not isinstance(kid, str) or len(kid) > 128 or ("kid" in self.header and not kid):
            raise NotVerified("kid")
        return kid

    def check(self, key: Any, name: str, algorithm: Algorithm) -> None:
        """Raises:
        NotVerified: unless the token says it is of the algorithm of this name, and the key made its signature.
        """
        if self.header.get("alg") != name or not self.header.keys() <= _HEADERS:
            raise NotVerified("header")
        try:
            good = algorithm.verify(self.signed, key, self.signature)
        except (ValueError, InvalidSignature):
            good = False
        if not good:
            raise NotVerified("signature")


def parse(token: str) -> Compact:
    """Raises:
    Malformed: see there.
    """
    if not _SHAPE.fullmatch(token):
        raise Malformed("shape")
    signed, _, signature = token.rpartition(".")
    header, _, payload = signed.partition(".")
    return Compact(json_object(_decoded(header)), _decoded(payload), signed.encode(), _decoded(signature))


def json_object(octets: bytes) -> dict[str, Any]:
    """Raises:
    Malformed: not a JSON object, or one with a name twice, which different parsers read differently.
    """
    try:
        value = json.loads(octets, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        raise Malformed("json") from None
    if not isinstance(value, dict):
        raise Malformed("json")
    return value


def public_keys(jwks: Iterable[Mapping[str, Any]], name: str, algorithm: Algorithm) -> dict[str, Any]:
    """The keys of a JSON Web Key Set that may verify signatures of the algorithm, by `kid`; the others are left out.

    Of two keys with one id neither is: nobody could say which was meant. Nor is any of a set that holds secrets beside
    public keys, for then one of the two was put there by mistake.
    """
    all_keys = list(jwks)
    if len({jwk.get("kty") == "oct" for jwk in all_keys}) > 1:
        return {}
    often = Counter(jwk.get("kid", "") for jwk in all_keys)
    found = {}
    for jwk in all_keys:
        kid = jwk.get("kid", "")
        if often[kid] == 1 and (key := _public(jwk, name, algorithm)) is not None:
            found[kid] = key
    return found


def _public(jwk: Mapping[str, Any], name: str, algorithm: Algorithm) -> Any:
    for_signatures = jwk.get("use", "sig") == "sig" and "verify" in jwk.get("key_ops", ["verify"])
    if not for_signatures or jwk.get("alg", name) != name:
        return None
    public = {member: value for member, value in jwk.items() if member not in _PRIVATE}
    try:
        key = algorithm.prepare_key(algorithm.from_jwk(public))
    except (PyJWTError, ValueError, UnsupportedAlgorithm):
        return None
    # A message where the key is shorter than RFC 7518 allows, e.g. RSA below 2,048 bits.
    return key if algorithm.check_key_length(key) is None else None


def _decoded(part: str) -> bytes:
    try:
        octets = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        raise Malformed("base64") from None
    if base64.urlsafe_b64encode(octets).rstrip(b"=") != part.encode():
        raise Malformed("base64")  # bits beyond the last octet: a second spelling of the same
    return octets


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found
