"""Predictions as a file of JSON lines, which is there as a whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from cli.ask.exits import AskError
from cli.evaluate.model import Kind, Prediction


class Write(Protocol):
    """Writes the predictions. Raises AskError."""

    def __call__(self, predictions: Sequence[Prediction]) -> None: ...


@contextmanager
def writer(out: Path, *, details: bool) -> Iterator[Write]:
    """Tries the file at once: no run is for nothing. What is left of an unfinished one goes. Raises AskError."""
    if out.is_dir():
        raise AskError(f"{out} is a folder.", "Name a file by --out.")
    if out.exists() and not out.is_file():  # a pipe or device: there is nothing to put in its place
        yield lambda predictions: _write_to(out, predictions, details)
        return
    target = out.resolve()
    try:
        number, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
        os.close(number)
    except OSError:
        raise AskError(f"{out} can't be written.", "Check that its folder is there, and your rights to it.") from None
    part = Path(name)

    def write(predictions: Sequence[Prediction]) -> None:
        _write_to(part, predictions, details)
        part.chmod(0o666 & ~_umask())
        part.replace(target)

    try:
        yield write
    finally:
        with suppress(OSError):  # it has its final name, or its folder is gone
            part.unlink(missing_ok=True)


def _write_to(file: Path, predictions: Sequence[Prediction], details: bool) -> None:
    try:
        with file.open("w", encoding="utf-8") as opened:
            for prediction in predictions:
                opened.write(json.dumps(line(prediction, details=details), ensure_ascii=False) + "\n")
    except OSError:
        raise AskError(f"{file} can't be written.", "There may be no room.") from None


def line(prediction: Prediction, *, details: bool) -> dict[str, Any]:
    """The prediction as its line's JSON object."""
    found: dict[str, Any] = {
        "id": prediction.id,
        "outcome": prediction.kind.value,
        "sql": prediction.sql if prediction.kind is Kind.ANSWER else None,
        "confidence": round(prediction.confidence, 4),
    }
    if prediction.reason:
        found["reason"] = prediction.reason
    found["latency_ms"] = round(prediction.latency_ms, 2)
    if details:
        found |= {"message": prediction.message, "words": prediction.words, "options": prediction.options}
    return found


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current
