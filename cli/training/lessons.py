"""The project's own lessons: small databases and questions about them with SQL by hand, to learn the reader from.

`python -m cli.training … --also cli.training.lessons:lessons`. A lesson is a folder of `services/ml_gateway/training/
lessons`: `schema.sql` makes its tables and rows in SQLite, `questions.yaml` lists {question, sql (one or several)}.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import yaml

from cli.evaluate.databases import catalog_of
from cli.evaluate.running import WORK
from cli.training.rows import opened_in
from cli.training.sets import Own
from services import ml_gateway
from services.integration.workers import Workers
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.training.known import Known

FOLDER = Path(ml_gateway.__path__[0]) / "training" / "lessons"
_GROUP = "lessons"
_ASKED_ON = date(2026, 1, 1)  # no lesson asks about a period that moves with the day

_PERIODS = {"%Y": "year", "%Y-%m": "month"}
_PERIOD = re.compile(r"strftime\('(%Y|%Y-%m)', ([\w.]+)\)(?! *(?:[=<>!]|IN\b|BETWEEN\b)[ =>]*['(])", re.IGNORECASE)


def lessons(folder: Path = FOLDER) -> Own:
    """Every lesson of the folder. Their databases are made in a folder that stays."""
    made = Path(tempfile.mkdtemp(prefix="infinure-lessons-"))
    names = sorted(path.parent.name for path in folder.glob("*/questions.yaml"))
    for name in names:
        write_database(folder / name, made / f"{_GROUP}.{name}")
    files = {f"{_GROUP}.{name}": made / f"{_GROUP}.{name}" for name in names}
    questions = tuple(one for name in names for one in questions_of(folder / name))
    return Own(asyncio.run(catalogs_of(files)), questions, opened_in(made))


def questions_of(lesson: Path) -> tuple[Known, ...]:
    return tuple(
        Known(
            f"{_GROUP}.{lesson.name}",
            one["question"],
            accepted((one["sql"],) if isinstance(one["sql"], str) else tuple(one["sql"])),
            _ASKED_ON,
            _GROUP,
        )
        for one in yaml.safe_load((lesson / "questions.yaml").read_text())
    )


def accepted(known: tuple[str, ...]) -> tuple[str, ...]:
    """With periods told by their first day, too, as the engine tells them: a year is 2024 or begins on 2024-01-01."""
    told = (_PERIOD.sub(lambda found: f"DATE({found[2]}, 'start of {_PERIODS[found[1]]}')", one) for one in known)
    return tuple(dict.fromkeys((*known, *told)))


def write_database(lesson: Path, file: Path) -> None:
    """The lesson's tables and rows, as a SQLite file."""
    with closing(sqlite3.connect(file)) as opened:
        opened.executescript((lesson / "schema.sql").read_text())
        opened.commit()


async def catalogs_of(files: Mapping[str, Path]) -> dict[str, Catalog]:
    async with Workers.open(warm=1, modules=WORK) as workers:
        return {name: await catalog_of(path, workers) for name, path in files.items()}
