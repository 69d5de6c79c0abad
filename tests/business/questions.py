"""Reads questions/*.yaml: what is asked of each database, and the SQL, written by hand, whose rows are the answer.

A case is a question with `gold`, or one that must not be answered, with `expect` (`refuse`, `clarify` or both), or a
dialog of `turns`, each with one of the two. Its keys:

    id            unique; the turns of dialog `x` are x.1, x.2, …
    question      as it was asked
    gold          SQL in SQLite's dialect, or a list of them where several readings are honest
    enough        how many of gold's columns, from the first, are an answer too ("which is the dearest?")
    expect        what else is right; beside `gold`: asking back is as good as the answer
    options       words, each of which an option of the clarification must name
    now           the moment of asking; unless given, the database's
    instructions  what the asker says along with the question
    tags          the constructs that it is there for

What `gold` gives: the columns asked for, what it is split by before the number; periods half-open, "last quarter" the
last whole one; a ratio as a fraction; the names of things rather than their numbers; ties by name. Its rows are in an
order only where the question asks for one (or for the first few of one).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlglot
import yaml
from sqlglot import exp

from tests.business.databases import DATABASES

_FOLDER = Path(__file__).parent / "questions"
_KEYS = {"id", "question", "gold", "enough", "expect", "options", "now", "instructions", "tags", "turns"}


@dataclass(frozen=True, slots=True)
class Question:
    """`history` holds the earlier utterances of its dialog, oldest first. Without `gold` there is no right answer."""

    id: str
    database: str
    text: str
    gold: tuple[str, ...]
    expect: tuple[str, ...]
    options: tuple[str, ...]
    now: datetime
    instructions: str
    tags: tuple[str, ...]
    history: tuple[str, ...]


def questions() -> tuple[Question, ...]:
    """Every question of every database. Raises ValueError where a case is not of the form above."""
    found = tuple(question for name in DATABASES for case in _cases(name) for question in _expanded(name, case))
    ids = [question.id for question in found]
    if twice := {one for one in ids if ids.count(one) > 1}:
        raise ValueError(f"ids used twice: {sorted(twice)}")
    return found


def _cases(database: str) -> Iterator[Mapping[str, Any]]:
    for path in sorted(_FOLDER.glob(f"{database}*.yaml")):
        yield from yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader


class _Loader(yaml.CSafeLoader):
    """Dates stay texts."""


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if not pair[0].endswith(":timestamp")]
    for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _expanded(database: str, case: Mapping[str, Any]) -> Iterator[Question]:
    if "turns" not in case:
        yield _question(database, case, case["id"], ())
        return
    history: tuple[str, ...] = ()
    for number, turn in enumerate(case["turns"], start=1):
        tags = ["dialog", "first turn" if number == 1 else "follow-up", *case.get("tags", ()), *turn.get("tags", ())]
        shared = {key: case[key] for key in ("now", "instructions") if key in case}
        yield _question(database, {**shared, **turn, "tags": tags}, f"{case['id']}.{number}", history)
        history = (*history, turn["question"])


def _question(database: str, case: Mapping[str, Any], name: str, history: tuple[str, ...]) -> Question:
    if wrong := set(case) - _KEYS:
        raise ValueError(f"{name}: unknown keys {sorted(wrong)}")
    gold, expect = _listed(case.get("gold")), _listed(case.get("expect"))
    gold = (*gold, *(_first_columns(sql, case["enough"]) for sql in gold if "enough" in case))
    if not gold and not expect:
        raise ValueError(f"{name}: neither gold nor expect")
    now = DATABASES[database].now
    return Question(
        id=name,
        database=database,
        text=case["question"],
        gold=gold,
        expect=expect,
        options=_listed(case.get("options")),
        now=datetime.fromisoformat(case["now"]).replace(tzinfo=now.tzinfo) if "now" in case else now,
        instructions=case.get("instructions", ""),
        tags=_listed(case.get("tags")),
        history=history,
    )


def _listed(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value.strip(),) if isinstance(value, str) else tuple(one.strip() for one in value)


def _first_columns(sql: str, count: int) -> str:
    """The answer without its later columns. Their number is that of the outermost SELECT's expressions."""
    names = [f"c{position}" for position in range(len(sqlglot.parse_one(sql, read="sqlite", into=exp.Select).selects))]
    return f"WITH answer({', '.join(names)}) AS ({sql}) SELECT {', '.join(names[:count])} FROM answer"
