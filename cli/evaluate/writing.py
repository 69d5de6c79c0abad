"""Predictions as a file of JSON lines, which is there as a whole or not at all."""

from __future__ import annotations

import json
import os
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
        yield lambda lines: _write_to(out, lines, out)
        return
    target = out.resolve()
    part = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")

    def write(lines: Iterable[Mapping[str, Any]]) -> None:
        _write_to(part, lines, out)
        part.replace(target)

    try:  # known by its name before it is there: an interrupt may come at any moment
        _write_to(part, (), out)
        yield write
    finally:
        with suppress(OSError):  # it has its final name, or its folder is gone
            part.unlink(missing_ok=True)


def _write_to(file: Path, lines: Iterable[Mapping[str, Any]], out: Path) -> None:
    try:
        with file.open("w", encoding="utf-8") as opened:
            for line in lines:
                opened.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError:
        raise AskError(
            f"{out} can't be written.", "Check its folder, your rights to it, and that there is room."
        ) from None


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
