"""Signatures as the mesh verifies them, over keys and tokens made here."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from meshkit import jws
from tests.security.jws import _accepts

RSA_KEY, SHORT_KEY, EC_KEY = (
    rsa.generate_private_key(65537, 2048),
    rsa.generate_private_key(65537, 1024),  # noqa: S505 - what is to be refused
    ec.generate_private_key(ec.SECP256R1()),
)
SECRET = bytes(range(32))


def rsa_jwk(key: rsa.RSAPrivateKey = RSA_KEY, **members: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    return {"kty": made["kty"], "n": made["n"], "e": made["e"], "kid": "one", "alg": "RS256", "use": "sig"} | members


def oct_jwk(secret: bytes = SECRET, **members: Any) -> dict[str, Any]:
    return {"kty": "oct", "k": encoded(secret), "kid": "one", "alg": "HS256"} | members


def encoded(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def token(key: Any = RSA_KEY, algorithm: str = "RS256", **headers: Any) -> str:
    return jwt.api_jws.encode(b"{}", key, algorithm, {"kid": "one", "typ": None} | headers)


def mac(secret: bytes, header: dict[str, Any]) -> str:
    signed = f"{encoded(json.dumps(header).encode())}.{encoded(b'{}')}"
    return f"{signed}.{encoded(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


def test_each_algorithm_is_accepted_where_it_is_allowed_and_nowhere_else() -> None:
    ec_jwk = json.loads(ECAlgorithm.to_jwk(EC_KEY.public_key())) | {"kid": "one"}
    made = {
        "RS256": (token(), rsa_jwk()),
        "PS256": (token(algorithm="PS256"), rsa_jwk(alg="PS256")),
        "ES256": (token(EC_KEY, "ES256"), ec_jwk),
        "HS256": (mac(SECRET, {"alg": "HS256", "kid": "one"}), oct_jwk()),
    }
    for own, (one, key) in made.items():
        for allowed in made:
            assert _accepts(one, [key], allowed) == (own == allowed), (own, allowed)


@pytest.mark.parametrize(
    "jwk",
    [
        rsa_jwk(use="enc"), rsa_jwk(key_ops=["encrypt"]), rsa_jwk(alg="RS512"), rsa_jwk(kid="two"),
        rsa_jwk(SHORT_KEY), rsa_jwk(kty="oct"), rsa_jwk(n="!"), oct_jwk(alg="RS256"),
    ],
)  # fmt: skip
def test_a_key_of_another_use_kind_name_or_length_verifies_nothing(jwk: dict[str, Any]) -> None:
    key = SHORT_KEY if jwk.get("n") == rsa_jwk(SHORT_KEY)["n"] else RSA_KEY
    assert not _accepts(token(key), [jwk], "RS256")


def test_a_public_key_is_no_secret() -> None:
    """The oldest trick: HS256 with the public key's own bytes as the secret."""
    forged = mac(rsa_jwk()["n"].encode(), {"alg": "HS256", "kid": "one"})
    assert not any(_accepts(forged, [rsa_jwk()], name) for name in ("RS256", "HS256"))


def test_a_secret_shorter_than_its_hash_is_none() -> None:
    short = SECRET[:31]
    assert not _accepts(mac(short, {"alg": "HS256", "kid": "one"}), [oct_jwk(short)], "HS256")


def test_ambiguous_sets_verify_nothing() -> None:
    other = rsa_jwk(rsa.generate_private_key(65537, 2048))
    assert not _accepts(token(), [rsa_jwk(), other], "RS256")
    assert not _accepts(token(), [rsa_jwk(), oct_jwk(kid="two")], "RS256")


@pytest.mark.parametrize("header", ["jku", "x5u", "jwk", "x5c", "crit", "zip"])
def test_headers_that_ask_for_more_are_refused(header: str) -> None:
    assert not _accepts(token(**{header: "x"}), [rsa_jwk()], "RS256")


def test_one_token_has_one_spelling() -> None:
    good = token()
    last = good[-1]
    same_bits = [chr(ord(last) + 1), chr(ord(last) - 1)]
    for other in (*(good[:-1] + letter for letter in same_bits), good + "=", good + ".", " " + good, good + "\n"):
        assert not _accepts(other, [rsa_jwk()], "RS256"), other[-4:]
    assert _accepts(good, [rsa_jwk()], "RS256")


@pytest.mark.parametrize("header", [b'{"alg":"RS256","alg":"none","kid":"one"}', b"[]", b"null", b"\xff", b"[" * 3000])
def test_a_header_that_can_be_read_in_two_ways_or_none_is_malformed(header: bytes) -> None:
    with pytest.raises(jws.Malformed):
        jws.parse(f"{encoded(header)}.e30.eA")
