"""Guarded queries over a SQLite file, whose tables are of the schema "main"."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from services.integration.boundary.model import GuardedQuery, Limits
from services.integration.executors.confined import ConfinedExecutor
from services.integration.workers import Work, Workers, WorkLimits

ADDRESS_SPACE_BYTES = 2048 * 1024 * 1024


class SqliteExecutor(ConfinedExecutor):
    """See port.Executor. `path` is the file, which nobody changes any more."""

    def __init__(self, workers: Workers, path: Path) -> None:
        self._path = path
        super().__init__(workers, self._work)

    def _work(self, query: GuardedQuery, limits: Limits) -> Work:
        seconds = limits.statement_timeout_ms / 1000
        return Work(
            "services.integration.executors.sqlite_work:query",
            work_arguments(self._path)
            | {
                "sql": query.sql,
                "parameters": list(query.parameters),
                "max_rows": query.max_rows,
                "max_bytes": limits.max_bytes,
                "seconds": seconds,
            },
            readable=(self._path,),
            limits=WorkLimits(
                address_space_bytes=ADDRESS_SPACE_BYTES, cpu_seconds=int(seconds) + 1, wall_seconds=seconds
            ),
        )


def work_arguments(path: Path) -> dict[str, Any]:
    """What every work in SQLite is told."""
    return {"path": str(path.absolute())}
