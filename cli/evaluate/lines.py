"""Files of questions and of gold, a JSON object a line → what they say. Whatever is wrong is told with its line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from cli.ask.exits import AskError, UsageProblem
from cli.evaluate.model import Gold, Id, Question

T = TypeVar("T", Question, Gold)
# What figures are also given by, where the gold's lines have them.
_GROUPED = ("dataset", "hardness", "core", "turn", "features", "category")
_MOST_CHARACTERS = 1_000_000


class _Wrong(Exception):
    """What is wrong with a line."""


def read_questions(file: Path) -> list[Question]:
    """Raises AskError and UsageProblem."""
    return _read(file, _question)


def read_gold(file: Path) -> dict[Id, Gold]:
    """By the questions' ids. Raises AskError and UsageProblem."""
    return {gold.id: gold for gold in _read(file, _gold)}


def moment(text: str) -> datetime:
    """An ISO date or date and time; one without an offset is UTC's. Raises ValueError."""
    try:
        found = datetime.fromisoformat(text.strip())
    except OverflowError:
        raise ValueError(text) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _read(file: Path, understand: Callable[[Mapping[str, Any]], T]) -> list[T]:
    found: dict[Id, T] = {}
    for number, text in _lines(file):
        try:
            one = understand(_object(text))
        except _Wrong as wrong:
            raise AskError(f"{file}, line {number}: {wrong}.", "The format of the lines: docs/evaluate.md") from None
        if one.id in found:
            raise AskError(f"{file}, line {number}: the id {str(one.id)[:60]} is there twice.", "Ids must differ.")
        found[one.id] = one
    if not found:
        raise AskError(f"{file} has no lines.", "Write a JSON object a line: docs/evaluate.md")
    return list(found.values())


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    if file.is_dir():
        raise UsageProblem(f"{file} is a folder.", "Name a file of JSON lines.")
    try:
        with file.open(encoding="utf-8-sig") as opened:
            for number, text in enumerate(opened, 1):
                if text.strip():
                    yield number, text
    except FileNotFoundError:
        raise UsageProblem(f"No such file: {file}", "Check the path.") from None
    except OSError:
        raise AskError(f"{file} can't be read.", "Check its rights.") from None
    except UnicodeDecodeError:
        raise AskError(f"{file} is no text in UTF-8.", "Save it as UTF-8.") from None


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise _Wrong(f"it is no JSON ({error.msg} at character {error.pos + 1})") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, lists within lists
        raise _Wrong("it is no JSON that can be read") from None
    if not isinstance(found, dict):
        raise _Wrong("it is no JSON object")
    return found


def _question(line: Mapping[str, Any]) -> Question:
    now = _text(line, "now", "")
    try:
        asked_at = moment(now) if now else None
    except ValueError:
        raise _Wrong("its now is no date, such as 2026-02-10T12:00") from None
    return Question(
        id=_id(line),
        db_path=_text(line, "db_path"),
        question=_text(line, "question"),
        history=_texts(line, "history"),
        now=asked_at,
        instructions=_text(line, "instructions", ""),
    )


def _gold(line: Mapping[str, Any]) -> Gold:
    answerable = line.get("answerable", True) is not False
    written = line.get("gold_sql")
    sql = _texts(line, "gold_sql") if isinstance(written, list) else (_text(line, "gold_sql"),) if answerable else ()
    if answerable and not sql:
        raise _Wrong("its gold_sql is empty")
    groups = tuple((name, group) for name in _GROUPED for group in _groups(name, line.get(name)))
    return Gold(_id(line), sql, _text(line, "now", ""), answerable, groups)


def _groups(name: str, value: Any) -> list[str]:
    if isinstance(value, bool):
        return [name if value else f"not {name}"]
    values = value if isinstance(value, list) else [value]
    return [str(one) for one in values if isinstance(one, str | int)]


def _id(line: Mapping[str, Any]) -> Id:
    found = line.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise _Wrong("it has no id" if found is None else "its id is neither text nor a number")
    return found


def _text(line: Mapping[str, Any], name: str, default: str | None = None) -> str:
    found = line.get(name)
    if found is None and default is not None:
        return default
    if not isinstance(found, str):
        raise _Wrong(f"it has no {name}" if found is None else f"its {name} is no text")
    if len(found) > _MOST_CHARACTERS:
        raise _Wrong(f"its {name} is longer than {_MOST_CHARACTERS:,} characters")
    return found


def _texts(line: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = line.get(name)
    if found is None:
        return ()
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise _Wrong(f"its {name} is no list of texts")
    return tuple(found)
