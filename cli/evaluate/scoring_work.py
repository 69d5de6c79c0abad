"""Inside a worker: SQL of predictions and of the gold over one SQLite file, and whether their rows are the same.

The rows themselves stay here.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cli.evaluate.gold_sql import as_of, is_ordered
from cli.evaluate.matching import same
from services.integration.executors import sqlite_work

MOST_ROWS = 200_000
_INSTRUCTIONS_BETWEEN_LOOKS = 20_000

Rows = Sequence[Sequence[object]]


class _NoRows(Exception):
    """Why a statement gives none."""


def judge(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], Iterator[dict[str, Any]]]:
    """A judge of predictions over the file at `path`.

    Each request has the prediction's `sql`, `gold` (statements of which any is right), `now` ("" for the clock's),
    `seconds` for the prediction's statement and `gold_seconds` for each of the gold's. The answer is `right` and
    `problem`: "" or why there was nothing to compare.
    """
    connection = sqlite_work.opened(arguments)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    known: dict[tuple[str, str], Rows | str] = {}

    def gold_rows(sql: str, request: dict[str, Any]) -> Rows | str:
        key = sql, request["now"]
        if key not in known:
            try:
                known[key] = _rows(connection, as_of(sql, request["now"]), request["gold_seconds"])
            except _NoRows as none:
                known[key] = f"the gold's SQL: {none}"
        return known[key]

    def reply(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        expected = [(is_ordered(sql), gold_rows(sql, request)) for sql in request["gold"]]
        wrong = next((found for _, found in expected if isinstance(found, str)), "")
        try:
            given = _rows(connection, as_of(request["sql"], request["now"]), request["seconds"])
        except _NoRows as none:
            yield {"right": False, "problem": str(none)}
            return
        right = any(not isinstance(rows, str) and same(rows, given, ordered=ordered) for ordered, rows in expected)
        yield {"right": right, "problem": "" if right else wrong}

    return reply


def _rows(connection: sqlite3.Connection, sql: str, seconds: float) -> Rows:
    """Raises _NoRows; its text is of a closed set: SQLite's own quotes data."""
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, _INSTRUCTIONS_BETWEEN_LOOKS)
    try:
        cursor = connection.execute(sql.strip().rstrip(";").strip())
        if cursor.description is None:
            raise _NoRows("no result")
        rows = cursor.fetchmany(MOST_ROWS + 1)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        late = getattr(error, "sqlite_errorname", "").startswith("SQLITE_INTERRUPT")
        raise _NoRows("takes too long" if late else "fails") from None
    if len(rows) > MOST_ROWS:
        raise _NoRows("too many rows")
    return rows
