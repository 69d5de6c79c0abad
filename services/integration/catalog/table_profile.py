"""What the rows of one table show.

A small table is fetched whole and tallied here, so that all dialects count alike. Of a larger one a part of the rows
is fetched; of all its rows only the count is asked, ranges where a scan is affordable, whether what is named like a
key is one, and the values of columns that have few. What takes too long or isn't allowed is left unknown, not guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.integration.catalog.asking import TableAsker
from services.integration.catalog.dialects.port import Dialect
from services.integration.catalog.key_names import like_a_key
from services.integration.catalog.model import Column, ColumnType, Table
from services.integration.catalog.profile import RANGED, ProfileLimits, with_samples
from services.integration.catalog.reader import Reader
from services.integration.catalog.roles import default_time
from services.integration.catalog.sensitive import is_sensitive_value, looks_sensitive, values_look_sensitive
from services.integration.catalog.structure import Found
from services.integration.catalog.values import Seen, estimated_distinct, family_of, seen, span, untagged, written

_AGGREGATES_AT_ONCE = 100
_VALUES_AT_ONCE = 20
_RANGE_CHARACTERS = 64
_KEY_NAME = 0.5
_MOST_KEYS = 3
_FEWER = 20
_NO_TIME = 2
_UNREADABLE = frozenset({ColumnType.OTHER, ColumnType.JSON})


@dataclass(frozen=True, slots=True)
class Profiled:
    """A table with what its rows showed.

    looked_at: some of its rows were seen; whole: all. unique: columns proven to have neither a repeated nor a missing
    value.
    """

    found: Found
    table: Table
    whole: bool = False
    looked_at: bool = False
    unique: frozenset[str] = frozenset()


def unprofiled(found: Found) -> Profiled:
    """The table as the source describes it, for when there was no time to look."""
    columns = tuple(replace(column, sensitive=looks_sensitive(column.name)) for column in found.table.columns)
    return Profiled(found, replace(found.table, columns=columns, row_count=found.estimate or 0))


class TableProfiler:
    """Looks at one table by a Reader that nobody else uses meanwhile."""

    def __init__(self, reader: Reader, dialect: Dialect, found: Found, limits: ProfileLimits) -> None:
        self._dialect = dialect
        self._found = found
        self._limits = limits
        self._asker = TableAsker(reader, dialect, found, limits.statement_ms, limits.table_ms)

    async def profile(self) -> Profiled:
        """Raises SourceError only where the Reader can't be used any more."""
        table = self._found.table
        rows, exact = await self._count()
        wanted = max(1, min(self._limits.sampled_rows, self._limits.sampled_values // max(1, len(table.columns))))
        whole = exact and rows <= min(wanted, self._limits.exact_rows)
        columns = list(table.columns)
        if not whole and self._dialect.columnar:  # first, as these books are kept by column: nearly for nothing
            columns = await self._ranged(columns, rows)
        open_to_see = [c for c in columns if self._readable(c) and not looks_sensitive(c.name)]
        tallies = await self._tallies(open_to_see, rows, wanted)
        columns = [await self._settled(column, tallies.get(column.name), whole) for column in columns]
        columns = [self._counted(column, tallies.get(column.name), rows, whole) for column in columns]
        if whole:
            unique = {c.name for c in columns if (t := tallies.get(c.name)) and t.filled == rows == t.distinct}
            columns = [self._sampled(c, tallies.get(c.name), None) for c in columns]
            counts = await self._counts([c for c in columns if c.name not in tallies and self._readable(c)])
            columns = [replace(c, distinct_count=counts.get(c.name, c.distinct_count)) for c in columns]
            unique |= {name for name, distinct in counts.items() if distinct == rows}
        else:
            if not self._dialect.columnar:
                columns = await self._ranged(columns, rows)
            unique = await self._unique(columns, tallies, rows)
            listed = await self._listed(columns, tallies)
            columns = [self._sampled(c, tallies.get(c.name), listed.get(c.name, [])) for c in columns]
        table = replace(table, columns=tuple(columns), row_count=rows, row_count_exact=exact)
        looked_at = bool(tallies) or (exact and not rows)
        return Profiled(self._found, await self._dated(table), whole, looked_at, frozenset(unique))

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
        items = ", ".join(self._dialect.typed_value(c, name, cut) for c, name in zip(columns, names, strict=True))
        sample = self._dialect.sample(self._found, names, rows, wanted)
        found = await self._asker.rows(f"SELECT {items} FROM {sample} AS sampled")  # noqa: S608  quoted by us
        if found is None and self._asker.late:
            fewer = wanted // _FEWER
            return await self._tallies(columns, rows, fewer) if fewer and rows > wanted else {}
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
            column.name: seen([self._plain(column, value) for value in values])
            for column, values in zip(columns, by_column, strict=True)
        }

    def _plain(self, column: Column, value: Any) -> Any:
        if value is None:
            return None
        return untagged(str(value)) if self._dialect.by_values else written(str(value), column.type)

    async def _settled(self, column: Column, tally: Seen | None, whole: bool) -> Column:
        """The column with what its values alone tell: its family in SQLite, and whether they look personal."""
        if tally is not None and self._dialect.by_values:
            family = family_of(tally, column.type, column.native_type)
            if not whole and family in RANGED and str in tally.kinds:  # a date in each row, not in some of them alone
                (worst,) = await self._asker.aggregates([self._dialect.time_check(self._quoted(column))], 1)
                if worst == _NO_TIME:
                    family = ColumnType.TEXT
                elif worst and family is ColumnType.DATE:
                    family = ColumnType.TIMESTAMP
            column = replace(column, type=family)
        sensitive = looks_sensitive(column.name) or (tally is not None and values_look_sensitive(tally.counts))
        return replace(column, sensitive=True, min_value="", max_value="") if sensitive else column

    def _counted(self, column: Column, tally: Seen | None, rows: int, whole: bool) -> Column:
        """The column with its number of distinct values, and of a table fetched whole with its range."""
        if whole and tally is not None:
            column = replace(column, distinct_count=tally.distinct)
            return column if column.sensitive else self._with_range(column, *span(tally.counts, column.type))
        known = self._found.distinct.get(column.name, 0.0)
        if known:
            return replace(column, distinct_count=round(-known * rows if known < 0 else known))
        return replace(column, distinct_count=estimated_distinct(tally, rows)) if tally and tally.rows else column

    def _with_range(self, column: Column, low: str, high: str) -> Column:
        kept = max(len(low), len(high)) <= _RANGE_CHARACTERS
        return replace(column, min_value=low, max_value=high) if kept else column

    async def _ranged(self, columns: list[Column], rows: int) -> list[Column]:
        """The columns with their ranges over all rows, where one scan gives them in time."""
        if rows > self._limits.exact_rows and not self._dialect.columnar:
            return columns
        ranged = [c for c in columns if c.type in RANGED and not c.sensitive and not looks_sensitive(c.name)]
        items = [self._item(c, end) for c in ranged for end in ("min", "max")]
        found = await self._asker.aggregates(items, _AGGREGATES_AT_ONCE)
        texts = ["" if value is None else str(value) for value in found]
        ranges = {c.name: (low, high) for c, low, high in zip(ranged, texts[::2], texts[1::2], strict=True)}
        return [
            self._with_range(c, *(written(text, c.type) for text in ranges[c.name])) if c.name in ranges else c
            for c in columns
        ]

    async def _counts(self, columns: Sequence[Column]) -> dict[str, int]:
        """Numbers of distinct values of columns that aren't fetched."""
        items = [f"count(DISTINCT {self._quoted(column)})" for column in columns]
        found = await self._asker.aggregates(items, _AGGREGATES_AT_ONCE)
        return {c.name: int(value) for c, value in zip(columns, found, strict=True) if value is not None}

    async def _unique(self, columns: Sequence[Column], tallies: Mapping[str, Seen], rows: int) -> set[str]:
        """Of the columns that are named like the table's key those that are one."""
        named = sorted(
            (-like_a_key(column.name, self._found.table.name), place, column)
            for place, column in enumerate(columns)
            if (t := tallies.get(column.name)) and t.rows and t.rows == t.filled == t.distinct
        )
        unique = set()
        for score, _, column in named[:_MOST_KEYS]:
            if -score >= _KEY_NAME and (column.name,) != self._found.table.primary_key:
                name = self._quoted(column)
                count, distinct = await self._asker.aggregates(["count(*)", f"count(DISTINCT {name})"], 2)
                if count is not None and count == distinct:
                    unique.add(column.name)
        return unique

    async def _listed(self, columns: Sequence[Column], tallies: Mapping[str, Seen]) -> dict[str, list[str]]:
        """All distinct values of those text columns of a large table that have few."""
        most, cut = self._limits.complete_values, self._limits.value_characters + 1
        few = [
            column
            for column in columns
            if self._shown(column, tallies.get(column.name)) and 0 < (column.distinct_count or 0) <= most
        ]
        found: dict[str, list[str]] = {}
        for start in range(0, len(few), _VALUES_AT_ONCE):
            part = few[start : start + _VALUES_AT_ONCE]
            selects = [
                f"SELECT {number} AS n, {self._dialect.value(column, 'v', cut)} AS v FROM "  # noqa: S608  quoted by us
                f"(SELECT DISTINCT {self._quoted(column)} AS v FROM {self._dialect.relation(self._found)} "
                f"LIMIT {most + 2}) AS d{number} WHERE v IS NOT NULL"
                for number, column in enumerate(part)
            ]
            for number, value in await self._asker.rows(" UNION ALL ".join(selects)) or ():
                found.setdefault(part[int(number)].name, []).append(str(value))
        return found

    def _shown(self, column: Column, tally: Seen | None) -> bool:
        """Whether the column's values may be shown: text of no person's, and no prose."""
        if column.type is not ColumnType.TEXT or column.sensitive or tally is None:
            return False
        return all(len(value) <= self._limits.value_characters for value in tally.counts)

    def _sampled(self, column: Column, tally: Seen | None, listed: Sequence[str] | None) -> Column:
        """The column with samples: listed are all its values if there are any, None if the tally has them all."""
        if not self._shown(column, tally) or tally is None:
            return column
        values = listed or list(tally.counts)
        if listed:
            column = replace(column, distinct_count=len(listed))
        complete = (listed is None or bool(listed)) and len(values) <= self._limits.complete_values
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
            (found,) = await self._asker.aggregates([self._item(column, "max")], 1)
            latest = written(str(found), column.type) if found is not None else ""
        return replace(table, default_time_column=name, latest_time=latest)

    def _item(self, column: Column, aggregate: str) -> str:
        return self._dialect.value(column, f"{aggregate}({self._quoted(column)})", _RANGE_CHARACTERS)

    def _quoted(self, column: Column) -> str:
        return self._dialect.quoted(column.name)
