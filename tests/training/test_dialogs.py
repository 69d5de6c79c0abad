"""The lessons' dialogs are right about their databases, and can be measured."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli.training.dialogs import dialogs_of, lines
from cli.training.lessons import FOLDER, write_database

LESSONS = sorted(path.parent for path in FOLDER.glob("*/dialogs.yaml"))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.name)
def test_every_turn_with_sql_gives_rows(lesson: Path, tmp_path: Path) -> None:
    write_database(lesson, tmp_path / "rows")
    with closing(sqlite3.connect(tmp_path / "rows")) as opened:
        given = {sql: opened.execute(sql).fetchone() for one in dialogs_of(lesson) for turn in one for sql in turn.sql}
    assert given
    assert [sql for sql, first in given.items() if first is None] == []


def test_a_turn_has_what_was_said_before_it(tmp_path: Path) -> None:
    lesson = tmp_path / "shelf"
    lesson.mkdir()
    (lesson / "dialogs.yaml").write_text(
        "- - said: Show all cups.\n    sql: SELECT * FROM cup\n  - said: Thanks.\n    unanswerable: true\n"
    )
    first, second = lines(tmp_path)
    assert (first["question"], first["history"], first["gold_sql"]) == ("Show all cups.", [], ["SELECT * FROM cup"])
    assert (second["question"], second["history"], second["answerable"]) == ("Thanks.", ["Show all cups."], False)
