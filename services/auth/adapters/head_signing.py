"""Signing the heads of audit chains: RSA-PSS with SHA-256, by the newest key of a folder kept as the tokens' is.

The keys are others than the tokens': those go minutes after their rotation, while a head may stay the last for years.
"""

from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from services.auth.audit import Head, signed_start, signed_text
from services.auth.ports import Keyring

PADDING = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=padding.PSS.DIGEST_LENGTH)


@dataclass(frozen=True)
class HeadSigner:
    """Signs, and checks what was signed."""

    keyring: Keyring

    @property
    def key_id(self) -> str:
        return self.keyring.kid

    def sign(self, organization_id: UUID, sequence: int, digest: bytes) -> bytes:
        return self._sign(signed_text(organization_id, sequence, digest))

    def sign_start(self, organization_id: UUID, sequence: int, digest: bytes) -> bytes:
        return self._sign(signed_start(organization_id, sequence, digest))

    def is_ours(self, head: Head) -> bool:
        """Whether one of the folder's keys signed exactly this head."""
        return self._signed(head, signed_text(head.organization_id, head.sequence, head.hash))

    def is_our_start(self, start: Head) -> bool:
        return self._signed(start, signed_start(start.organization_id, start.sequence, start.hash))

    def _sign(self, text: bytes) -> bytes:
        return self.keyring.private.sign(text, PADDING, hashes.SHA256())

    def _signed(self, head: Head, text: bytes) -> bool:
        key = self.keyring.public.get(head.key_id)
        if key is None:
            return False
        try:
            key.verify(head.signature, text, PADDING, hashes.SHA256())
        except InvalidSignature:
            return False
        return True
