"""Numbers of several tables brought together by their groups."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from services.ml_gateway.engine.query.aggregating import Grouped
from services.ml_gateway.engine.query.model import Aggregate, Function
from services.ml_gateway.engine.query.over import Over
from services.ml_gateway.engine.query.parts import Key, Measure
from services.ml_gateway.engine.query.scope import Setting
from services.ml_gateway.engine.query.values import number


def stitched(
    built: Sequence[Grouped], keys: Sequence[Key], measures: Sequence[Measure], setting: Setting
) -> tuple[exp.Select, Over]:
    """Each part grouped by itself and put under the others; a second grouping brings equal groups together.

    Parts are never joined, so no row of one can multiply another's, and a group that only one part has is kept.
    """
    names = [f"key_{n + 1}" for n in range(len(keys))]
    branches: list[exp.Query] = []
    for one in built:
        shown = [one.keys[key].copy().as_(name, quoted=True) for key, name in zip(keys, names, strict=True)]
        for n, measure in enumerate(measures):
            value = one.measures[measure].copy() if measure in one.measures else _nothing(setting)
            shown.append(value.as_(f"measure_{n + 1}", quoted=True))
        branch = one.query.select(*shown)
        branches.append(branch.group_by(*(value.copy() for value in one.keys.values())) if keys else branch)
    union: exp.Query = branches[0]
    for other in branches[1:]:
        union = exp.union(union, other, distinct=False)
    by = {key: exp.column(name, table="parts", quoted=True) for key, name in zip(keys, names, strict=True)}
    over = Over({**by}, {one: _brought(n, one) for n, one in enumerate(measures)}, setting, stitched=True)
    made = exp.select().from_(union.subquery("parts"))
    return (made.group_by(*(value.copy() for value in by.values())) if keys else made), over


def _nothing(setting: Setting) -> exp.Expr:
    """In PostgreSQL a bare NULL is a text."""
    return exp.cast(exp.Null(), exp.DataType.Type.DECIMAL) if setting.dialect == "postgres" else exp.Null()


def _brought(position: int, one: Measure) -> exp.Expr:
    """A group that a part lacks has none of its rows: a count of zero, and no sum."""
    found = exp.Max(this=exp.column(f"measure_{position + 1}", table="parts", quoted=True))
    if isinstance(one, Aggregate) and one.function is Function.COUNT:
        return exp.Coalesce(this=found, expressions=[number(0)])
    return found
