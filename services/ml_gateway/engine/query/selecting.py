"""A query into one SELECT: a list, numbers by group, numbers of several tables stitched by their groups, or a set
operation of two queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sqlglot import exp

from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.aggregating import grouped
from services.ml_gateway.engine.query.buckets import labelled
from services.ml_gateway.engine.query.each import alike, over_each
from services.ml_gateway.engine.query.joining import lowest
from services.ml_gateway.engine.query.listing import listed
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Bucket,
    Duration,
    Each,
    Expression,
    Field,
    Ordering,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.query.one_sided import refuse_one_sided
from services.ml_gateway.engine.query.over import Over
from services.ml_gateway.engine.query.parts import Key, Part, computed, parts_of, plain, without_ratios
from services.ml_gateway.engine.query.rows import is_computed, rows_of
from services.ml_gateway.engine.query.scope import Setting
from services.ml_gateway.engine.query.selected import Selected, as_it_is, finished, ordered
from services.ml_gateway.engine.query.stitching import stitched
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.query.windows import layered, shares_of_all, windows_of

_SETS: dict[SetOperator, type[exp.SetOperation]] = {
    SetOperator.UNION: exp.Union, SetOperator.INTERSECT: exp.Intersect, SetOperator.EXCEPT: exp.Except,
}  # fmt: skip


def select(query: Query, names: Sequence[str], setting: Setting) -> Selected:
    """names: of the result's columns. Raises Unreadable."""
    query = without_ratios(query, setting.schema)
    query = shares_of_all(query)
    if query.combined is not None:
        return _combined(query, names, setting)
    if query.group or computed(query):
        return _grouped(query, names, setting)
    return listed(query, names, setting, nested)


def nested(query: Query, setting: Setting) -> exp.Query:
    """A query within another: its columns have plain names, its values are compared as they are."""
    names = [f"value_{n + 1}" for n in range(len(query.show))]
    return select(query, names, replace(setting, named=False)).query


def _combined(query: Query, names: Sequence[str], setting: Setting) -> Selected:
    assert query.combined is not None
    operator, other = query.combined
    if len(query.show) != len(other.show):
        raise unsupported("a list beside one with other columns")
    bare = replace(query, combined=None, order=(), limit=None, distinct=False)
    sides = [
        select(one, names, setting) for one in (bare, replace(other, order=() if other.limit is None else other.order))
    ]
    left, right = (_unordered(side.query) for side in sides)
    made: exp.Query = _SETS[operator](this=left, expression=right, distinct=True)
    outer = exp.select(*(exp.column(name, table="both", quoted=True).as_(name, quoted=True) for name in names))
    outer = outer.from_(made.subquery("both"))
    for one in query.order:
        if one.by not in query.show:
            raise unsupported("ordering two lists by what they don't show")
        name = names[query.show.index(one.by)]
        outer = outer.order_by(ordered(exp.column(name, table="both", quoted=True), descending=one.descending))
    for name in names:
        outer = outer.order_by(ordered(exp.column(name, table="both", quoted=True)))
    outer = outer.limit(query.limit) if query.limit is not None else outer
    return Selected(outer, tuple(scope for side in sides for scope in side.scopes))


def _unordered(made: exp.Query) -> exp.Query:
    if made.args.get("limit") is None:
        made.set("order", None)
        return made
    return exp.select(exp.Star()).from_(made.subquery("cut"))


def _grouped(query: Query, names: Sequence[str], setting: Setting) -> Selected:
    schema = setting.schema
    keys = _keys(query, setting)
    measures = computed(query)
    of_each = [one for one in measures if isinstance(one, Aggregate) and isinstance(one.of, Each)]
    parts = parts_of([one for one in measures if one not in of_each], query, schema)
    if not measures:
        parts = (Part(query.subject or lowest([rows for key in keys for rows in rows_of(key)], schema.keys), ()),)
    if any(isinstance(one, Arithmetic) for shown in query.show for one in nodes_of(shown)):
        refuse_one_sided(parts, query, schema)
    built = [grouped(part, query, keys, setting, nested) for part in parts]
    built += [over_each(together, query, keys, setting, _unfinished) for together in alike(of_each)]
    scopes = tuple(scope for one in built for scope in one.scopes)
    windows = windows_of(query)
    if len(built) == 1:
        one = built[0]
        made: exp.Select = one.query.group_by(*(value.copy() for value in one.keys.values())) if keys else one.query
        over = Over(one.keys, one.measures, setting)
    else:
        made, over = stitched(built, keys, measures, setting)
    if windows:
        made, over = layered(made, over, windows, setting)
    if query.having is not None:
        condition = over.condition(query.having, nested)
        made = made.where(condition) if windows else made.having(condition)
    per = [over.value(key) for one in query.per for key in _of(one, setting)]
    query = _in_order(query, keys)
    ties = _ties(query, over, keys)
    label = partial(labelled, setting=setting) if setting.named and not query.distinct else as_it_is
    return Selected(finished(made, query, names, over.value, ties, per, label), scopes)


def _unfinished(query: Query, setting: Setting) -> Selected:
    """A query whose rows others are computed from: in no order."""
    names = [f"value_{n + 1}" for n in range(len(query.show))]
    made = select(query, names, replace(setting, named=False))
    made.query.set("order", None)
    return made


def _keys(query: Query, setting: Setting) -> tuple[Key, ...]:
    """What tells the groups apart; what is shown beside hangs on it, or is told apart too."""
    found: list[Key] = []
    for one in (*query.group, *query.per):
        found += _of(one, setting)
    return tuple(dict.fromkeys([*found, *plain(query)]))


def _of(one: Expression | Rows, setting: Setting) -> list[Key]:
    if isinstance(one, Rows):
        return [Field(ColumnKey(one.table, name), one.role) for name in setting.schema.keys.key(one.table)]
    if isinstance(one, Field | Bucket | Duration):
        return [one]
    raise unsupported("grouping by a computed value")


def _in_order(query: Query, keys: Sequence[Key]) -> Query:
    """With no order asked: dates upward, else the first number downward."""
    if query.order or not keys or query.distinct:
        return query
    dated = [Ordering(key) for key in keys if isinstance(key, Bucket)]
    numbers = [Ordering(one, descending=True) for one in query.show if is_computed(one)]
    return replace(query, order=tuple(dated or numbers[:1]))


def _ties(query: Query, over: Over, keys: Sequence[Key]) -> list[exp.Expr]:
    return [over.value(one) for one in (query.show if query.distinct else keys)]
