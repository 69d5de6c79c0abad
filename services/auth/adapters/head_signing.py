"""Signing the heads of audit chains: RSA-PSS with SHA-256, by the newest key of a folder kept as the tokens' is.

The keys are others than the tokens': those go minutes after their rotation, while a head may stay the last for years.
"""

from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from services.auth.audit import Head, signed_text
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
        return self.keyring.private.sign(signed_text(organization_id, sequence, digest), PADDING, hashes.SHA256())

    def is_ours(self, head: Head) -> bool:
        """Whether one of the folder's keys signed exactly this head."""
        key = self.keyring.public.get(head.key_id)
        if key is None:
            return False
        try:
            text = signed_text(head.organization_id, head.sequence, head.hash)
            key.verify(head.signature, text, PADDING, hashes.SHA256())
        except InvalidSignature:
            return False
        return True
