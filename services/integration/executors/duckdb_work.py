"""Inside a worker: DuckDB over the Parquet files of one source, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pyarrow as pa

from services.integration.executors.confined_results import limited
from services.integration.executors.duckdb_failures import told
from services.integration.executors.duckdb_results import batches

_CONFIGURATION: dict[str, Any] = {
    # No thread before the worker is confined, and none that would be lost when it is forked.
    "threads": 1,
    "async_threads": 0,
    "temp_directory": "",
    "max_temp_directory_size": "0B",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "python_enable_replacements": False,
}
# Opened before any worker is forked, which takes 15 ms; the one query of each worker has it for itself.
_opened: list[duckdb.DuckDBPyConnection] = []
_EXERCISE = """
    SELECT n % 2 AS a, count(*) AS b, sum(n)::DECIMAL(9,2) AS c, max(n::VARCHAR) AS d, avg(0.5::FLOAT) AS e,
           min(DATE '2000-01-01' + n::INTEGER) AS f
      FROM exercise WHERE n >= 0 GROUP BY 1 ORDER BY 2 DESC LIMIT 3
"""


def warm_up() -> None:
    """Once, in the zygote: an empty database in memory, with what a first query makes DuckDB and pyarrow load."""
    connection = duckdb.connect(":memory:", config=_CONFIGURATION)
    connection.execute("SET TimeZone = 'UTC'")
    _opened.append(connection)
    wake_up()


def wake_up() -> None:
    """In each worker while it waits for work: memory that a first query touches becomes its own, which takes 5 ms."""
    for connection in _opened:
        connection.execute("CREATE OR REPLACE TEMP VIEW exercise AS SELECT range AS n FROM range(3)")
        for batch in batches(connection, _EXERCISE):
            batch.validate()
        connection.execute("DROP VIEW exercise")


def query(arguments: dict[str, Any]) -> Iterator[Any]:
    """One guarded query: batches, then whether it was cut."""
    with told():
        connection = _open(arguments)
        found = batches(connection, arguments["sql"], arguments["parameters"])
        yield from limited(found, max_rows=arguments["max_rows"], max_bytes=arguments["max_bytes"])


def catalog(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], Iterator[pa.RecordBatch]]:
    """Statements of our own, one after the other."""
    with told():
        connection = _open(arguments)

    def reply(request: dict[str, Any]) -> Iterator[Any]:
        with told():
            found = batches(connection, request["sql"], ())
            yield from limited(found, max_rows=request["max_rows"], max_bytes=request["max_bytes"])

    return reply


def _open(arguments: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """The database with a view for each file; from then on it can be neither reconfigured nor led elsewhere."""
    if not _opened:
        warm_up()
    connection = _opened.pop()
    tables: dict[str, str] = arguments["tables"]
    connection.execute(
        f"SET memory_limit = '{int(arguments['memory_bytes'])}B'; SET threads = {int(arguments['threads'])};"
        f"SET allowed_paths = [{', '.join(map(_text, tables.values()))}];"
        "SET enable_external_access = false; SET lock_configuration = true"
    )
    for name, path in tables.items():
        connection.execute(f"CREATE VIEW main.{_name(name)} AS SELECT * FROM read_parquet({_text(path)})")  # noqa: S608
    return connection


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
