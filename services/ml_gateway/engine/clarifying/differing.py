"""Where one query differs from another: pairs of what stands in one and what in the other, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from services.ml_gateway.engine.dialog.parts import conjuncts
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Bucket,
    Change,
    Compare,
    Each,
    Field,
    MetricValue,
    Query,
    Rows,
    Running,
    Share,
)

_NUMBERS = (Aggregate, MetricValue, Arithmetic, Share, Running, Change, Each)
_WHOLE = (Field, Rows, TableKey, ColumnKey)


@dataclass(frozen=True, slots=True)
class Difference:
    """place: the names of the parts of the query from the outside inwards, `show` or `where` first. one and other are
    what stands there in each, tuples of what only one of them has where they can't be paired.
    """

    place: tuple[str, ...]
    one: Any
    other: Any


def differences(one: Query, other: Query) -> tuple[Difference, ...]:
    """Each pair once for each clause that it stands in."""
    return tuple(dict.fromkeys(_of_queries(one, other, ())))


def _of_queries(one: Query, other: Query, place: tuple[str, ...]) -> Iterator[Difference]:
    for part in fields(Query):
        mine, theirs = getattr(one, part.name), getattr(other, part.name)
        if part.name in ("where", "having"):
            mine, theirs = conjuncts(mine), conjuncts(theirs)
        yield from _of(mine, theirs, (*place, part.name))


def _of(one: Any, other: Any, place: tuple[str, ...]) -> Iterator[Difference]:
    if one == other:
        return
    if isinstance(one, tuple) and isinstance(other, tuple):
        yield from _of_several(one, other, place)
    elif isinstance(one, Query) and isinstance(other, Query):
        yield from _of_queries(one, other, place)
    elif _is_atom(one, other):
        yield Difference(place, one, other)
    else:
        for part in fields(one):
            yield from _of(getattr(one, part.name), getattr(other, part.name), (*place, part.name))


def _is_atom(one: Any, other: Any) -> bool:
    if type(one) is not type(other) or not is_dataclass(one) or isinstance(one, _WHOLE):
        return True
    if isinstance(one, _NUMBERS):  # another number, unless it is the same of another column
        return not (isinstance(one, Aggregate) and _same_of_another_column(one, other))
    if isinstance(one, Compare):
        return not _same_but_one(one, other)
    return False


def _same_of_another_column(one: Aggregate, other: Aggregate) -> bool:
    return (
        isinstance(one.of, Field)
        and isinstance(other.of, Field)
        and (one.function, one.distinct, one.where, one.fraction)
        == (other.function, other.distinct, other.where, other.fraction)
    )


def _same_but_one(one: Compare, other: Compare) -> bool:
    """Whether two comparisons differ in one of their sides alone."""
    sides = (one.left != other.left, one.operator != other.operator, one.right != other.right)
    if sum(sides) != 1:
        return False
    if sides[0]:
        kinds = (Field, Bucket, Aggregate)
        return isinstance(one.left, kinds) and type(one.left) is type(other.left)
    return sides[2] and isinstance(one.right, Query) and isinstance(other.right, Query)


def _of_several(one: tuple[Any, ...], other: tuple[Any, ...], place: tuple[str, ...]) -> Iterator[Difference]:
    """What both have is left out; the rest is paired in its order, where there is as much of it."""
    mine = tuple(part for part in one if part not in other)
    theirs = tuple(part for part in other if part not in one)
    if len(mine) == len(theirs) and mine:
        for left, right in zip(mine, theirs, strict=True):
            yield from _of(left, right, place)
    elif mine or theirs:
        yield Difference(place, mine, theirs)
    # Else only their order differs, which nobody asks about.
