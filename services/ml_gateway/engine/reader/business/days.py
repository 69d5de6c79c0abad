"""Conditions on days that a phrase names: "on weekends", "on Mondays"."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.query.model import Bucket, Compare, Cycle, Query
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of
from services.ml_gateway.engine.reader.assembly.timing import date_of
from services.ml_gateway.engine.reader.business.cues import Cue
from services.ml_gateway.engine.reader.business.numbers import atoms, periods_of
from services.ml_gateway.engine.reading import Operator


def on_days(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """Of the date that a period or a grain is of, else of the one that the rows are told by; none without one."""
    buckets = [one.field for one in query.group if isinstance(one, Bucket)]
    field = next((one.field for one in periods_of(query)), None) or next(iter(buckets), None) or date_of(frame, query)
    if field is None or query.combined:
        return []
    on = Compare(Bucket(field, Cycle.WEEKDAY), Operator.EQUAL, cue.days)
    return [replace(query, where=all_of([*atoms(query.where), on]))]
