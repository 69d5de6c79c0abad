"""Public keys as JSON Web Keys (RFC 7517, RFC 7518)."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey


def keys(public: Mapping[str, RSAPublicKey]) -> list[dict[str, str]]:
    """The set's `keys`, the newest first."""
    return [_key(kid, public[kid]) for kid in sorted(public, reverse=True)]


def _key(kid: str, public: RSAPublicKey) -> dict[str, str]:
    numbers = public.public_numbers()
    return {"kty": "RSA", "kid": kid, "use": "sig", "alg": "RS256", "n": _uint(numbers.n), "e": _uint(numbers.e)}


def _uint(number: int) -> str:
    octets = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return urlsafe_b64encode(octets).rstrip(b"=").decode()
