"""The questions as ones to learn from: `python -m cli.training --also tests.business.lessons:lessons`."""

import asyncio
import sqlite3
import tempfile
from pathlib import Path

import yaml

from cli.training.sets import Own
from services.ml_gateway.training.known import Known
from services.ml_gateway.training.ties import without_ties
from tests.business.databases import DATABASES, catalog_of, file_of
from tests.business.questions import Question, questions

_WEIGHT = 3
# Further wordings, {question, sql}, by database. They are learned from and not measured.
_WORDINGS = Path(__file__).parent / "wordings"


def lessons() -> Own:
    """Questions that stand alone and have an answer, of databases that aren't kept apart. The databases are made in a
    folder that stays."""
    folder = Path(tempfile.gettempdir()) / "infinure-lessons"
    learned = {name: database for name, database in DATABASES.items() if not database.kept_apart}
    files = {f"business/{name}": file_of(database, folder) for name, database in learned.items()}
    catalogs = {
        f"business/{name}": asyncio.run(catalog_of(database, files[f"business/{name}"]))
        for name, database in learned.items()
    }
    alone = [one for one in questions() if one.gold and not one.history and not one.instructions]
    asked = [one for one in alone if one.database in learned]

    def opened(name: str) -> sqlite3.Connection:
        return sqlite3.connect(f"{files[name].absolute().as_uri()}?mode=ro&immutable=1", uri=True)

    further = (one for name in sorted(learned) for one in wordings(name))
    return Own(catalogs, (*map(_known, asked), *further), opened)


def wordings(database: str) -> tuple[Known, ...]:
    file = _WORDINGS / f"{database}.yaml"
    if not file.is_file():
        return ()
    return tuple(
        Known(
            f"business/{database}",
            one["question"],
            (one["sql"],) if isinstance(one["sql"], str) else tuple(one["sql"]),
            DATABASES[database].now.date(),
            "wordings",
        )
        for one in yaml.safe_load(file.read_text(encoding="utf-8"))
    )


def _known(one: Question) -> Known:
    sql = tuple(dict.fromkeys((*map(without_ties, one.gold), *one.gold)))
    return Known(f"business/{one.database}", one.text, sql, one.now.date(), f"business/{one.database}", _WEIGHT)
