"""A made-up boatyard and its questions, with answers written by hand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE berth (berth_id INTEGER PRIMARY KEY, harbour TEXT, length_m REAL);
CREATE TABLE boat (
    boat_id INTEGER PRIMARY KEY, name TEXT, hull TEXT, weight_t REAL, berth_id INTEGER REFERENCES berth (berth_id)
);
CREATE TABLE repair (
    repair_id INTEGER PRIMARY KEY, boat_id INTEGER REFERENCES boat (boat_id), done_on DATE, hours REAL, rate REAL
);
INSERT INTO berth VALUES (1, 'Northquay', 9.5), (2, 'Northquay', 12), (3, 'Eelbank', 7);
INSERT INTO boat VALUES
    (1, 'Otter', 'steel', 4.5, 1), (2, 'Plover', 'wood', 2.25, 3), (3, 'Teal', 'wood', 3, 2),
    (4, 'Dunlin', 'glass', 1, 3);
INSERT INTO repair VALUES
    (1, 1, '2025-11-03', 4, 50), (2, 1, '2026-01-14', 2, 60), (3, 2, '2026-01-20', 6, 50),
    (4, 3, '2026-02-02', 1, 80);
"""
FOLDER = "yards"
DB = f"{FOLDER}/boats.sqlite"


def database(root: Path, db_path: str = DB, script: str = SCHEMA) -> Path:
    """A SQLite file under the folder, made by the script."""
    file = root / db_path
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script)
    return file


def line(id: str, question: str, gold_sql: str | list[str] | None = None, **more: Any) -> dict[str, Any]:
    """A line of questions, and of gold where there is SQL for it."""
    found = {"id": id, "db_path": DB, "question": question, **more}
    return found if gold_sql is None else found | {"gold_sql": gold_sql}


def lines_file(file: Path, lines: Iterable[Mapping[str, Any] | str]) -> Path:
    """A file of JSON lines; texts are written as they are."""
    written = (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in lines)
    file.write_text("".join(f"{one}\n" for one in written), encoding="utf-8")
    return file
