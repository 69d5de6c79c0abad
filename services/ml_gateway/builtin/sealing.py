"""Seals of receipts: a keyed digest by which the query that is told in a receipt is known to be the one that ran."""

import hashlib
import hmac
import json

from meshkit.secrets import Secret

_PURPOSE = b"receipt"


class Seal:
    """Made with a key of the service's that no client has."""

    def __init__(self, key: Secret) -> None:
        self._key = hmac.digest(key.reveal().encode(), _PURPOSE, "sha256")

    def of(self, fingerprint: str, proposed: str, ran: str) -> str:
        """fingerprint: the plan's. proposed: its query. ran: what the boundary made of that."""
        told = json.dumps([fingerprint, proposed, ran]).encode()
        return hmac.new(self._key, told, hashlib.sha256).hexdigest()

    def holds(self, seal: str, fingerprint: str, proposed: str, ran: str) -> bool:
        """Whether the seal is of these."""
        return hmac.compare_digest(seal.encode(), self.of(fingerprint, proposed, ran).encode())
