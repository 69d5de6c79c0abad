"""The built-in engine's version: the product's, and a digest of the engine's own code and weights."""

import hashlib
from importlib.metadata import version
from pathlib import Path

import services.ml_gateway.engine as library


def engine_version() -> str:
    """Equal versions plan equally. Reads the library's files: to be called once, at start."""
    digest = hashlib.sha256()
    folder = Path(next(iter(library.__path__)))
    for file in sorted((*folder.rglob("*.py"), *folder.rglob("*.json"))):  # what it has learned is part of it
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        digest.update(file.read_bytes())
    return f"{version('infinure')}+{digest.hexdigest()[:8]}"
