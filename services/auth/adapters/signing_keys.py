"""The folder of signing keys: `<kid>.pem`, RSA, readable by the service alone.

The name that sorts last signs and the others go on verifying, so a key is rotated by adding one, and removed when the
last token that it signed has ended. Names made here begin with the time.
"""

import fcntl
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

BITS = 2048
PUBLIC_EXPONENT = 65537
NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class SigningKeyError(Exception):
    """A key file can't be used; the text names the file, never its content."""


@dataclass(frozen=True)
class FolderKeyring:
    """The keys as they were read from the folder."""

    keys: dict[str, rsa.RSAPrivateKey] = field(repr=False)

    @property
    def kid(self) -> str:
        return max(self.keys)

    @property
    def private(self) -> rsa.RSAPrivateKey:
        return self.keys[self.kid]

    @property
    def public(self) -> dict[str, rsa.RSAPublicKey]:
        return {kid: key.public_key() for kid, key in self.keys.items()}

    async def key(self, kid: str) -> rsa.RSAPublicKey | None:
        """What verifying tokens asks for: this service has the keys itself."""
        found = self.keys.get(kid)
        return found.public_key() if found is not None else None


def open_keyring(folder: Path, now: datetime) -> FolderKeyring:
    """Reads the keys, making the first one in an empty folder.

    Raises:
        SigningKeyError: a file is no RSA key of at least 2,048 bits, or its name can't be a key id.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(folder):
        if not any(folder.glob("*.pem")):
            _write(folder, f"{now:%Y%m%dT%H%M%SZ}-{os.urandom(4).hex()}")
    return FolderKeyring({file.stem: _read(file) for file in sorted(folder.glob("*.pem"))})


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Two processes that start together make one key, not two."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(folder: Path, kid: str) -> None:
    key = rsa.generate_private_key(PUBLIC_EXPONENT, BITS)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    # mkstemp makes it 0600; the rename makes it appear whole or not at all.
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    os.rename(temporary, folder / f"{kid}.pem")


def _read(file: Path) -> rsa.RSAPrivateKey:
    if not NAME.fullmatch(file.stem):
        raise SigningKeyError(f"{file.name}: a key's name is made of letters, digits, _ and -")
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (ValueError, TypeError):
        raise SigningKeyError(f"{file.name} holds no readable private key") from None
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < BITS:
        raise SigningKeyError(f"{file.name} is no RSA key of at least {BITS} bits")
    return key
