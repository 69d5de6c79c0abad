"""Lessons are right about their own databases, and the reader can learn from them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from cli.training.lessons import FOLDER, lessons, questions_of, write_database
from cli.training.rows import Rows
from services.ml_gateway.engine.index import prepare
from services.ml_gateway.training.held_out import held
from services.ml_gateway.training.learning import learn

LESSONS = sorted(path.parent for path in FOLDER.glob("*/questions.yaml"))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.name)
def test_every_statement_of_a_lesson_gives_rows(lesson: Path, tmp_path: Path) -> None:
    write_database(lesson, tmp_path / "rows")
    with closing(sqlite3.connect(tmp_path / "rows")) as opened:
        given = {sql: opened.execute(sql).fetchone() for one in questions_of(lesson) for sql in one.sql}
    assert [sql for sql, first in given.items() if first is None] == []


def test_no_question_is_asked_twice_of_a_database() -> None:
    asked = Counter((one.database, one.text.lower()) for lesson in LESSONS for one in questions_of(lesson))
    assert [one for one, times in asked.items() if times > 1] == []


def test_a_reader_is_learned_from_questions_with_sql(tmp_path: Path) -> None:
    """Of five small databases, each read by what was learned from the others."""
    for number, word in enumerate(("cups", "hats", "pens", "rugs", "jars")):
        lesson = tmp_path / f"shelf_{number}"
        lesson.mkdir()
        rows = ", ".join(f"({row}, '{word[0].upper()}{row}', {row * 7 % 10})" for row in range(1, 10))
        lesson.joinpath("schema.sql").write_text(
            f"CREATE TABLE {word} (id INTEGER PRIMARY KEY, name TEXT, price REAL); INSERT INTO {word} VALUES {rows};"
        )
        asked = {
            f"How many {word} are there?": f"SELECT COUNT(*) FROM {word}",
            f"What is the average price of {word}?": f"SELECT AVG(price) FROM {word}",
            f"List the names of all {word}.": f"SELECT name FROM {word}",
            f"names and prices of {word}": f"SELECT name, price FROM {word}",
            f"Which {word} have a price above 5?": f"SELECT name FROM {word} WHERE price > 5",
            f"the most expensive of the {word}": f"SELECT name FROM {word} ORDER BY price DESC LIMIT 1",
        }
        listed = [{"question": question, "sql": sql} for question, sql in asked.items()]
        lesson.joinpath("questions.yaml").write_text(yaml.safe_dump(listed))
    own = lessons(tmp_path)
    indexes = {name: prepare(catalog) for name, catalog in own.catalogs.items()}
    told: list[str] = []
    learned, judged = learn(own.questions, indexes, Rows(own.open).right, tell=told.append)
    assert told[-1] == "calibrating"
    (fared,) = held(judged, 0.5)
    assert fared.questions == 30
    assert fared.right >= 15, fared
    assert (learned, judged) == learn(own.questions, indexes, Rows(own.open).right, jobs=2)
    assert learned.ranks
    assert learned.calibration
