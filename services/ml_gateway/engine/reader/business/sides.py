"""Two values side by side: "Germany versus France"."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.query.model import Bucket, Compare, Field, Ordering, Query
from services.ml_gateway.engine.reader.assembly.frame import Frame
from services.ml_gateway.engine.reader.business.cues import Cue
from services.ml_gateway.engine.reader.business.numbers import atoms, numbers_of
from services.ml_gateway.engine.reading import Operator

_ORDERING = frozenset("most least order ascending descending".split())


def side_by_side(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """A row for each of the values that are compared."""
    if not numbers_of(query) or query.combined:
        return []
    buckets = [one for one in query.group if isinstance(one, Bucket)]
    if buckets and not _ORDERING & set(frame.kinds):
        query = replace(query, order=(Ordering(buckets[0]),), limit=None)  # each period, one after the other
    compared = [
        one.left
        for one in atoms(query.where)
        if isinstance(one, Compare) and isinstance(one.left, Field) and one.operator is Operator.EQUAL
        and isinstance(one.right, tuple) and len(one.right) > 1
    ]  # fmt: skip
    new = tuple(one for one in dict.fromkeys(compared) if one not in query.group)
    if not new:
        return [query]
    periods = tuple(one for one in query.show if isinstance(one, Bucket))  # each period's sides together
    rest = tuple(one for one in query.show if one not in periods)
    return [replace(query, show=(*periods, *new, *rest), group=(*query.group, *new))]
