"""Page tokens: a position in a listing, sealed, so that a client can neither read nor alter nor lend it."""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from meshkit.errors import InvalidArgument
from meshkit.identity import Caller
from meshkit.secrets import Secret
from meshkit.settings import PagingSettings

_NONCE_BYTES = 12
_KEY_BYTES = 32


class PageTokens:
    """Seals and opens with AES-256-GCM; organization, user and listing are bound in as associated data."""

    def __init__(self, key: Secret) -> None:
        """`key` is base64 of 32 bytes; raises ValueError otherwise."""
        try:
            raw = base64.b64decode(
                key.reveal(), altchars=b"-_" if set(key.reveal()) & set("-_") else None, validate=True
            )
        except binascii.Error:
            raise ValueError("the page token key must be base64") from None
        if len(raw) != _KEY_BYTES:
            raise ValueError("the page token key must have 32 bytes")
        self._cipher = AESGCM(raw)

    @classmethod
    def of(cls, settings: PagingSettings) -> "PageTokens":
        return cls(settings.key)

    def seal(self, position: Mapping[str, Any], *, listing: str, caller: Caller) -> str:
        """`position` is JSON data, say {"time": "…", "id": "…"}; `listing` names the listing with its filters."""
        nonce = os.urandom(_NONCE_BYTES)
        text = json.dumps(dict(position), separators=(",", ":")).encode()
        sealed = self._cipher.encrypt(nonce, text, _bound(listing, caller))
        return base64.urlsafe_b64encode(nonce + sealed).rstrip(b"=").decode()

    def open(self, token: str, *, listing: str, caller: Caller) -> dict[str, Any] | None:
        """The position; None for the empty token, which asks for the first page.

        Raises InvalidArgument PAGE_TOKEN_INVALID for one that was altered or made for another caller or listing.
        """
        if not token:
            return None
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
            text = self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound(listing, caller))
        except (ValueError, InvalidTag):
            _refuse()
        position: dict[str, Any] = json.loads(text)
        return position


def _bound(listing: str, caller: Caller) -> bytes:
    return json.dumps([str(caller.organization_id), str(caller.user_id), listing]).encode()


def _refuse() -> NoReturn:
    raise InvalidArgument("the page token isn't of this listing; start at the first page", reason="PAGE_TOKEN_INVALID")
