"""Shares: each group's part of the whole, or the part of the rows that are so."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Bucket,
    Compare,
    Condition,
    During,
    Expression,
    Field,
    Function,
    MetricValue,
    Query,
    Rows,
    Share,
)
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of
from services.ml_gateway.engine.reader.business.cues import Cue
from services.ml_gateway.engine.reader.business.numbers import numbers_of, with_numbers, without
from services.ml_gateway.engine.reader.business.per_entity import ratio
from services.ml_gateway.engine.reading import Operator


def shares(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    query = _counted(query)
    numbers = numbers_of(query)
    if len(numbers) == 2 and cue.said == "as":
        return ratio(frame, query, cue)
    if len(numbers) != 1 or query.combined:
        return []
    left, told = without(query, lambda one: not isinstance(one, During) and _is_said_of_it(frame, one, cue))
    if told and (cue.said == "what" or not query.group):
        condition = all_of(told)
        assert condition
        made = _of_rows(left, numbers[0], condition) or _of_values(left, numbers[0], told)
        return [made] if made else []
    groups = [one for one in query.group if not isinstance(one, Bucket)]
    if not groups:
        return []
    periods = tuple(one for one in query.group if isinstance(one, Bucket))
    return [with_numbers(query, lambda one: Share(one, per=periods))]


def _counted(query: Query) -> Query:
    """Rows that are listed are counted: a share is of how many there are."""
    if numbers_of(query) or query.group or not query.show or not all(isinstance(one, Field) for one in query.show):
        return query
    tables = {one.key.table for one in query.show if isinstance(one, Field)}
    if len(tables) != 1:
        return query
    rows = Rows(tables.pop())
    return replace(query, show=(Aggregate(Function.COUNT, rows),), subject=None, distinct=False, order=())


def _is_said_of_it(frame: Frame, condition: Condition, cue: Cue) -> bool:
    """Whether a condition comes behind what the share is of: "what share of *active* users is *annual*"."""
    base = next(
        (p.item.last for p in frame.parts if p.item.first >= cue.last and p.choice
         and p.choice.target.kind in (TargetKind.TABLE, TargetKind.METRIC)), cue.last,
    )  # fmt: skip
    before = [p.choice.target for p in frame.parts if p.choice and cue.last <= p.item.first < base]
    if isinstance(condition, Compare) and isinstance(condition.left, Field) and isinstance(condition.right, tuple):
        key = condition.left.key
        return not any(
            one.column == key.name and one.table == key.table and one.value in condition.right for one in before
        )
    return True


def _of_rows(query: Query, number: Expression, condition: Condition) -> Query | None:
    if not isinstance(number, Aggregate) or number.function not in (Function.COUNT, Function.SUM):
        return None
    part = replace(number, where=condition)
    ratio = Arithmetic(ArithmeticOperator.DIVIDED_BY, part, number)
    return replace(query, show=tuple(ratio if one == number else one for one in query.show), order=())


def _of_values(query: Query, number: Expression, told: list[Condition]) -> Query | None:
    """A metric's share of one value of a column."""
    if not isinstance(number, MetricValue) or len(told) != 1 or query.group:
        return None
    one = told[0]
    if not isinstance(one, Compare) or not isinstance(one.left, Field) or one.operator is not Operator.EQUAL:
        return None
    return replace(query, show=(Share(number),), group=(one.left,), having=one, order=())
