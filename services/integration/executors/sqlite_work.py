"""Inside a worker: one SQLite file, read only, in which nothing but SELECT can be said."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from services.integration.executors.confined_results import limited
from services.integration.executors.sqlite_failures import told
from services.integration.executors.sqlite_results import batches

_INSTRUCTIONS_BETWEEN_LOOKS = 50_000
# Of one value, of a statement, of what a statement nests and joins; SQLite's own are up to a gigabyte.
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 64 * 1024 * 1024,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1024 * 1024,
    sqlite3.SQLITE_LIMIT_COLUMN: 32_767,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 1000,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 500,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_DENIED_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"})
_READING_PRAGMAS = frozenset(
    {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list"}
)
_READS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
# Asked for where a table-valued pragma is read: its own declaration, which touches no table of the file.
_DECLARES_PRAGMA = sqlite3.SQLITE_UPDATE
_VIEW = "asked"


def warm_up() -> None:
    """Once, in the zygote: what a first query makes sqlite3 and pyarrow load."""
    wake_up()


def wake_up() -> None:
    """In each worker while it waits for work, as that makes the memory its own."""
    connection = sqlite3.connect(":memory:")
    list(batches(connection, "SELECT 1 AS a, 'x' AS b, 0.5 AS c, x'00' AS d, NULL AS e", (), ("",) * 5))
    connection.close()


def query(arguments: dict[str, Any]) -> Iterator[Any]:
    """One guarded query: batches, then whether it was cut."""
    with told():
        connection = _open(arguments)
        _end_after(connection, arguments["seconds"])
        sql, parameters = arguments["sql"], arguments["parameters"]
        found = batches(connection, sql, parameters, _declared(connection, sql))
        yield from limited(found, max_rows=arguments["max_rows"], max_bytes=arguments["max_bytes"])


def catalog(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], Iterator[Any]]:
    """Statements of our own, one after the other."""
    with told():
        connection = _open(arguments)
        connection.set_authorizer(_reading)

    def reply(request: dict[str, Any]) -> Iterator[Any]:
        with told():
            _end_after(connection, request["seconds"])
            found = batches(connection, request["sql"], (), ())
            yield from limited(found, max_rows=request["max_rows"], max_bytes=request["max_bytes"])

    return reply


def opened(arguments: dict[str, Any]) -> sqlite3.Connection:
    """The file, for whoever runs several queries over it in one worker. Raises Refused."""
    with told():
        connection = _open(arguments)
        connection.execute("PRAGMA query_only = ON")
        connection.set_authorizer(_selecting)
        return connection


def _open(arguments: dict[str, Any]) -> sqlite3.Connection:
    name = f"file:{quote(arguments['path'])}?mode=ro&immutable=1"
    connection = sqlite3.connect(name, uri=True, isolation_level=None, cached_statements=0)
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _declared(connection: sqlite3.Connection, sql: str) -> Sequence[str]:
    """The declared type of each column of the result that is a column of a table, "" of the others.

    A temporary view of the query knows them. From here on the connection can do nothing but read.
    """
    try:
        connection.execute(f"CREATE TEMP VIEW {_VIEW} AS {sql}")
        found = connection.execute(f"PRAGMA temp.table_xinfo({_VIEW})").fetchall()
        connection.execute(f"DROP VIEW temp.{_VIEW}")
    except (sqlite3.Error, sqlite3.Warning):  # what is wrong with the query is told when it is run
        found = []
    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(_selecting)
    return [declared for _, _, declared, *_ in found]


def _end_after(connection: sqlite3.Connection, seconds: float) -> None:
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, _INSTRUCTIONS_BETWEEN_LOOKS)


def _selecting(action: int, first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if (second or "").lower() in _DENIED_FUNCTIONS else sqlite3.SQLITE_OK
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY


def _reading(action: int, first: str | None, second: str | None, database: str | None, by: str | None) -> int:
    """For our own statements: what pragmas tell of the file, too."""
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if (first or "").lower() in _READING_PRAGMAS else sqlite3.SQLITE_DENY
    if action == _DECLARES_PRAGMA and first == "sqlite_master":
        return sqlite3.SQLITE_OK
    return _selecting(action, first, second, database, by)
