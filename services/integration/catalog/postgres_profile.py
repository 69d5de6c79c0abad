"""Row counts, value ranges and distinct values of a PostgreSQL source's tables, within limits of time.

Small tables are read whole. Of large ones a sample of pages is read, and the planner's own statistics are believed.
What takes too long or isn't allowed is left unknown, not guessed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import asyncpg

from services.integration.catalog.model import Column, ColumnType, Table
from services.integration.catalog.postgres_structure import Connection, Structure
from services.integration.catalog.profile import RANGED, ProfileLimits, bounded, with_samples
from services.integration.catalog.sensitive import looks_sensitive
from services.integration.executors.postgres import SETTINGS

_LONG_TEXT_WIDTH = 200
_COLUMNS_AT_ONCE = 40
_RANGE_CHARACTERS = 64
_STATISTICS = """
SELECT attname::text AS name, n_distinct::float8 AS distinct_values, avg_width AS width
  FROM pg_catalog.pg_stats WHERE schemaname = $1 AND tablename = $2
"""


@dataclass(frozen=True, slots=True)
class _Statistics:
    distinct: float = 0.0
    width: int = 0


async def profile(
    structure: Structure, connect: Callable[[], Awaitable[Connection]], limits: ProfileLimits
) -> tuple[Table, ...]:
    """The structure's tables with what their data showed. Raises only what `connect` raises."""
    results: dict[int, Table] = {}
    waiting = list(enumerate(structure.tables))[::-1]

    async def work() -> None:
        connection = await connect()
        try:
            while waiting:
                index, table = waiting.pop()
                key = (table.schema, table.name)
                profiler = _TableProfiler(connection, limits, structure.kinds[key], structure.estimates[key])
                results[index] = await profiler.profile(table)
        finally:
            await _close(connection)

    try:
        async with asyncio.timeout(limits.total_seconds), asyncio.TaskGroup() as group:
            for _ in range(min(limits.connections, len(waiting))):
                group.create_task(work())
    except TimeoutError:  # what is known by now counts
        pass
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    tables = [results.get(i, _unprofiled(table, structure)) for i, table in enumerate(structure.tables)]
    return bounded(tables, limits)


def _unprofiled(table: Table, structure: Structure) -> Table:
    return replace(table, row_count=structure.estimates[table.schema, table.name] or 0)


async def _close(connection: Connection) -> None:
    try:
        await connection.close(timeout=2)
    except BaseException:
        connection.terminate()
        raise


class _TableProfiler:
    def __init__(self, connection: Connection, limits: ProfileLimits, kind: str, estimate: int | None) -> None:
        self._connection = connection
        self._limits = limits
        self._kind = kind
        self._estimate = estimate

    async def profile(self, table: Table) -> Table:
        statistics = {
            row["name"]: _Statistics(row["distinct_values"] or 0.0, row["width"] or 0)
            for row in await self._rows(_STATISTICS, table.schema, table.name) or []
        }
        name = f"{_quoted(table.schema)}.{_quoted(table.name)}"
        count = await self._count(name)
        whole = count is not None and count <= self._limits.exact_rows
        rows = count if count is not None else self._estimate or 0
        columns = list(table.columns)
        if whole:
            columns = await self._ranges(name, columns)
        for index, column in enumerate(columns):
            known = statistics.get(column.name, _Statistics())
            columns[index] = await self._distinct(name, column, known, rows, whole)
        return replace(table, columns=tuple(columns), row_count=rows, row_count_exact=count is not None)

    async def _count(self, name: str) -> int | None:
        if (self._estimate or 0) > self._limits.exact_rows:
            return None
        found = await self._rows(f"SELECT count(*) AS n FROM {name}")  # noqa: S608  quoted by us
        return int(found[0]["n"]) if found else None

    async def _ranges(self, name: str, columns: list[Column]) -> list[Column]:
        ranged = [i for i, c in enumerate(columns) if c.type in RANGED and not looks_sensitive(c.name)]
        for start in range(0, len(ranged), _COLUMNS_AT_ONCE):
            part = ranged[start : start + _COLUMNS_AT_ONCE]
            names = {i: _quoted(columns[i].name) for i in part}
            items = ", ".join(f"min({names[i]})::text AS l{i}, max({names[i]})::text AS h{i}" for i in part)
            for row in await self._rows(f"SELECT {items} FROM {name}") or ():  # noqa: S608  quoted by us
                for i in part:
                    low, high = row[f"l{i}"] or "", row[f"h{i}"] or ""
                    if max(len(low), len(high)) <= _RANGE_CHARACTERS:
                        columns[i] = replace(columns[i], min_value=low, max_value=high)
        return columns

    async def _distinct(self, name: str, column: Column, known: _Statistics, rows: int, whole: bool) -> Column:
        estimate = -known.distinct * rows if known.distinct < 0 else known.distinct
        if estimate:
            column = replace(column, distinct_count=round(estimate))
        if column.type is not ColumnType.TEXT or looks_sensitive(column.name) or known.width > _LONG_TEXT_WIDTH:
            return column
        most = self._limits.complete_values
        if whole or 0 < estimate <= most:
            found = await self._values(column, name, most + 1)
            if found is not None and len(found) <= most:
                column = replace(column, distinct_count=len(found))
                return with_samples(column, found, complete=True, limits=self._limits)
        else:
            found = await self._sampled(name, column, rows)
        return with_samples(column, found or (), complete=False, limits=self._limits)

    async def _sampled(self, name: str, column: Column, rows: int) -> Sequence[str] | None:
        if self._kind not in "rmp" or not rows:
            return None
        percent = min(100.0, 100.0 * self._limits.sampled_rows / rows)
        return await self._values(column, f"{name} TABLESAMPLE SYSTEM ({percent:.6f})", self._limits.some_values)

    async def _values(self, column: Column, relation: str, most: int) -> Sequence[str] | None:
        # One character more than is kept shows a long text without fetching it.
        cut = self._limits.value_characters + 1
        distinct = f"SELECT DISTINCT {_quoted(column.name)}::text AS v FROM {relation}"  # noqa: S608  quoted by us
        found = await self._rows(
            f"SELECT left(v, {cut}) AS v FROM ({distinct}) AS d WHERE v IS NOT NULL LIMIT {most}"  # noqa: S608
        )
        return None if found is None else [row["v"] for row in found]

    async def _rows(self, sql: str, *arguments: Any) -> Sequence[Any] | None:
        """None where the source refuses or takes too long: that much stays unknown."""
        settings = SETTINGS.format(statement_timeout_ms=self._limits.statement_ms)
        try:
            await self._connection.execute("BEGIN READ ONLY;" + settings)
            found: Sequence[Any] = await self._connection.fetch(sql, *arguments)
        except asyncpg.PostgresError:
            found_none = True
        else:
            found_none = False
        await self._connection.execute("ROLLBACK")
        return None if found_none else found


def _quoted(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'
