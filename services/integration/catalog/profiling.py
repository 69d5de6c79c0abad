"""What the rows of a source's tables show: how many there are, their ranges, distinct values and samples.

Small tables are fetched whole and tallied here, so that all dialects count alike. Of larger ones a part of the rows is
fetched, and only what a scan shares between columns is asked of all. What takes too long or isn't allowed is left
unknown, not guessed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.integration.catalog.asking import TableAsker
from services.integration.catalog.dialects.port import Dialect
from services.integration.catalog.model import Column, ColumnType, Table
from services.integration.catalog.profile import RANGED, ProfileLimits, with_samples
from services.integration.catalog.reader import Dial, Reader
from services.integration.catalog.roles import default_time
from services.integration.catalog.sensitive import is_sensitive_value, looks_sensitive, values_look_sensitive
from services.integration.catalog.structure import Found
from services.integration.catalog.values import Seen, estimated_distinct, family_of, seen, span, written

_AGGREGATES_AT_ONCE = 100
_VALUES_AT_ONCE = 20
_RANGE_CHARACTERS = 64
_UNREADABLE = frozenset({ColumnType.OTHER, ColumnType.JSON})


@dataclass(frozen=True, slots=True)
class Profiled:
    """A table with what its rows showed. whole: every row was looked at. unique: columns without a repeated or a
    missing value, as far as was measured: complete only for tables read whole."""

    found: Found
    table: Table
    whole: bool = False
    looked_at: bool = False
    unique: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Measured:
    """Over all rows, by column: how many have a value, about how many distinct ones, the range."""

    filled: dict[str, int] = field(default_factory=dict)
    distinct: dict[str, int] = field(default_factory=dict)
    ranges: dict[str, tuple[str, str]] = field(default_factory=dict)


async def profile(
    tables: Sequence[Found], dialect: Dialect, dial: Dial, limits: ProfileLimits, done: Callable[[int], None]
) -> list[Profiled]:
    """The tables with what their data showed. Raises only what `dial` raises, or a Reader that broke off."""
    results: dict[int, Profiled] = {}
    waiting = list(enumerate(tables))[::-1]

    async def work() -> None:
        reader = await dial()
        try:
            while waiting:
                index, found = waiting.pop()
                results[index] = await _TableProfiler(reader, dialect, found, limits).profile()
                done(len(results))
        finally:
            await reader.close()

    try:
        async with asyncio.timeout(limits.total_seconds), asyncio.TaskGroup() as group:
            for _ in range(min(limits.connections, dialect.readers, len(waiting))):
                group.create_task(work())
    except TimeoutError:  # what is known by now counts
        pass
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [results.get(index, _unprofiled(found)) for index, found in enumerate(tables)]


def _unprofiled(found: Found) -> Profiled:
    columns = tuple(replace(column, sensitive=looks_sensitive(column.name)) for column in found.table.columns)
    return Profiled(found, replace(found.table, columns=columns, row_count=found.estimate or 0))


class _TableProfiler:
    def __init__(self, reader: Reader, dialect: Dialect, found: Found, limits: ProfileLimits) -> None:
        self._dialect = dialect
        self._found = found
        self._limits = limits
        self._asker = TableAsker(reader, dialect, found, limits.statement_ms, limits.table_ms)

    async def profile(self) -> Profiled:
        table = self._found.table
        rows, exact = await self._count()
        wanted = max(1, min(self._limits.sampled_rows, self._limits.sampled_values // max(1, len(table.columns))))
        whole = exact and rows <= min(wanted, self._limits.exact_rows)
        open_to_see = [c for c in table.columns if self._readable(c) and not looks_sensitive(c.name)]
        tallies = await self._tallies(open_to_see, rows, wanted)
        columns = {c.name: await self._settled(c, tallies.get(c.name), whole) for c in table.columns}
        measured = await self._measured(list(columns.values()), tallies, rows, whole)
        listed = {} if whole else await self._listed(list(columns.values()), tallies, measured, rows)
        for name, column in columns.items():
            tally = tallies.get(name)
            column = self._counted(column, tally, measured, rows, whole)
            columns[name] = self._sampled(column, tally, listed.get(name), whole)
        table = replace(table, columns=tuple(columns.values()), row_count=rows, row_count_exact=exact)
        table = await self._dated(table)
        complete = {n for n, t in tallies.items() if whole and t.filled == t.rows} | {
            n for n, filled in measured.filled.items() if exact and filled == rows
        }
        unique = frozenset(c.name for c in table.columns if c.name in complete and whole and c.distinct_count == rows)
        return Profiled(self._found, table, whole, tallies != {} or not rows, unique, frozenset(complete))

    def _readable(self, column: Column) -> bool:
        # What has no declared type in SQLite is known by its values alone.
        return column.type not in _UNREADABLE or (self._dialect.by_values and not column.native_type)

    async def _count(self) -> tuple[int, bool]:
        estimate = self._found.estimate
        if self._found.exact and estimate is not None:
            return estimate, True
        if (estimate or 0) > self._limits.exact_rows:
            return estimate or 0, False
        (count,) = await self._asker.aggregates(["count(*)"], 1)
        return (int(count), True) if count is not None else (estimate or 0, False)

    async def _tallies(self, columns: Sequence[Column], rows: int, wanted: int) -> dict[str, Seen]:
        """The values of a part of the rows, each no longer than shows that it is too long to be kept."""
        if not columns:
            return {}
        cut = self._limits.value_characters + 1
        names = [self._dialect.quoted(column.name) for column in columns]
        items = ", ".join(self._dialect.value(c, name, cut) for c, name in zip(columns, names, strict=True))
        sample = self._dialect.sample(self._found, names, rows, wanted)
        found = await self._asker.rows(f"SELECT {items} FROM {sample} AS sampled")  # noqa: S608  quoted by us
        if found is None:
            if len(columns) == 1:
                return {}
            middle = len(columns) // 2  # one column that can't be read must not cost the others their values
            return {
                **await self._tallies(columns[:middle], rows, wanted),
                **await self._tallies(columns[middle:], rows, wanted),
            }
        by_column = zip(*found, strict=True) if found else [()] * len(columns)
        return {
            column.name: seen([written(v, column.type) if isinstance(v, str) else v for v in values])
            for column, values in zip(columns, by_column, strict=True)
        }

    async def _settled(self, column: Column, tally: Seen | None, whole: bool) -> Column:
        """The column with what its values alone tell: its family in SQLite, and whether they look personal."""
        if tally is not None and self._dialect.by_values:
            family = family_of(tally, column.type, column.native_type)
            if not whole and family is not column.type and family in RANGED and str in tally.kinds:
                check = self._dialect.time_check(self._dialect.quoted(column.name))
                (failed,) = await self._asker.aggregates([check], 1)
                family = ColumnType.TEXT if failed else family
            column = replace(column, type=family)
        sensitive = looks_sensitive(column.name) or (tally is not None and values_look_sensitive(tally.counts))
        return replace(column, sensitive=sensitive)

    async def _measured(
        self, columns: Sequence[Column], tallies: Mapping[str, Seen], rows: int, whole: bool
    ) -> _Measured:
        """What a scan of all rows gives: of small tables for what wasn't fetched, of large ones where that is cheap."""
        measured = _Measured()
        if whole:
            hidden = [c for c in columns if c.name not in tallies and self._readable(c)]
            names = [self._dialect.quoted(c.name) for c in hidden]
            items = [item for name in names for item in (f"count({name})", f"count(DISTINCT {name})")]
            counts = await self._asker.aggregates(items, _AGGREGATES_AT_ONCE)
            for column, filled, distinct in zip(hidden, counts[::2], counts[1::2], strict=True):
                if filled is not None and distinct is not None:
                    measured.filled[column.name], measured.distinct[column.name] = int(filled), int(distinct)
            return measured
        if rows > self._limits.exact_rows and not self._dialect.columnar:
            return measured
        items, takers = [], []
        for column in columns:
            if self._readable(column):
                for taker, item in self._wanted(column, measured):
                    takers.append((taker, column))
                    items.append(item)
        found = await self._asker.aggregates(items, _AGGREGATES_AT_ONCE)
        for (taker, column), value in zip(takers, found, strict=True):
            if value is not None:
                taker(column, value)
        return measured

    def _wanted(self, column: Column, measured: _Measured) -> list[tuple[Callable[[Column, object], None], str]]:
        name = self._dialect.quoted(column.name)

        def filled(of: Column, value: object) -> None:
            measured.filled[of.name] = int(str(value))

        def distinct(of: Column, value: object) -> None:
            measured.distinct[of.name] = int(str(value))

        def low(of: Column, value: object) -> None:
            measured.ranges[of.name] = (written(str(value), of.type), "")

        def high(of: Column, value: object) -> None:
            measured.ranges[of.name] = (measured.ranges.get(of.name, ("", ""))[0], written(str(value), of.type))

        wanted: list[tuple[Callable[[Column, object], None], str]] = [(filled, f"count({name})")]
        if column.type in RANGED and not column.sensitive:
            wanted.append((low, self._dialect.value(column, f"min({name})", _RANGE_CHARACTERS)))
            wanted.append((high, self._dialect.value(column, f"max({name})", _RANGE_CHARACTERS)))
        if approximate := self._dialect.approximate_distinct(name):
            wanted.append((distinct, approximate))
        return wanted

    def _distinct(self, column: Column, tally: Seen | None, measured: _Measured, rows: int) -> int | None:
        known = self._found.distinct.get(column.name, 0.0)
        if known:
            return round(-known * rows if known < 0 else known)
        if column.name in measured.distinct:
            filled = measured.filled.get(column.name, rows)
            return min(measured.distinct[column.name], filled)
        return estimated_distinct(tally, rows) if tally is not None and tally.rows else None

    def _counted(self, column: Column, tally: Seen | None, measured: _Measured, rows: int, whole: bool) -> Column:
        if whole and tally is not None:
            low, high = ("", "") if column.sensitive else span(tally.counts, column.type)
            column = replace(column, distinct_count=tally.distinct)
        else:
            low, high = measured.ranges.get(column.name, ("", ""))
            column = replace(column, distinct_count=self._distinct(column, tally, measured, rows))
        kept = max(len(low), len(high)) <= _RANGE_CHARACTERS
        return replace(column, min_value=low, max_value=high) if kept else column

    async def _listed(
        self, columns: Sequence[Column], tallies: Mapping[str, Seen], measured: _Measured, rows: int
    ) -> dict[str, list[str]]:
        """All distinct values of those text columns of a large table that have few."""
        most = self._limits.complete_values
        few = []
        for column in columns:
            distinct = self._distinct(column, tallies.get(column.name), measured, rows)
            if self._samples(column, tallies.get(column.name)) and distinct is not None and 0 < distinct <= most:
                few.append(column)
        found: dict[str, list[str]] = {}
        for start in range(0, len(few), _VALUES_AT_ONCE):
            part = few[start : start + _VALUES_AT_ONCE]
            selects = [
                f"SELECT {number} AS n, {self._dialect.value(column, 'v', self._limits.value_characters + 1)} AS v "  # noqa: S608
                f"FROM (SELECT DISTINCT {self._dialect.quoted(column.name)} AS v FROM "
                f"{self._dialect.relation(self._found)} LIMIT {most + 2}) AS d{number} WHERE v IS NOT NULL"
                for number, column in enumerate(part)
            ]
            for number, value in await self._asker.rows(" UNION ALL ".join(selects)) or ():
                found.setdefault(part[int(number)].name, []).append(str(value))
        return found

    def _samples(self, column: Column, tally: Seen | None) -> bool:
        """Whether the column's values may be shown: text of no person's, and no prose."""
        if column.type is not ColumnType.TEXT or column.sensitive or tally is None:
            return False
        return all(len(value) <= self._limits.value_characters for value in tally.counts)

    def _sampled(self, column: Column, tally: Seen | None, listed: list[str] | None, whole: bool) -> Column:
        if not self._samples(column, tally) or tally is None:
            return column
        if listed is not None:
            column = replace(column, distinct_count=len(listed))
        values = listed if listed is not None else list(tally.counts)
        complete = (whole or listed is not None) and len(values) <= self._limits.complete_values
        shown = [value for value in values if not is_sensitive_value(value)]
        return with_samples(column, shown, complete=complete and len(shown) == len(values), limits=self._limits)

    async def _dated(self, table: Table) -> Table:
        """The table with its default time column, and the newest moment in it."""
        name = default_time(table)
        column = next((c for c in table.columns if c.name == name), None)
        if column is None or column.sensitive:
            return replace(table, default_time_column=name)
        latest = column.max_value
        if not latest and table.row_count:
            item = self._dialect.value(column, f"max({self._dialect.quoted(name)})", _RANGE_CHARACTERS)
            (found,) = await self._asker.aggregates([item], 1)
            latest = written(str(found), column.type) if found is not None else ""
        return replace(table, default_time_column=name, latest_time=latest)
