"""The rows of a database as Python sees them, to work answers out a second time without SQL."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

Row = Any  # a namespace of a table's columns
Answer = list[tuple[Any, ...]]


class Tables:
    """Each table is an attribute that holds its rows."""

    def __init__(self, path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.row_factory = lambda cursor, row: SimpleNamespace(
            **{described[0]: value for described, value in zip(cursor.description, row, strict=True)}
        )
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        self._rows = {one.name: connection.execute(f"SELECT * FROM {one.name}").fetchall() for one in names}
        connection.close()

    def __getattr__(self, table: str) -> list[Row]:
        return self._rows[table]


Recount = Callable[[Tables], Answer]


def keyed(rows: Iterable[Row], column: str) -> Mapping[Any, Row]:
    return {getattr(row, column): row for row in rows}


def during(rows: Iterable[Row], column: str, start: str, end: str = "9999") -> list[Row]:
    """start <= column < end; ISO texts compare as the moments do."""
    return [row for row in rows if start <= (getattr(row, column) or "") < end]


def grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> Mapping[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def counted(rows: Iterable[Row], key: Callable[[Row], Any]) -> Answer:
    return [(name, len(group)) for name, group in grouped(rows, key).items()]


def summed(rows: Iterable[Row], key: Callable[[Row], Any], value: Callable[[Row], float]) -> Answer:
    return [(name, sum(map(value, group))) for name, group in grouped(rows, key).items()]


def mean(values: Iterable[float]) -> float:
    held = list(values)
    return sum(held) / len(held)


def month(moment: str) -> str:
    return f"{moment[:7]}-01"


def quarter(moment: str) -> str:
    return f"{moment[:4]}-{(int(moment[5:7]) - 1) // 3 * 3 + 1:02}-01"
