"""The file of a service's master key."""

import base64
import secrets
from pathlib import Path


def master_key(folder: Path) -> Path:
    """A new key in a folder that is there."""
    path = folder / "master.key"
    path.write_text(base64.b64encode(secrets.token_bytes(32)).decode())
    return path
