"""Recovery codes: what opens a login when the authenticator app is lost.

A code has 125 random bits. What can't be guessed needs no slow hash (OWASP ASVS 5.0, 6.5.2: from 112 bits on), so codes
are found by their plain one.
"""

import hashlib
import secrets

from meshkit.secrets import Secret

COUNT = 10
# Crockford's base32: no letter in it looks like another character of it.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 25, 5
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})


def generate() -> list[Secret]:
    """Ten new codes, in groups of five: `7K3QF-…`."""
    return [_one() for _ in range(COUNT)]


def digest(code: Secret) -> bytes | None:
    """The form in which a code is stored, however it was typed; None for what can't be one."""
    plain = code.reveal().upper().translate(_READ_AS)
    if len(plain) != LENGTH or not set(plain) <= set(ALPHABET):
        return None
    return hashlib.sha256(plain.encode()).digest()


def _one() -> Secret:
    characters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return Secret("-".join(characters[start : start + GROUP] for start in range(0, LENGTH, GROUP)))
