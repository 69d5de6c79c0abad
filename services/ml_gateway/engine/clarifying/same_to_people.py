"""Readings that a person takes for one: nobody is asked which of them is meant."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from services.ml_gateway.engine.clarifying.sameness import gist
from services.ml_gateway.engine.dialog.parts import is_measure
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import Aggregate, Bucket, Function, MetricValue, Query, Rows
from services.ml_gateway.engine.reader.planning import Understood
from services.ml_gateway.engine.reader.scoring.calibrating import most_sure
from services.ml_gateway.engine.reader.scoring.gist import beside

_MOST = 0.85  # how sure it is at most that one of them is meant
_LEAST = 0.6  # how sure the first must be by itself


def as_one(read: Understood, index: Index) -> Understood:
    """With what is held for readings added up that count the same rows, by a metric or as they are, or that rank
    periods by a number and differ only in whether it stands beside them. Not what ranks things: there it is as open
    what is ranked."""
    if read.made is None or read.ways > 1 or len(read.order) < 2 or read.sure < _LEAST:
        return read
    first = read.order[0]
    if not all(is_measure(one) or isinstance(one, Bucket) for one in first.candidate.query.show):
        return read  # a list: how its rows are told apart is another matter
    same = _taken(first.candidate.query, index)
    together = sum(one.share for one in read.order if _taken(one.candidate.query, index) == same)
    if together <= first.share or not first.share:
        return read
    sure = min(read.sure * together / first.share, _MOST, most_sure(first.candidate, read.asked.text, index))
    return replace(read, sure=max(read.sure, sure))


def _taken(query: Query, index: Index) -> Hashable:
    of_periods = bool(query.group) and all(isinstance(one, Bucket) for one in query.group)
    return gist(_counted((beside(query) if of_periods else None) or query, index), index)


def _counted(node: Any, index: Index) -> Any:
    """With the rows themselves in place of a metric that is nothing but how many there are."""
    match node:
        case MetricValue():
            metric = index.metrics[node.name]
            plain = "".join(metric.expression.lower().split()) == "count(*)" and not metric.filters
            return Aggregate(Function.COUNT, Rows(metric.table)) if plain else node
        case tuple():
            return tuple(_counted(one, index) for one in node)
        case _ if is_dataclass(node) and not isinstance(node, type | TableKey | ColumnKey):
            return replace(node, **{one.name: _counted(getattr(node, one.name), index) for one in fields(node)})
        case _:
            return node
