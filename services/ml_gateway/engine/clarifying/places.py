"""The words of a question that its readings take to mean different things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.outcome import ClarificationKind
from services.ml_gateway.engine.query.model import Compare, Field, Rows
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.targets import Target

_SAID = (ClarificationKind.COLUMN, ClarificationKind.TABLE, ClarificationKind.VALUE)


def unclear(kind: ClarificationKind, sides: Sequence[Any], found: Sequence[Candidate], asked: Asked) -> tuple[int, int]:
    """Characters [start, end) that each reading takes to be its side of the difference; (0, 0) where there are none."""
    if kind not in _SAID:
        return 0, 0
    places = [
        {(part.item.first, part.item.last) for part in one.labelling.parts if _means(part, side)}
        for side, one in zip(sides, found, strict=True)
    ]
    shared = sorted(set.intersection(*places)) if places else []
    return asked.characters(*shared[0]) if len(shared) == 1 else (0, 0)


def _means(part: Part, side: Any) -> bool:
    if part.choice is None:
        return False
    target = part.choice.target
    match side:
        case Compare(left=Field() as field):
            return _is_column(target, field) or _may_be(part, target, field)
        case Field():
            return _is_column(target, side)
        case Rows():
            return target.table == side.table
        case _:
            return False


def _may_be(part: Part, target: Target, field: Field) -> bool:
    """Whether the words of a value could mean that of another column as well."""
    others = (one.target for one in part.item.choices)
    return bool(target.value) and any(_is_column(one, field) and one.value == target.value for one in others)


def _is_column(target: Target, field: Field) -> bool:
    return bool(target.column) and ColumnKey(target.table, target.column) == field.key
