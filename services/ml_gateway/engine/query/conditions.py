"""Conditions into SQL. What holds of rows below becomes EXISTS, so that no row is multiplied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from services.ml_gateway.engine.dialects import day_start, within
from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.joining import connect, way_from
from services.ml_gateway.engine.query.matching import COMPARISONS, compared
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Compare,
    Condition,
    During,
    Either,
    Exists,
    Field,
    Function,
    Not,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.rows import conjuncts, distinct, rows_of_condition
from services.ml_gateway.engine.query.scope import Scope, Setting
from services.ml_gateway.engine.query.values import number, row_value
from services.ml_gateway.engine.reading import Hop, Operator, Place

MEDIANS = frozenset({"postgres", "duckdb"})  # databases that know a median
_KEEPS_MISSING = True  # a value that is missing is not the one that is excluded

# A query that stands for a value, as a statement.
Select = Callable[[Query, Setting], exp.Query]


@dataclass(frozen=True)
class Conditions:
    """Conditions over the rows of one scope. select compiles what stands in them as a query of its own."""

    scope: Scope
    select: Select

    def where(self, condition: Condition | None, also: Sequence[Rows] = ()) -> list[exp.Expr]:
        """Conditions side by side are about the same row of a table below: one EXISTS holds them all."""
        made: list[exp.Expr] = []
        branches: dict[tuple[Hop, ...], list[Condition]] = {}
        for one in conjuncts(condition):
            touched = self._touched(one)
            if len(touched) == 1 and isinstance(one, Compare | During | Either) and self._all_touch(one):
                branches.setdefault(touched[0], []).append(one)
            else:
                made.append(self.one(one))
        for rows in also:
            branch = self._branch(rows)
            if branch is None:
                self.scope.reach(self.scope.places[rows].path)
            else:
                branches.setdefault(branch, [])
        made += [self._below(branch, conditions, also) for branch, conditions in branches.items()]
        return made

    def one(self, condition: Condition, *, sure: bool = True) -> exp.Expr:
        """sure: not under a negation or an alternative, where a row without the place may be wanted."""
        match condition:
            case Both():
                return exp.Paren(this=exp.and_(*(self.one(part, sure=sure) for part in condition.conditions)))
            case Either():
                return exp.Paren(this=exp.or_(*(self.one(part, sure=False) for part in condition.conditions)))
            case Not():
                return self._not(condition.condition)
            case Exists():
                return self._exists(condition)
        touched = self._touched(condition)
        if len(touched) > 1:
            raise unsupported("comparing rows that nothing pairs")
        if touched:
            return self._below(touched[0], [condition], ())
        return self._during(condition, sure) if isinstance(condition, During) else self._compare(condition, sure)

    def _not(self, condition: Condition) -> exp.Expr:
        if isinstance(condition, Both | Either):  # De Morgan, so that what is missing is kept in each
            kind = exp.or_ if isinstance(condition, Both) else exp.and_
            return exp.Paren(this=kind(*(self._not(part) for part in condition.conditions)))
        if isinstance(condition, Not):
            return self.one(condition.condition, sure=False)
        made = self.one(condition, sure=False)
        if isinstance(condition, Exists) or self._touched(condition):
            return exp.Not(this=made)
        if isinstance(condition, Compare) and condition.operator in (Operator.IS_NULL, Operator.NOT_NULL):
            return exp.Not(this=exp.Paren(this=made))
        left = condition.field if isinstance(condition, During) else condition.left
        missing = exp.Is(this=row_value(left, self.scope, sure=False), expression=exp.Null())
        return exp.Paren(this=exp.Or(this=exp.Not(this=exp.Paren(this=made)), expression=missing))

    def _compare(self, condition: Compare, sure: bool) -> exp.Expr:
        excludes = condition.operator is Operator.NOT_EQUAL and _KEEPS_MISSING
        empty = condition.operator is Operator.IS_NULL
        left = row_value(condition.left, self.scope, sure=sure and not excludes and not empty)
        known = self.scope.known(condition.left) if isinstance(condition.left, Field) else None
        setting = self.scope.setting
        if isinstance(condition.right, Query):
            made = with_query(left, condition.operator, condition.right, setting, self.select)
        elif isinstance(condition.right, tuple):
            made = compared(left, condition.operator, condition.right, known, setting)
        else:
            right = row_value(condition.right, self.scope, sure=sure)
            return COMPARISONS[condition.operator](this=left, expression=right)
        path = self.scope.places[condition.left.rows].path if known and isinstance(condition.left, Field) and (
            condition.left.rows in self.scope.places) else ()  # fmt: skip
        if excludes and known is not None and (known.nullable or path):
            missing = exp.Is(this=left.copy(), expression=exp.Null())
            return exp.Paren(this=exp.Or(this=made, expression=missing))
        return made

    def _during(self, condition: During, sure: bool) -> exp.Expr:
        column = self.scope.column(condition.field, sure=sure)
        data_type, setting = self.scope.known(condition.field).data_type, self.scope.setting
        ends = [(exp.GTE, condition.start), (exp.LT, condition.end)]
        return exp.and_(
            *(
                kind(this=column.copy(), expression=day_start(day, data_type, setting.timezone, setting.dialect))
                for kind, day in ends
                if day
            )
        )

    def _branch(self, rows: Rows) -> tuple[Hop, ...] | None:
        """The path to where rows begin to fan out, beyond what is joined; None where they don't."""
        if rows not in self.scope.places:
            return None
        path = self.scope.places[rows].path
        for length in range(1, len(path) + 1):
            if path[:length] not in self.scope.joined and self.scope.schema.keys.fans(path[length - 1]):
                return path[:length]
        return None

    def _touched(self, condition: Condition) -> list[tuple[Hop, ...]]:
        found = [self._branch(rows) for rows in rows_of_condition(condition)]
        return [branch for branch in dict.fromkeys(found) if branch is not None]

    def _all_touch(self, condition: Condition) -> bool:
        """Whether each alternative is about the rows below, so that one row below may be asked for any of them."""
        if isinstance(condition, Either):
            return all(self._all_touch(part) for part in condition.conditions)
        return isinstance(condition, Compare | During) and bool(self._touched(condition))

    def _below(self, branch: tuple[Hop, ...], conditions: Sequence[Condition], also: Sequence[Rows]) -> exp.Expr:
        """There is a row at the branch for which the conditions hold."""
        places = {
            rows: Place(place.table, place.path[len(branch) :])
            for rows, place in self.scope.places.items()
            if place.path[: len(branch)] == branch
        }
        root = Place(self.scope.schema.keys.target(branch[-1]))
        inner = self._inner(root, places)
        for rows in also:
            if rows in places:
                inner.reach(places[rows].path)
        made = [part for one in conditions for part in Conditions(inner, self.select).where(one)]
        near_at, far_at = self.scope.schema.keys.columns(branch[-1])
        near = [self.scope.named(self._place(branch[:-1]), name, sure=False) for name in near_at]
        far = [inner.named(root, name) for name in far_at]
        query = inner.from_(exp.select())
        return within([*near], [*far], query.where(*made) if made else query, self.scope.setting.dialect)

    def _place(self, path: tuple[Hop, ...]) -> Place:
        return Place(self.scope.table_at(path), path)

    def _inner(self, root: Place, places: dict[Rows, Place]) -> Scope:
        """Within EXISTS every row is joined: it matters only that there is one."""
        joined = frozenset(place.path[:n] for place in places.values() for n in range(1, len(place.path) + 1))
        scope = self.scope
        return Scope(scope.setting, root, places, joined, prefix=f"{scope.prefix}matching_", outer=scope)

    def _exists(self, condition: Exists) -> exp.Expr:
        """Where a row count of zero would do too, there must not be as many as wouldn't."""
        if condition.having is not None and _holds_for_none(condition.having):
            unwanted = Exists(condition.rows, condition.where, _opposite(condition.having))
            return exp.Not(this=self._exists(unwanted))
        anchors = self.scope.anchors or (self.scope.root,)
        path = self._way(condition.rows, anchors)
        # Up from the anchor rows are joined; EXISTS begins where they may be several, or at the last hop.
        start = max((len(one.path) for one in anchors if path[: len(one.path)] == one.path), default=0)
        while start < len(path) - 1 and not self.scope.schema.keys.fans(path[start]):
            start += 1
        return self._connected(condition, path[:start], path[start], path[start + 1 :])

    def _way(self, rows: Rows, anchors: Sequence[Place]) -> tuple[Hop, ...]:
        """Rows of an anchor's own table are others than the anchor's: those that its key to itself connects."""
        keys = self.scope.schema.keys
        same = next((one for one in anchors if one.table == rows.table), None)
        own = [n for n, r in enumerate(keys.catalog.relationships) if r.table == r.target == rows.table]
        if same is not None and own and rows.role in (None, *own):
            return (*same.path, Hop(own[0] if rows.role is None else rows.role, upward=False))
        return way_from(anchors, rows, keys).path

    def _connected(self, condition: Exists, near_path: tuple[Hop, ...], step: Hop, rest: tuple[Hop, ...]) -> exp.Expr:
        schema = self.scope.schema
        root = Place(schema.keys.target(step))
        start = Rows(root.table) if rest else condition.rows
        at_root = replace(condition.rows, role=None) if not rest else condition.rows
        others = [r for part in conjuncts(condition.where) for r in rows_of_condition(part)]
        places = {start: root, at_root: Place(condition.rows.table, rest)}
        tree = connect(at_root if not rest else start, distinct([at_root, *others]), schema.keys)
        places = {**tree.places, **places}
        inner = self._inner(root, places)
        made = Conditions(inner, self.select)
        where = made.where(condition.where)
        inner.reach(rest)
        near_at, far_at = schema.keys.columns(step)
        near = [self.scope.named(self._place(near_path), name, sure=False) for name in near_at]
        far = [inner.named(root, name) for name in far_at]
        having = made.having(condition.having, Place(condition.rows.table, rest)) if condition.having else None
        query = inner.from_(exp.select())
        query = query.where(*where) if where else query
        if having is not None:
            query = query.group_by(*(column.copy() for column in far)).having(having)
        return within([*near], [*far], query, self.scope.setting.dialect)

    def having(self, condition: Compare, rows: Place) -> exp.Expr:
        """A condition on a number over the rows that exist."""
        left = condition.left
        if not isinstance(left, Aggregate) or left.where is not None:
            raise unsupported("such a number of connected rows")
        if isinstance(left.of, Rows):
            this: exp.Expr = exp.Count(this=exp.Star())
            if any(self.scope.schema.keys.fans(hop) for place in self.scope.places.values() for hop in place.path):
                key = self.scope.schema.keys.key(rows.table)
                if len(key) == 1:
                    this = exp.Count(this=exp.Distinct(expressions=[self.scope.named(rows, key[0])]))
        else:
            this = aggregate_call(left, row_value(left.of, self.scope), self.scope.setting.dialect)
        if isinstance(condition.right, Query):
            return with_query(this, condition.operator, condition.right, self.scope.setting, self.select)
        if not isinstance(condition.right, tuple):
            raise unsupported("comparing two numbers of connected rows")
        return compared(this, condition.operator, condition.right, None, self.scope.setting)


def with_query(left: exp.Expr, operator: Operator, query: Query, setting: Setting, select: Select) -> exp.Expr:
    """One value is compared; several are a list to be in or not."""
    made = select(query, setting)
    single = query.limit == 1 or (
        not query.group and not query.combined and all(isinstance(one, Aggregate) for one in query.show)
    )
    if single or operator not in (Operator.EQUAL, Operator.NOT_EQUAL):
        return COMPARISONS[operator](this=left, expression=exp.Subquery(this=made))
    if query.limit is not None:  # MySQL takes no LIMIT right inside of IN
        made = exp.select(exp.Star()).from_(made.subquery("among"))
    among = exp.In(this=left, query=exp.Subquery(this=made))
    return exp.Not(this=among) if operator is Operator.NOT_EQUAL else among


_CALLS: dict[Function, type[exp.AggFunc]] = {
    Function.SUM: exp.Sum, Function.AVG: exp.Avg, Function.MIN: exp.Min, Function.MAX: exp.Max,
    Function.COUNT: exp.Count,
}  # fmt: skip


def aggregate_call(one: Aggregate, value: exp.Expr, dialect: str) -> exp.Expr:
    if one.function is Function.MEDIAN:
        return median(value, dialect)
    inner = exp.Distinct(expressions=[value]) if one.distinct else value
    return _CALLS[one.function](this=inner)


def median(value: exp.Expr, dialect: str) -> exp.Expr:
    """Between the two in the middle, where their number is even. Where a database has none, see preparing."""
    if dialect not in MEDIANS:
        raise unsupported("a median within another number")
    ordered = exp.Order(expressions=[exp.Ordered(this=value)])
    return exp.WithinGroup(this=exp.PercentileCont(this=number(0.5)), expression=ordered)


def _holds_for_none(having: Compare) -> bool:
    """Whether a count of zero meets the condition."""
    if not (isinstance(having.left, Aggregate) and having.left.function is Function.COUNT):
        return False
    if not isinstance(having.right, tuple) or not having.right:
        return False
    bound = having.right[0]
    if not isinstance(bound, int | float):
        return False
    return {
        Operator.EQUAL: bound == 0, Operator.LESS: bound > 0, Operator.AT_MOST: bound >= 0,
        Operator.NOT_EQUAL: bound != 0, Operator.BETWEEN: bound <= 0, Operator.AT_LEAST: bound <= 0,
        Operator.GREATER: bound < 0,
    }.get(having.operator, False)  # fmt: skip


def _opposite(having: Compare) -> Compare:
    opposites = {
        Operator.EQUAL: Operator.NOT_EQUAL, Operator.LESS: Operator.AT_LEAST, Operator.AT_MOST: Operator.GREATER,
        Operator.NOT_EQUAL: Operator.EQUAL, Operator.AT_LEAST: Operator.LESS, Operator.GREATER: Operator.AT_MOST,
    }  # fmt: skip
    if having.operator is Operator.BETWEEN and isinstance(having.right, tuple):
        return replace(having, operator=Operator.GREATER, right=(having.right[1],))
    return replace(having, operator=opposites[having.operator])
