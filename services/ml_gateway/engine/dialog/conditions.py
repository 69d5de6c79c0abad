"""Edits of what must hold: one more condition, another in its place, either of two, none, the opposite."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.dialog.parts import condition_fields, conjuncts, together
from services.ml_gateway.engine.query.model import (
    Both,
    Compare,
    Condition,
    During,
    Either,
    Exists,
    Field,
    Not,
    Query,
    Rows,
)
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import name_words

# Kinds of values of which a question has one: "and in Oslo?" after "in Norway" leaves Norway.
_KINDS: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split())
    for line in (
        "country nation state province region county city town village place location district area continent "
        "address nationality origin",
        "year month quarter week day date time",
    )
)
_OPPOSITE = {
    Operator.EQUAL: Operator.NOT_EQUAL,
    Operator.NOT_EQUAL: Operator.EQUAL,
    Operator.GREATER: Operator.AT_MOST,
    Operator.AT_MOST: Operator.GREATER,
    Operator.LESS: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.LESS,
    Operator.IS_NULL: Operator.NOT_NULL,
    Operator.NOT_NULL: Operator.IS_NULL,
}
_LOW, _HIGH = (Operator.GREATER, Operator.AT_LEAST), (Operator.LESS, Operator.AT_MOST)


def narrowed(query: Query, *conditions: Condition) -> Query:
    """The rows for which these hold, too."""
    return replace(query, where=together((*conjuncts(query.where), *conditions)))


def put(query: Query, *conditions: Condition, within: bool = False) -> Query:
    """Each condition in the place of the one of its column or of its kind of value; added where there is none.

    within: the other end of a range is added to the one that was said: "and at least 20" after those below 30.
    """
    kept = [
        one
        for one in conjuncts(query.where)
        if not any(same_place(one, new) and not (within and _is_range(one, new)) for new in conditions)
    ]
    return replace(query, where=together((*kept, *conditions)))


def widened(query: Query, *conditions: Condition) -> Query:
    """Rows for which the condition on the same column holds, or this one; added where there is none to widen."""
    held = list(conjuncts(query.where))
    for new in conditions:
        place = next((n for n, one in enumerate(held) if same_place(one, new)), None)
        if place is None:
            held.append(new)
        else:
            held[place] = _either(held[place], new)
    return replace(query, where=together(tuple(held)))


def dropped(query: Query, *fields: Field) -> Query:
    """Without the conditions on these columns; without any where none is named."""
    if not fields:
        return replace(query, where=None, having=None, also=())
    keys = {field.key for field in fields}
    kept = [one for one in conjuncts(query.where) if not keys & {field.key for field in condition_fields(one)}]
    return replace(query, where=together(tuple(kept)))


def opposite(query: Query, *latest: Condition) -> Query | None:
    """The rows for which the latest conditions do not hold, the others still do; None where there are none to turn."""
    held = conjuncts(query.where)
    named = [one for one in latest if one in held]
    if not named and query.having is not None:
        return replace(query, having=negated(query.having))
    turned = named or list(held[-1:])
    if not turned:
        if query.also:
            return narrowed(replace(query, also=()), Not(Exists(query.also[-1])))
        return None
    kept = tuple(one for one in held if one not in turned)
    both = together(tuple(turned))
    assert both
    return replace(query, where=together((*kept, negated(both))))


def negated(condition: Condition) -> Condition:
    """What holds where the condition does not, without needless nots."""
    match condition:
        case Not(condition=inner):
            return inner
        case Compare(left=left, operator=operator, right=right) if operator in _OPPOSITE:
            return Compare(left, _OPPOSITE[operator], right)
        case Both(conditions=parts):
            return Either(tuple(negated(part) for part in parts))
        case Either(conditions=parts):
            return Both(tuple(negated(part) for part in parts))
        case _:
            return Not(condition)


def is_negative(condition: Condition) -> bool:
    """Whether it says what does not hold, or is missing."""
    match condition:
        case Not():
            return True
        case Compare(operator=operator):
            return operator in (Operator.NOT_EQUAL, Operator.IS_NULL)
        case _:
            return False


def same_place(one: Condition, other: Condition) -> bool:
    """Whether the second says another thing about what the first is about."""
    mine, theirs = list(condition_fields(one)), list(condition_fields(other))
    if _existing(one) is not None and _existing(one) == _existing(other):
        return True
    if not mine or not theirs:
        return False
    if {field.key for field in mine} & {field.key for field in theirs}:
        return True
    if isinstance(one, During) and isinstance(other, During):
        return True
    return bool(_kinds(mine) & _kinds(theirs)) and _equality(one) and _equality(other)


def _is_range(one: Condition, other: Condition) -> bool:
    """Whether the two are the ends of a range in which numbers lie."""
    if not (isinstance(one, Compare) and isinstance(other, Compare) and one.left == other.left):
        return False
    bounds = {compare.operator in _LOW: compare for compare in (one, other) if compare.operator in (*_LOW, *_HIGH)}
    if len(bounds) < 2:
        return False
    low, high = bounds[True].right, bounds[False].right
    if not (isinstance(low, tuple) and isinstance(high, tuple) and low and high):
        return False
    return isinstance(low[0], int | float) and isinstance(high[0], int | float) and low[0] < high[0]


def _existing(condition: Condition) -> Rows | None:
    """The rows of which a condition without more says that there are some, or none."""
    inner = condition.condition if isinstance(condition, Not) else condition
    return inner.rows if isinstance(inner, Exists) and inner.where is None else None


def _equality(condition: Condition) -> bool:
    match condition:
        case Compare(operator=operator):
            return operator is Operator.EQUAL
        case During():
            return True
        case Either(conditions=parts):
            return all(_equality(part) for part in parts)
        case _:
            return False


def _kinds(fields: list[Field]) -> set[int]:
    """The kinds of values that columns hold, by their names' last words."""
    ends = {words[-1] for field in fields if (words := name_words(field.key.name))}
    return {number for number, kind in enumerate(_KINDS) if ends & kind}


def _either(one: Condition, other: Condition) -> Condition:
    if (
        isinstance(one, Compare)
        and isinstance(other, Compare)
        and one.left == other.left
        and one.operator is other.operator is Operator.EQUAL
        and isinstance(one.right, tuple)
        and isinstance(other.right, tuple)
    ):
        return Compare(one.left, Operator.EQUAL, tuple(dict.fromkeys((*one.right, *other.right))))
    parts = (*(one.conditions if isinstance(one, Either) else (one,)), other)
    return Either(tuple(dict.fromkeys(parts)))
