"""Small files written whole or not at all, readable by their owner alone."""

import json
import os
from pathlib import Path
from typing import Any


def write_private(path: Path, content: str, durable: bool = True) -> None:
    """Replaces the file in one step (mode 0600); durable: it is on disk when this returns."""
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(content)
        if durable:
            stream.flush()
            os.fsync(stream.fileno())
    unfinished.replace(path)


def write_json(path: Path, value: Any, durable: bool = True) -> None:
    """As `write_private`."""
    write_private(path, json.dumps(value, indent=1) + "\n", durable)


def read_json(path: Path, default: Any) -> Any:
    """The file's value, or `default` when there is no such file."""
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return default
