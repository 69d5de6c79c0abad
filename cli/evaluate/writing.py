"""Predictions as a file of JSON lines, which is there as a whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from cli.ask.exits import AskError
from cli.evaluate.model import Kind, Prediction, Verdict


class Write(Protocol):
    """Writes lines, each a JSON object. Raises AskError."""

    def __call__(self, lines: Iterable[Mapping[str, Any]]) -> None: ...


@contextmanager
def writer(out: Path) -> Iterator[Write]:
    """Tries the file at once: no run is for nothing. What is left of an unfinished one goes. Raises AskError."""
    if out.is_dir():
        raise AskError(f"{out} is a folder.", "Name a file by --out.")
    if out.exists() and not out.is_file():  # a pipe or device: there is nothing to put in its place
        yield lambda lines: _write_to(out, lines)
        return
    target = out.resolve()
    try:
        number, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
        os.close(number)
    except OSError:
        raise AskError(f"{out} can't be written.", "Check that its folder is there, and your rights to it.") from None
    part = Path(name)

    def write(lines: Iterable[Mapping[str, Any]]) -> None:
        _write_to(part, lines)
        part.chmod(0o666 & ~_umask())
        part.replace(target)

    try:
        yield write
    finally:
        with suppress(OSError):  # it has its final name, or its folder is gone
            part.unlink(missing_ok=True)


def _write_to(file: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    try:
        with file.open("w", encoding="utf-8") as opened:
            for line in lines:
                opened.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError:
        raise AskError(f"{file} can't be written.", "There may be no room.") from None


def line_of(prediction: Prediction) -> dict[str, Any]:
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
    return found


def detailed(prediction: Prediction, verdict: Verdict | None) -> dict[str, Any]:
    """The line with what a person wants to know; with gold, also whether it is right."""
    found = line_of(prediction)
    found |= {"message": prediction.message, "words": prediction.words, "options": prediction.options}
    return found if verdict is None else found | {"right": verdict.right, "problem": verdict.problem}


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current
