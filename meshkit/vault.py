"""Credentials at rest: AES-256-GCM under a data key per organization, itself wrapped by a master key.

What a ciphertext is for (organization, owner, field, version of the key) is authenticated with it: moved to another
row it doesn't open. Deleting an organization's wrapped data key shreds all its credentials at once.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES = 32
_NONCE_BYTES = 12  # random; safe for 2**32 messages under one key (NIST SP 800-38D, 8.3)
_TAG_BYTES = 16
_FORMAT = b"\x01"


class CiphertextRefused(Exception):
    """A ciphertext doesn't open: cut, changed, or made for another place. It never says which."""

    def __init__(self) -> None:
        super().__init__("the stored secret can't be opened")


class MasterKeyUnusable(Exception):
    """The master key can't be read, or isn't the one that wrapped a data key. The text names what to do."""


class MasterKey(Protocol):
    """Wraps data keys; a file here, a key management service elsewhere."""

    async def wrap(self, data_key: bytes, context: bytes) -> bytes:
        """Encrypt a data key; `context` is authenticated with it."""
        ...

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Raises CiphertextRefused for altered bytes, MasterKeyUnusable where the key isn't at hand."""
        ...


@dataclass(frozen=True, slots=True)
class WrappedDataKey:
    """A data key as it is stored. version counts up from 1 in an organization."""

    organization_id: UUID
    version: int
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DataKey:
    """A data key in memory; never stored, never printed."""

    organization_id: UUID
    version: int
    secret: bytes = field(repr=False)

    def seal(self, plaintext: bytes, *, owner_id: UUID, name: str) -> bytes:
        """Encrypt the field `name` of what `owner_id` names: format, nonce, ciphertext, tag."""
        return _seal(self.secret, plaintext, self._purpose(owner_id, name))

    def unseal(self, sealed: bytes, *, owner_id: UUID, name: str) -> bytes:
        """Raises CiphertextRefused unless the bytes are whole and were sealed for this very field."""
        return _unseal(self.secret, sealed, self._purpose(owner_id, name))

    def _purpose(self, owner_id: UUID, name: str) -> bytes:
        return _joined(
            b"infinure credential", self.organization_id.bytes, owner_id.bytes, name.encode(), _number(self.version)
        )


async def new_data_key(master: MasterKey, organization_id: UUID, version: int = 1) -> tuple[DataKey, WrappedDataKey]:
    """A fresh key for an organization, and the form in which it is stored."""
    secret = os.urandom(_KEY_BYTES)
    wrapped = await master.wrap(secret, _wrapping(organization_id, version))
    return DataKey(organization_id, version, secret), WrappedDataKey(organization_id, version, wrapped)


async def open_data_key(master: MasterKey, stored: WrappedDataKey) -> DataKey:
    """The key in memory. Raises CiphertextRefused, MasterKeyUnusable."""
    secret = await master.unwrap(stored.wrapped, _wrapping(stored.organization_id, stored.version))
    return DataKey(stored.organization_id, stored.version, secret)


async def rewrap(old: MasterKey, new: MasterKey, stored: WrappedDataKey) -> WrappedDataKey:
    """The same data key under another master key: credentials stay as they are."""
    context = _wrapping(stored.organization_id, stored.version)
    secret = await old.unwrap(stored.wrapped, context)
    return WrappedDataKey(stored.organization_id, stored.version, await new.wrap(secret, context))


class FileMasterKey:
    """Master keys out of a file: base64 of 32 bytes a line. The first wraps; all unwrap, so that it can be rotated."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        if not keys or any(len(key) != _KEY_BYTES for key in keys):
            raise MasterKeyUnusable("the master key must be 32 bytes, written as base64")
        self._current = keys[0]
        self._by_id = {_key_id(key): key for key in keys}

    @classmethod
    def read(cls, path: Path) -> FileMasterKey:
        """Raises MasterKeyUnusable; the text never holds the file's content."""
        try:
            lines = path.read_text("ascii").split()
            return cls(tuple(base64.b64decode(line, validate=True) for line in lines))
        except OSError as error:
            raise MasterKeyUnusable(f"the master key file can't be read: {error.strerror}") from None
        except (UnicodeDecodeError, binascii.Error):
            raise MasterKeyUnusable("the master key must be 32 bytes, written as base64") from None

    async def wrap(self, data_key: bytes, context: bytes) -> bytes:
        return _key_id(self._current) + _seal(self._current, data_key, context)

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        identifier, sealed = wrapped[:8], wrapped[8:]
        if len(identifier) < 8:
            raise CiphertextRefused
        if identifier not in self._by_id:
            raise MasterKeyUnusable("the data key was wrapped by a master key that isn't in the master key file")
        return _unseal(self._by_id[identifier], sealed, context)

    def __repr__(self) -> str:
        return "FileMasterKey(…)"


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"infinure master key" + key).digest()[:8]


def _seal(key: bytes, plaintext: bytes, purpose: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, plaintext, purpose)


def _unseal(key: bytes, sealed: bytes, purpose: bytes) -> bytes:
    nonce = sealed[1 : 1 + _NONCE_BYTES]
    if sealed[:1] != _FORMAT or len(sealed) < 1 + _NONCE_BYTES + _TAG_BYTES:
        raise CiphertextRefused
    try:
        return AESGCM(key).decrypt(nonce, sealed[1 + _NONCE_BYTES :], purpose)
    except InvalidTag:
        raise CiphertextRefused from None


def _wrapping(organization_id: UUID, version: int) -> bytes:
    return _joined(b"infinure data key", organization_id.bytes, _number(version))


def _joined(*parts: bytes) -> bytes:
    """Parts with their lengths before them: no two lists of parts give the same bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _number(value: int) -> bytes:
    return value.to_bytes(4, "big")
