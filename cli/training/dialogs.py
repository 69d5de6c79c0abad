"""The lessons' dialogs: what people go on to ask, turn by turn, each turn beside SQL by hand.

`python -m cli.training.dialogs --out FOLDER` writes them for `infinure evaluate`, see docs/evaluate.md: FOLDER/
questions.jsonl (which is the gold, too) and FOLDER/databases. A lesson's `dialogs.yaml` lists dialogs, each a list of
{said, sql (one or several)}, or {said, unanswerable} for what no data answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from cli.training.lessons import FOLDER, write_database


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said, and SQL that answers it, any of several; none where no data do."""

    said: str
    sql: tuple[str, ...]


def dialogs_of(lesson: Path) -> tuple[tuple[Turn, ...], ...]:
    """The lesson's dialogs, each in the order of asking; none where it has no such file."""
    file = lesson / "dialogs.yaml"
    if not file.exists():
        return ()
    return tuple(tuple(_turn(one) for one in dialog) for dialog in yaml.safe_load(file.read_text()))


def lines(folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """A line for each turn, with what was said before it."""
    for lesson in sorted(path.parent for path in folder.glob("*/dialogs.yaml")):
        for number, dialog in enumerate(dialogs_of(lesson)):
            said = [turn.said for turn in dialog]
            for place, turn in enumerate(dialog):
                line: dict[str, Any] = {
                    "id": f"{lesson.name}-{number}-{place + 1}",
                    "db_path": f"{lesson.name}.sqlite",
                    "question": turn.said,
                    "history": said[:place],
                    "turn": place + 1,
                }
                yield line | ({"gold_sql": list(turn.sql)} if turn.sql else {"answerable": False})


def write(out: Annotated[Path, typer.Option(help="The folder to write to.")]) -> None:
    """Write the lessons' dialogs and their databases, to be measured by `infinure evaluate`."""
    databases = out / "databases"
    databases.mkdir(parents=True, exist_ok=True)
    made = list(lines())
    for name in sorted({Path(line["db_path"]).stem for line in made}):
        (databases / f"{name}.sqlite").unlink(missing_ok=True)
        write_database(FOLDER / name, databases / f"{name}.sqlite")
    (out / "questions.jsonl").write_text("".join(json.dumps(line) + "\n" for line in made))


def _turn(one: dict[str, Any]) -> Turn:
    sql = one.get("sql", ())
    return Turn(one["said"], (sql,) if isinstance(sql, str) else tuple(sql))


if __name__ == "__main__":
    typer.run(write)
