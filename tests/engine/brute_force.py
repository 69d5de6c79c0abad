"""What a query asks, worked out row by row in plain Python: nothing here knows of joins, SQL or the engine's paths.

Only for schemas whose keys form a tree, so that there is one way between two tables, and for queries without roles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from services.ml_gateway.engine.model import Catalog, ColumnKey, TableKey
from services.ml_gateway.engine.periods import floor
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Bucket,
    Change,
    Compare,
    Condition,
    Each,
    Either,
    Exists,
    Expression,
    Field,
    Function,
    Not,
    Query,
    Rows,
    Running,
    Share,
)
from services.ml_gateway.engine.reading import Grain, Operator

Row = Mapping[str, object]
Data = Mapping[TableKey, Sequence[Row]]
# The row of each table that is looked at together; None where a key points to nothing.
Together = Mapping[TableKey, Row | None]
_COMPARE: dict[Operator, Callable[[object, object], bool]] = {
    Operator.EQUAL: lambda a, b: a == b,
    Operator.GREATER: lambda a, b: a > b,  # type: ignore[operator]
    Operator.AT_LEAST: lambda a, b: a >= b,  # type: ignore[operator]
    Operator.LESS: lambda a, b: a < b,  # type: ignore[operator]
    Operator.AT_MOST: lambda a, b: a <= b,  # type: ignore[operator]
}


@dataclass(frozen=True)
class BruteForce:
    catalog: Catalog
    data: Data

    def answer(self, query: Query) -> list[tuple[object, ...]]:
        """The rows of the result, in no order."""
        if any(isinstance(one, Aggregate) and isinstance(one.of, Each) for one in query.show):
            return [tuple(self._of_each(one, query) for one in query.show if isinstance(one, Aggregate))]
        if any(isinstance(one, Share | Running | Change) for one in query.show):
            return self._over_groups(query)
        numbers = [one for one in query.show if isinstance(one, Aggregate)]
        if not numbers:
            return self._list(query)
        keys = [one for one in query.show if isinstance(one, Field | Bucket)]
        entities = [one for one in query.group if isinstance(one, Rows)]
        grouped = [self._groups(one, keys, entities, query) for one in numbers]
        groups = dict.fromkeys(group for found in grouped for group in found)
        if not query.group:
            groups = {(): None}
        answer = []
        for group in groups:
            values = [self._number(one, found.get(group, {})) for one, found in zip(numbers, grouped, strict=True)]
            answer.append((*group[: len(keys)], *values))
        return answer

    def _of_each(self, one: Aggregate, query: Query) -> object:
        """Of one table's rows, without groups; those without a number only where no condition is asked."""
        each = one.of
        assert isinstance(each, Each)
        assert isinstance(each.by[0], Rows)
        entity = each.by[0].table
        identifier = Field(ColumnKey(entity, "id"))
        found = {
            row[0]: row[1]
            for row in self.answer(Query((identifier, each.of), where=query.where, group=each.by))
            if row[0] is not None
        }
        if each.with_none:
            found = {row["id"]: found.get(row["id"], 0.0) or 0.0 for row in self.data[entity]}
        return self._number(replace(one, of=Rows(entity)), dict(enumerate(found.values())))

    def _over_groups(self, query: Query) -> list[tuple[object, ...]]:
        """Keys are shown first. Each number over groups is worked out by looking at all of them for every group."""
        keys = [one for one in query.show if isinstance(one, Field | Bucket)]
        windows = [one for one in query.show if isinstance(one, Share | Running | Change)]
        groups = self.answer(replace(query, show=(*keys, *dict.fromkeys(one.of for one in windows))))
        positions = {of: len(keys) + n for n, of in enumerate(dict.fromkeys(one.of for one in windows))}
        return [
            (*group[: len(keys)], *(over_groups(one, group, groups, keys, positions[one.of]) for one in windows))
            for group in groups
        ]

    def _list(self, query: Query) -> list[tuple[object, ...]]:
        assert query.subject
        shown = [one for one in query.show if isinstance(one, Field)]
        return [
            tuple(_value(together, one) for one in shown)
            for row in self.data[query.subject.table]
            for together in self._joined(query.subject.table, row, {one.key.table for one in shown})
            if self._holds_beside(together, query)
        ]

    def _groups(
        self, one: Aggregate, keys: Sequence[Field | Bucket], entities: Sequence[Rows], query: Query
    ) -> dict[tuple[object, ...], dict[int, object]]:
        """For each group, the rows of the number's own table: by their position, so that each is there once."""
        home = one.of.table if isinstance(one.of, Rows) else one.of.key.table  # type: ignore[union-attr]
        keys = [_standing_in(key, home) for key in keys]
        shown = {_column(key).key.table for key in keys} | {rows.table for rows in entities}
        found: dict[tuple[object, ...], dict[int, object]] = {}
        for position, row in enumerate(self.data[home]):
            for together in self._joined(home, row, shown):
                if self._holds_beside(together, query):
                    of_entities = [(together[rows.table] or {}).get("id") for rows in entities]
                    group = (*(_value(together, field) for field in keys), *of_entities)
                    value = 1 if isinstance(one.of, Rows) else row[one.of.key.name]  # type: ignore[union-attr]
                    found.setdefault(group, {})[position] = value
        return found

    def _number(self, one: Aggregate, rows: Mapping[int, object]) -> object:
        values = [float(value) for value in rows.values() if value is not None]  # type: ignore[arg-type]
        if one.function is Function.COUNT:
            return float(len(values))
        if not values:
            return None
        ordered, many = sorted(values), len(values)
        if one.function is Function.PERCENTILE:
            low = int(one.fraction * (many - 1))
            return ordered[low] + (one.fraction * (many - 1) - low) * (ordered[min(low + 1, many - 1)] - ordered[low])
        return {
            Function.SUM: sum(values), Function.AVG: sum(values) / many, Function.MIN: ordered[0],
            Function.MAX: ordered[-1], Function.MEDIAN: (ordered[(many - 1) // 2] + ordered[many // 2]) / 2,
        }[one.function]  # fmt: skip

    def _joined(self, start: TableKey, row: Row, wanted: set[TableKey]) -> Iterator[Together]:
        """Every way to choose a row of each wanted table that is connected with the row, where there is one."""
        return self._choices({start: row}, start, None, self._needed(start, wanted), missing=False)

    def _holds_beside(self, together: Together, query: Query) -> bool:
        """The conditions hold for some choice of rows of the tables that only they name."""
        conditions = _conjuncts(query.where)
        plain = [one for one in conditions if not isinstance(one, Exists | Not)]
        start = next(iter(together))
        named = {field.key.table for one in plain for field in _fields(one)} - set(together)
        named |= {rows.table for rows in query.also} - set(together)
        needed = self._needed(start, named | set(together))
        for more in self._choices(dict(together), start, None, needed, missing=True):
            if all(more[rows.table] is not None for rows in query.also) and all(_holds(one, more) for one in plain):
                return all(self._exists(one, together, start) for one in conditions if isinstance(one, Exists | Not))
        return False

    def _exists(self, one: Exists | Not, together: Together, start: TableKey) -> bool:
        if isinstance(one, Not):
            assert isinstance(one.condition, Exists)
            return not self._exists(one.condition, together, start)
        row = together[start]
        assert row is not None
        return any(
            all(_holds(part, more) for part in _conjuncts(one.where))
            for more in self._choices({start: row}, start, None, self._needed(start, {one.rows.table}), missing=False)
        )

    def _needed(self, start: TableKey, wanted: set[TableKey]) -> set[TableKey]:
        """The wanted tables and those on the way to them."""

        def visit(table: TableKey, before: TableKey | None) -> set[TableKey]:
            found = {table} if table in wanted else set()
            for other, _, _, _ in self._neighbours(table):
                if other != before and (deeper := visit(other, table)):
                    found |= {table, *deeper}
            return found

        return visit(start, None) - {start}

    def _choices(
        self,
        chosen: dict[TableKey, Row | None],
        at: TableKey,
        before: TableKey | None,
        needed: set[TableKey],
        *,
        missing: bool,
    ) -> Iterator[dict[TableKey, Row | None]]:
        """missing: a row above may be missing; a row below never."""
        branches: list[list[dict[TableKey, Row | None]]] = []
        for other, near, far, upward in self._neighbours(at):
            if other == before or other not in needed:
                continue
            row = chosen[at]
            if other in chosen:
                candidates: list[Row | None] = [chosen[other]]
            else:
                candidates = [] if row is None or row[near] is None else [
                    one for one in self.data[other] if one[far] == row[near]
                ]  # fmt: skip
                if not candidates and missing and upward:
                    candidates = [None]
            branches.append(
                [
                    deeper
                    for one in candidates
                    for deeper in self._choices({**chosen, other: one}, other, at, needed, missing=missing)
                ]
            )
        for combination in product(*branches):
            merged = dict(chosen)
            for one in combination:
                merged.update(one)
            yield merged

    def _neighbours(self, table: TableKey) -> Iterator[tuple[TableKey, str, str, bool]]:
        for one in self.catalog.relationships:
            if one.table == table:
                yield one.target, one.columns[0], one.target_columns[0], True
            elif one.target == table:
                yield one.table, one.target_columns[0], one.columns[0], False


Group = tuple[object, ...]


def over_groups(
    one: Share | Running | Change, group: Group, groups: Sequence[Group], keys: Sequence[Field | Bucket], at: int
) -> object:
    """The value of a group, of whose values the one at a position is meant."""
    if isinstance(one, Share):
        same = [keys.index(key) for key in one.per]
        total = sum(_number(other[at]) for other in groups if all(other[n] == group[n] for n in same))
        return _number(group[at]) / total if total and group[at] is not None else None
    along = keys.index(one.along)
    mine = [other for other in groups if all(other[n] == group[n] for n in range(len(keys)) if n != along)]
    day = group[along]
    if isinstance(one, Running):
        there = [other[at] for other in mine if day is None or (other[along] is not None and other[along] <= day)]  # type: ignore[operator]
        values = [_number(value) for value in there if value is not None]
        return sum(values) if values else None
    grain = one.since or one.along.grain
    assert isinstance(grain, Grain)
    back = before(str(day), grain) if day is not None else None
    earlier = next((other[at] for other in mine if back is not None and other[along] == back), None)
    if earlier is None or group[at] is None:
        return None
    difference = _number(group[at]) - _number(earlier)
    return difference if not one.relative else difference / _number(earlier) if earlier else None


def _number(value: object) -> float:
    return 0.0 if value is None else float(value)  # type: ignore[arg-type]


def before(day: str, grain: Grain) -> str:
    """The day just as far into the calendar's period before."""
    known = date.fromisoformat(day)
    if grain in (Grain.DAY, Grain.WEEK):
        return (known - timedelta(days=1 if grain is Grain.DAY else 7)).isoformat()
    months = known.year * 12 + known.month - 1 - {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain]
    return known.replace(year=months // 12, month=months % 12 + 1).isoformat()


def _standing_in(key: Field | Bucket, home: TableKey) -> Field | Bucket:
    """The key, by the home's own column where one is alike."""
    own = next((one for one in _column(key).alike if one.key.table == home), _column(key))
    return replace(key, field=own) if isinstance(key, Bucket) else own


def _column(key: Field | Bucket) -> Field:
    return key.field if isinstance(key, Bucket) else key


def _value(together: Together, key: Field | Bucket) -> object:
    field = _column(key)
    row = together[field.key.table]
    value = None if row is None else row[field.key.name]
    if value is None or isinstance(key, Field):
        return value
    assert isinstance(key.grain, Grain)
    return floor(date.fromisoformat(str(value)), key.grain).isoformat()


def _conjuncts(condition: Condition | None) -> tuple[Condition, ...]:
    return () if condition is None else condition.conditions if isinstance(condition, Both) else (condition,)


def _fields(condition: Condition) -> Iterator[Field]:
    if isinstance(condition, Compare):
        assert isinstance(condition.left, Field)
        yield condition.left
    elif isinstance(condition, Either):
        for one in condition.conditions:
            yield from _fields(one)


def _holds(condition: Condition, together: Together) -> bool:
    """A value that is missing is not the one that is excluded, and meets nothing else."""
    if isinstance(condition, Either):
        return any(_holds(one, together) for one in condition.conditions)
    assert isinstance(condition, Compare)
    assert isinstance(condition.left, Field)
    assert isinstance(condition.right, tuple)
    value = _value(together, condition.left)
    if condition.operator is Operator.IS_NULL:
        return value is None
    if condition.operator is Operator.NOT_EQUAL:
        return value is None or value not in condition.right
    return value is not None and any(_COMPARE[condition.operator](value, one) for one in condition.right)


__all__ = ["BruteForce", "Expression"]
