"""`python -m cli.training.following --out services/ml_gateway/engine/dialog/sureness.json`: how sure follow-ups are.

Learns it from the lessons' dialogs (`cli.training.dialogs`), and tells for several bars how many turns would be
answered, and how many wrongly, of databases that nothing of it was learned from. The same dialogs, the same weights.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.training.dialogs import Turn, dialogs_of
from cli.training.lessons import FOLDER, accepted, catalogs_of, write_database
from cli.training.rows import Rows, opened_in
from services.ml_gateway.engine.dialog.conversation import Dialog, State
from services.ml_gateway.engine.dialog.model import Followed
from services.ml_gateway.engine.dialog.single import Single
from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.outcome import Outcome, Planned
from services.ml_gateway.engine.reader.planning import BAR
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.whole import Whole
from services.ml_gateway.training.following import Example, fitted, folds

_ASKED_ON = date(2026, 1, 1)  # no lesson asks about a period that moves with the day
_BARS = (0.7, 0.75, 0.8)
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class _Asked:
    """What became of a turn. example: of a follow-up that was read, answered or not."""

    database: str
    first: bool
    answered: bool
    right: bool
    example: Example | None


@dataclass
class Lessons:
    """The dialogs of all lessons and their rows."""

    dialogs: Mapping[str, Sequence[Sequence[Turn]]]
    indexes: Mapping[str, Index]
    rows: Rows
    _wholes: dict[tuple[str, float], Whole] = field(default_factory=dict)

    def replayed(self, name: str, weights: Mapping[str, float], bar: float) -> Iterator[_Asked]:
        """Every turn of a database's dialogs, as it would end with these weights at a bar."""
        index = self.indexes[name]
        whole = self._wholes.setdefault((name, bar), Whole(index, _ASKED_ON, "UTC", packaged(), bar))
        single = Single(index, whole.plan, _ASKED_ON, "UTC", whole.readings, bar)
        dialog = Dialog(index, single, _ASKED_ON, weights)
        for turns in self.dialogs[name]:
            state = State()
            for turn in turns:
                ways = dialog.ways(turn.said, state.before, state.missed) if state.before else ()
                first = state.before is None
                outcome, after = dialog.ask(turn.said, state)
                answered = isinstance(outcome, Planned)
                example = self._example(name, turn, ways, single)
                yield _Asked(name, first, answered, answered and self._is_right(name, turn, outcome), example)
                state = replace(after, heard=True)

    def _example(self, name: str, turn: Turn, ways: Sequence[Followed], single: Single) -> Example | None:
        """The best way, if it is one whose likelihood is learned, finished whatever the bar."""
        best = ways[0] if ways else None
        if best is None or best.query is None or not best.signs:
            return None
        outcome = single.plan(turn.said, chosen=True) if best.alone else single.finish(turn.said, best, chosen=True)
        return Example(name, best.signs, self._is_right(name, turn, outcome))

    def _is_right(self, name: str, turn: Turn, outcome: Outcome) -> bool:
        if not isinstance(outcome, Planned):
            return False
        return any(self.rows.right(name, outcome.sql, sql) for sql in accepted(turn.sql))


def learn(out: Annotated[Path, typer.Option(help="The file to write the weights to.")]) -> None:
    """Learn how sure follow-ups are from the lessons' dialogs."""
    with tempfile.TemporaryDirectory() as folder:
        lessons = _lessons(Path(folder))
        examples = _examples(lessons)
        out.write_text(json.dumps(dict(sorted(fitted(examples).items())), indent=0) + "\n")
        apart = {
            name: fitted([one for one in examples if one.database not in part])
            for part in folds(list(lessons.dialogs))
            for name in part
        }
        for bar in _BARS:
            print(_told(bar, [one for name in lessons.dialogs for one in lessons.replayed(name, apart[name], bar)]))


def _lessons(folder: Path) -> Lessons:
    dialogs = {path.parent.name: dialogs_of(path.parent) for path in sorted(FOLDER.glob("*/dialogs.yaml"))}
    for name in dialogs:
        write_database(FOLDER / name, folder / name)
    catalogs = asyncio.run(catalogs_of({name: folder / name for name in dialogs}))
    return Lessons(dialogs, {name: prepare(one) for name, one in catalogs.items()}, Rows(opened_in(folder)))


def _examples(lessons: Lessons) -> list[Example]:
    """How sure a follow-up is depends on how sure the one before was, and on which were answered: so it is learned, and
    once more with what was learned, both where all is answered and where only what is sure enough.
    """
    weights: dict[str, float] = {}
    for _ in range(_ROUNDS):
        asked = [one for name in lessons.dialogs for bar in (0.0, BAR) for one in lessons.replayed(name, weights, bar)]
        examples = [one.example for one in asked if one.example]
        weights = fitted(examples)
    return examples


def _told(bar: float, asked: Sequence[_Asked]) -> str:
    parts = [f"bar {bar:.2f}"]
    for name, some in (("all", asked), ("follow-ups", [one for one in asked if not one.first])):
        answered = [one for one in some if one.answered]
        right = sum(one.right for one in answered)
        parts.append(f"{name} {len(some)}: answered {len(answered) / len(some):.1%}, right {right / len(some):.1%}, "
                     f"wrong among answered {1 - right / max(len(answered), 1):.1%}")  # fmt: skip
    return "  ".join(parts)


if __name__ == "__main__":
    typer.run(learn)
