"""The demo's shop in SQLite: the same rows, keys and comments as its PostgreSQL database has."""

import re
import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files

from cli.demo.generation import generate
from tests.business.comments import Comments

TODAY = date(2026, 5, 13)


def build(connection: sqlite3.Connection) -> None:
    for statement in _tables():
        connection.execute(statement)
    for number, place in enumerate(re.findall(r"CREATE INDEX ON (\w+ \(\w+\))", _file("constraints.sql"))):
        connection.execute(f"CREATE INDEX by_{number} ON {place}")
    shop = generate(TODAY)
    for name in shop.__slots__:
        rows = [tuple(map(_stored, row)) for row in getattr(shop, name)]
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)


def semantic_model() -> str:
    return _file("shop.yaml")


def comments() -> Comments:
    """(table, column) → what the database says of it; the column of a table's own comment is empty."""
    found = re.findall(r"COMMENT ON (?:TABLE|COLUMN) (\w+)(?:\.(\w+))? IS '((?:[^']|'')*)'", _file("constraints.sql"))
    return {(table, column): text.replace("''", "'") for table, column, text in found}


def _tables() -> list[str]:
    """CREATE TABLE statements that hold their keys: SQLite can't add any later."""
    altered = dict(re.findall(r"ALTER TABLE (\w+)(.*?);", _file("constraints.sql"), re.DOTALL))
    primary = {name: re.findall(r"PRIMARY KEY \((.*?)\)", text)[0] for name, text in altered.items()}
    made = []
    for name, columns in re.findall(r"CREATE TABLE (\w+) \((.*?)\n\);", _file("tables.sql"), re.DOTALL):
        keys = [f"PRIMARY KEY ({primary[name]})"]
        keys += [f"UNIQUE ({unique})" for unique in re.findall(r"UNIQUE \((.*?)\)", altered[name])]
        for column, target in re.findall(r"FOREIGN KEY \((\w+)\) REFERENCES (\w+)", altered[name]):
            keys.append(f"FOREIGN KEY ({column}) REFERENCES {target} ({primary[target]})")
        made.append(f"CREATE TABLE {name} ({columns}, {', '.join(keys)})")
    return made


def _stored(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else value


def _file(name: str) -> str:
    return (files("cli.demo") / name).read_text(encoding="utf-8")
