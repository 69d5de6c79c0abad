"""Whether two statements give the same rows."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from cli.evaluate.gold_sql import is_ordered
from cli.evaluate.matching import same

_SECONDS, _MOST = 5.0, 20_000
# A connection of one's own to a database, by its name.
Open = Callable[[str], sqlite3.Connection]
_Rows = list[tuple[object, ...]]


class Rows:
    """Rows of databases; each statement is run once. opening: of databases that the usual way doesn't open."""

    def __init__(self, usual: Open, opening: Mapping[str, Open] | None = None) -> None:
        self._usual, self._opening = usual, opening or {}
        self._known: dict[tuple[str, str], _Rows | None] = {}

    def also(self, opening: Mapping[str, Open]) -> Rows:
        return Rows(self._usual, {**self._opening, **opening})

    def right(self, database: str, sql: str, gold: str) -> bool | None:
        expected = self._rows(database, gold)
        found = self._rows(database, sql)
        if expected is None or found is None:
            return None if expected is None else False
        return same(expected, found, ordered=is_ordered(gold))

    def _rows(self, database: str, sql: str) -> _Rows | None:
        """None where it fails, takes too long or gives too many."""
        key = database, sql
        if key not in self._known:
            self._known[key] = _run(self._opening.get(database, self._usual)(database), sql)
        return self._known[key]


def opened_in(folder: Path) -> Open:
    """Opens the files of a folder, to be read only."""
    return lambda name: sqlite3.connect(f"file:{folder / name}?mode=ro&immutable=1", uri=True)


def _run(opened: sqlite3.Connection, sql: str) -> _Rows | None:
    with closing(opened) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        end = time.monotonic() + _SECONDS
        connection.set_progress_handler(lambda: time.monotonic() > end, 20_000)
        try:
            rows = connection.execute(sql).fetchmany(_MOST + 1)
        except sqlite3.Error:
            return None
        return rows if len(rows) <= _MOST else None
