"""Periods of a query whose number came after them: "our best customers in 2025" are told by what was sold in 2025, and
not by when they signed up.
"""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.query.model import Both, Condition, During, Either, Field, Query
from services.ml_gateway.engine.reader.assembly.conditions import field_of
from services.ml_gateway.engine.reader.assembly.dating import date_of_numbers
from services.ml_gateway.engine.reader.assembly.frame import Frame, type_of
from services.ml_gateway.engine.reader.assembly.timing import date_of
from services.ml_gateway.engine.reader.wording.deeds import day_of_verb


def redated(frame: Frame, before: Query, after: Query) -> Query:
    """`after`, which is `before` with a number that its rows are ranked by: of the number's date, where no word tells
    of which date the period is.
    """
    field = date_of_numbers([one.by for one in after.order], frame.index)
    old = untold(frame, before) if field else None
    if field is None or old is None or after.where is None:
        return after
    return replace(after, where=_moved(after.where, old, field))


def untold(frame: Frame, query: Query) -> Field | None:
    """The date that a query's periods were taken to be about for want of a word that tells."""
    spans = [one for one in frame.sentence.times if one.span]
    named = [part for part in frame.parts if part.choice and part.choice.target.kind is TargetKind.COLUMN]
    if not spans or any(type_of(frame, field_of(part)).temporal for part in named):
        return None
    return None if day_of_verb(frame, spans[0], query) else date_of(frame, query)


def _moved(condition: Condition, old: Field, new: Field) -> Condition:
    match condition:
        case During(field=field) if field == old:
            return replace(condition, field=new)
        case Both() | Either():
            return replace(condition, conditions=tuple(_moved(one, old, new) for one in condition.conditions))
        case _:
            return condition
