"""One part of a reading as a SELECT: joins upward, semi-joins downward, so that no row is counted twice or lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

from services.ml_gateway.engine.dialects import cut, day_start, lowered, within
from services.ml_gateway.engine.expressions import metric_conditions, metric_expression
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import Column
from services.ml_gateway.engine.naming import place_role, words
from services.ml_gateway.engine.outcome import OutputColumn
from services.ml_gateway.engine.problems import unsafe
from services.ml_gateway.engine.reading import (
    Aggregate,
    Dimension,
    Existence,
    Filter,
    Hop,
    Measure,
    Operator,
    Part,
    Place,
    PlacedColumn,
    Reading,
    TimeFilter,
)

_AGGREGATES: dict[Aggregate, type[exp.AggFunc]] = {
    Aggregate.SUM: exp.Sum, Aggregate.AVG: exp.Avg, Aggregate.MIN: exp.Min, Aggregate.MAX: exp.Max,
}  # fmt: skip
_COMPARISONS: dict[Operator, type[exp.Binary]] = {
    Operator.EQUAL: exp.EQ, Operator.NOT_EQUAL: exp.NEQ, Operator.GREATER: exp.GT, Operator.AT_LEAST: exp.GTE,
    Operator.LESS: exp.LT, Operator.AT_MOST: exp.LTE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartQuery:
    """A SELECT without columns yet, and the expressions over it."""

    query: exp.Select
    dimensions: tuple[exp.Expr, ...]
    groups: tuple[exp.Expr, ...]
    measures: tuple[exp.Expr, ...]


def number(value: float) -> exp.Expr:
    text = str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    return exp.Neg(this=exp.Literal.number(text[1:])) if text.startswith("-") else exp.Literal.number(text)


def compare(this: exp.Expr, operator: Operator, values: Sequence[float]) -> exp.Expr:
    if operator is Operator.BETWEEN:
        return exp.Between(this=this, low=number(values[0]), high=number(values[1]))
    return _COMPARISONS[operator](this=this, expression=number(values[0]))


@dataclass(slots=True)
class Scope:
    """The FROM clause as it grows: each place gets an alias and is joined once."""

    index: Index
    base: Place
    timezone: str
    prefix: str = ""
    aliases: dict[tuple[Hop, ...], str] = field(default_factory=dict)
    joins: list[exp.Join] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.aliases[self.base.path] = self._alias(self.base)

    def column(self, placed: PlacedColumn) -> exp.Column:
        return self.named(placed.place, placed.column)

    def named(self, place: Place, column: str) -> exp.Column:
        return exp.column(
            exp.to_identifier(column, quoted=True), table=exp.to_identifier(self.reach(place), quoted=True)
        )

    def reach(self, place: Place) -> str:
        """The alias of a place, joined along its path if it is not yet."""
        if place.path in self.aliases:
            return self.aliases[place.path]
        hop, before = place.path[-1], self._before(place)
        near = self.reach(before)
        alias = self.aliases[place.path] = self._alias(place)
        table = exp.alias_(table_expression(place, self.index), alias, table=True, quoted=True)
        kind = "LEFT" if hop.upward else "INNER"
        self.joins.append(exp.Join(this=table, side=kind if kind == "LEFT" else None, on=self._on(hop, near, alias)))
        return alias

    def _before(self, place: Place) -> Place:
        hop = place.path[-1]
        relationship = self.index.catalog.relationships[hop.relationship]
        return Place(relationship.table if hop.upward else relationship.target, place.path[:-1])

    def _on(self, hop: Hop, near: str, far: str) -> exp.Expr:
        relationship = self.index.catalog.relationships[hop.relationship]
        many, one = (near, far) if hop.upward else (far, near)
        return exp.and_(
            *(
                exp.EQ(this=_column(many, own), expression=_column(one, other))
                for own, other in zip(relationship.columns, relationship.target_columns, strict=True)
            )
        )

    def _alias(self, place: Place) -> str:
        role = place_role(place, self.index)
        name = f"{role} {place.table.name}" if role else place.table.name
        alias = plain = self.prefix + "_".join(words(name).split())[:50]
        count = 2
        while alias in self.aliases.values():
            alias, count = f"{plain}_{count}", count + 1
        return alias

    def from_(self, query: exp.Select) -> exp.Select:
        table = exp.alias_(
            table_expression(self.base, self.index), self.aliases[self.base.path], table=True, quoted=True
        )
        query = query.from_(table)
        for join in self.joins:
            query.append("joins", join)
        return query

    def known(self, placed: PlacedColumn) -> Column:
        return self.index.catalog.columns[placed.key]


def _column(table: str, name: str) -> exp.Column:
    return exp.column(exp.to_identifier(name, quoted=True), table=exp.to_identifier(table, quoted=True))


def table_expression(place: Place, index: Index) -> exp.Table:
    schema = place.table.schema
    return exp.Table(
        this=exp.to_identifier(place.table.name, quoted=True),
        db=exp.to_identifier(schema, quoted=True) if schema else None,
    )


def select_part(part: Part, index: Index, timezone: str) -> PartQuery:
    """A part's FROM and WHERE, with the expressions of its groups and numbers."""
    scope = Scope(index, Place(part.base), timezone)
    dimensions, groups = [], []
    for dimension in part.dimensions:
        shown = [_dimension(dimension, column, scope) for column in dimension.columns]
        dimensions += shown
        groups += [*_entity_keys(dimension, scope), *shown]
    fanned = any(column.place.fans_out for dimension in part.dimensions for column in dimension.columns)
    measures = [_measure(measure, part, fanned, scope) for measure in part.measures]
    conditions = _conditions(part, scope)
    for measure in part.measures:
        conditions += metric_conditions(measure.metric, scope) if measure.metric else []
    unique = list(dict.fromkeys(conditions))
    query = scope.from_(exp.select())
    if unique:
        query = query.where(*unique)
    return PartQuery(query, tuple(dimensions), tuple(dict.fromkeys(groups)), tuple(measures))


def _dimension(dimension: Dimension, column: PlacedColumn, scope: Scope) -> exp.Expr:
    expression = scope.column(column)
    if dimension.grain:
        data_type = scope.known(column).data_type
        return cut(expression, dimension.grain, data_type, scope.timezone, scope.index.catalog.dialect)
    return expression


def _entity_keys(dimension: Dimension, scope: Scope) -> list[exp.Expr]:
    """Two products of one name are two products: group by the key too, unless the name is unique."""
    if not dimension.entity:
        return []
    place = dimension.columns[0].place
    facts = scope.index.tables[place.table]
    if len(dimension.columns) == 1 and dimension.columns[0].column in facts.unique:
        return []
    return [
        scope.named(place, name) for name in facts.table.primary_key if name in {c.name for c in facts.table.columns}
    ]


def _measure(measure: Measure, part: Part, fanned: bool, scope: Scope) -> exp.Expr:
    if measure.metric:
        return metric_expression(measure.metric, scope)
    if measure.aggregate is Aggregate.COUNT:
        if not fanned:
            return exp.Count(this=exp.Star())
        key = scope.index.catalog.by_key[part.base].primary_key
        if len(key) != 1:
            raise unsafe("Rows with a key of several columns can't be counted once each yet.")
        return exp.Count(this=exp.Distinct(expressions=[scope.named(Place(part.base), key[0])]))
    assert measure.column
    column = scope.column(measure.column)
    if measure.aggregate is Aggregate.COUNT_DISTINCT:
        return exp.Count(this=exp.Distinct(expressions=[column]))
    return _AGGREGATES[measure.aggregate](this=column)


def _conditions(part: Part, scope: Scope) -> list[exp.Expr]:
    """Conditions on joined places stand in WHERE; those on rows below become one EXISTS per first step down."""
    conditions: list[exp.Expr] = []
    below: dict[Hop, list[Filter | TimeFilter | Existence]] = {}
    columnar: tuple[Filter | TimeFilter, ...] = (*part.filters, *part.times)
    for condition in columnar:
        place = condition.column.place
        below_here = place.fans_out and place.path not in scope.aliases
        if below_here and isinstance(condition, Filter) and condition.operator is Operator.NOT_EQUAL:
            # "Does not take Biology" is not "takes something else": no row below may be it.
            unwanted = replace(condition, operator=Operator.EQUAL)
            conditions.append(exp.Not(this=_exists(place.path[0], [unwanted], scope)))
        elif below_here:
            below.setdefault(place.path[0], []).append(condition)
        else:
            conditions.append(_condition(condition, scope))
    for existence in part.existences:
        if existence.negated:
            dated = [existence.time] if existence.time else []
            conditions.append(exp.Not(this=_exists(existence.place.path[0], [existence, *dated], scope)))
        elif existence.place.path not in scope.aliases:
            below.setdefault(existence.place.path[0], []).append(existence)
    conditions += [_exists(hop, inner, scope) for hop, inner in below.items()]
    return conditions


def _exists(hop: Hop, conditions: Sequence[Filter | TimeFilter | Existence], scope: Scope) -> exp.Expr:
    relationship = scope.index.catalog.relationships[hop.relationship]
    child = Place(relationship.table, (hop,))
    inner = Scope(scope.index, child, scope.timezone, prefix="matching_")
    near = scope.reach(Place(relationship.target))
    keys: list[exp.Expr] = [_column(near, name) for name in relationship.target_columns]
    own: list[exp.Expr] = [inner.named(child, name) for name in relationship.columns]
    where: list[exp.Expr] = []
    for condition in conditions:
        if isinstance(condition, Existence):
            inner.reach(condition.place)
        else:
            where.append(_condition(condition, inner))
    query = inner.from_(exp.select()).where(*where) if where else inner.from_(exp.select())
    return within(keys, own, query, scope.index.catalog.dialect)


def _condition(condition: Filter | TimeFilter, scope: Scope) -> exp.Expr:
    column = scope.column(condition.column)
    known = scope.known(condition.column)
    if isinstance(condition, TimeFilter):
        ends = [(exp.GTE, condition.start), (exp.LT, condition.end)]
        dialect = scope.index.catalog.dialect
        return exp.and_(
            *(
                kind(this=column.copy(), expression=day_start(day, known.data_type, scope.timezone, dialect))
                for kind, day in ends
                if day
            )
        )
    expression = _filter(column, condition, known, scope.index.catalog.dialect)
    if _excludes(condition) and (known.nullable or condition.column.place.path):
        # What has no value is not that value either; SQL would leave it out.
        missing = exp.Is(this=column.copy(), expression=exp.Null())
        return exp.Paren(this=exp.Or(this=expression, expression=missing))
    return expression


def _excludes(condition: Filter) -> bool:
    equal = condition.operator is Operator.EQUAL
    return condition.operator is Operator.NOT_EQUAL or (equal and condition.values[0] is False)


def _filter(column: exp.Column, condition: Filter, known: Column, dialect: str) -> exp.Expr:
    operator, values = condition.operator, condition.values
    if operator in (Operator.IS_NULL, Operator.NOT_NULL):
        missing = exp.Is(this=column, expression=exp.Null())
        return missing if operator is Operator.IS_NULL else exp.Not(this=missing)
    if isinstance(values[0], bool):
        truth = values[0] if operator is Operator.EQUAL else not values[0]
        return exp.EQ(this=column, expression=exp.Boolean(this=truth))
    if all(isinstance(value, float | int) for value in values):
        return compare(column, operator, [float(value) for value in values])
    found = all(value in known.samples for value in values)
    # A value that was typed but never seen is compared without regard to case.
    this: exp.Expr = column if found else lowered(column, dialect)
    literals = [exp.Literal.string(str(value) if found else str(value).lower()) for value in values]
    if len(literals) == 1:
        return _COMPARISONS[operator](this=this, expression=literals[0])
    among = exp.In(this=this, expressions=literals)
    return exp.Not(this=among) if operator is Operator.NOT_EQUAL else among


def select_list(reading: Reading, columns: Sequence[OutputColumn], index: Index, timezone: str) -> exp.Select:
    """A list of rows, ordered as asked and then by what is shown."""
    part = reading.parts[0]
    scope = Scope(index, Place(part.base), timezone)
    shown = [scope.column(column) for column in part.columns]
    order = scope.column(reading.order.column) if reading.order and reading.order.column else None
    conditions = _conditions(part, scope)
    query = exp.select(*(e.copy().as_(c.name, quoted=True) for e, c in zip(shown, columns, strict=True)))
    query = scope.from_(query)
    if conditions:
        query = query.where(*conditions)
    if reading.distinct:
        query = query.distinct()
    if order is not None and reading.order:
        query = query.order_by(exp.Ordered(this=order.copy(), desc=reading.order.descending, nulls_first=False))
    for expression in shown:
        if expression != order:
            query = query.order_by(exp.Ordered(this=expression.copy(), desc=False, nulls_first=False))
    return query.limit(reading.limit) if reading.limit is not None else query
