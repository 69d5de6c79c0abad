"""Guarded queries over Parquet files, seen as tables of the schema "main"."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.integration.boundary.model import GuardedQuery, Limits
from services.integration.executors.confined import ConfinedExecutor
from services.integration.workers import Work, Workers, WorkLimits

MIB = 1024 * 1024
SCHEMA = "main"
THREADS = 2
# What DuckDB itself holds to; the address space, which the kernel holds, must be wider: libraries and stacks count.
MEMORY_BYTES = 1024 * MIB
ADDRESS_SPACE_BYTES = 4096 * MIB


class DuckdbExecutor(ConfinedExecutor):
    """See port.Executor. `tables` are Parquet files by the table's name."""

    def __init__(self, workers: Workers, tables: Mapping[str, Path]) -> None:
        self._tables = dict(tables)
        super().__init__(workers, self._work)

    def _work(self, query: GuardedQuery, limits: Limits) -> Work:
        # A view costs reading its file's footer: only those that the query names, where it says so.
        named = {name: path for name, path in self._tables.items() if f"{SCHEMA}.{name}" in query.tables}
        tables = named if query.tables else self._tables
        seconds = limits.statement_timeout_ms / 1000
        return Work(
            "services.integration.executors.duckdb_work:query",
            work_arguments(tables)
            | {
                "sql": query.sql,
                "parameters": list(query.parameters),
                "max_rows": query.max_rows,
                "max_bytes": limits.max_bytes,
            },
            readable=tuple(tables.values()),
            limits=WorkLimits(
                address_space_bytes=ADDRESS_SPACE_BYTES,
                cpu_seconds=int(seconds * THREADS) + 1,
                wall_seconds=seconds,
            ),
        )


def work_arguments(tables: Mapping[str, Path]) -> dict[str, Any]:
    """What every work in DuckDB is told."""
    return {
        "tables": {name: str(path.absolute()) for name, path in tables.items()},
        "memory_bytes": MEMORY_BYTES,
        "threads": THREADS,
    }
