"""Shares: each group's part of the whole, or the part of the rows that are so."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Bucket,
    Compare,
    Condition,
    During,
    Exists,
    Expression,
    Field,
    Function,
    MetricValue,
    Not,
    Query,
    Rows,
    Share,
)
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of
from services.ml_gateway.engine.reader.business.cues import Cue
from services.ml_gateway.engine.reader.business.numbers import numbers_of, with_numbers, without
from services.ml_gateway.engine.reader.business.per_entity import ratio
from services.ml_gateway.engine.reading import Operator

_WITH = frozenset("with who that which have has having had".split())
_LACKING = frozenset("without no".split())
_ANY = frozenset("a an any at least one some the".split())


def shares(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    having = _that_have(frame, query, cue)
    if having is not None:
        return [having]
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


def _that_have(frame: Frame, query: Query, cue: Cue) -> Query | None:
    """ "Percentage of guests with a booking", "share of guests with an email": of all the rows, those that have one.
    None where it isn't asked so, or anything more is."""
    behind = [one for one in frame.parts if one.item.first >= cue.last and one.choice]
    if len(behind) != 2 or len([one for one in frame.parts if one.choice]) != 2 or frame.sentence.times:
        return None
    base, other = (one.choice.target for one in behind if one.choice)
    between = [token.form for token in frame.sentence.tokens[behind[0].item.last : behind[1].item.first]]
    ends = not any(token.form.isalnum() for token in frame.sentence.tokens[behind[1].item.last :])
    if base.kind is not TargetKind.TABLE or not ends or not between or between[0] not in _WITH | _LACKING:
        return None
    if any(form not in _WITH | _LACKING | _ANY for form in between):
        return None
    rows = Rows(base.table)
    held: Condition
    if other.kind is TargetKind.TABLE and other.table != base.table:
        held = Exists(Rows(other.table, other.relationship))
    elif other.kind is TargetKind.COLUMN and other.table == base.table:
        field = Field(ColumnKey(other.table, other.column))
        if not frame.index.catalog.columns[field.key].nullable:
            return None
        held = Compare(field, Operator.NOT_NULL)
    else:
        return None
    if _LACKING & set(between):
        held = Compare(held.left, Operator.IS_NULL) if isinstance(held, Compare) else Not(held)
    counted = Aggregate(Function.COUNT, rows)
    ratio = Arithmetic(ArithmeticOperator.DIVIDED_BY, replace(counted, where=held), counted)
    return Query((ratio,))


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
