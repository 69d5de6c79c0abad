"""Tokens that are nothing but chance: handed out once, stored as a digest."""

import hashlib
import secrets

from meshkit.secrets import Secret

TOKEN_BYTES = 32


def new_token() -> Secret:
    """256 random bits: what can't be guessed needs no slow hash."""
    return Secret(secrets.token_urlsafe(TOKEN_BYTES))


def digest(token: Secret) -> bytes:
    """The form in which a token is stored."""
    return hashlib.sha256(token.reveal().encode()).digest()
