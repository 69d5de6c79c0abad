"""Whether two statements give the same rows."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from cli.evaluate.gold_sql import is_ordered
from cli.evaluate.matching import same

_SECONDS, _MOST = 5.0, 20_000
_Rows = list[tuple[object, ...]]


class Rows:
    """Rows of databases of a folder; each statement is run once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[tuple[str, str], _Rows | None] = {}

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
            self._known[key] = _run(self._folder / database, sql)
        return self._known[key]


def _run(path: Path, sql: str) -> _Rows | None:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        end = time.monotonic() + _SECONDS
        connection.set_progress_handler(lambda: time.monotonic() > end, 20_000)
        try:
            rows = connection.execute(sql).fetchmany(_MOST + 1)
        except sqlite3.Error:
            return None
        return rows if len(rows) <= _MOST else None
