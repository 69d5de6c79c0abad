"""What words of a question are told to have meant, whether it was read as a whole or goes on from another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from services.ml_gateway.engine.assuming import in_days
from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.naming import column_label, table_label
from services.ml_gateway.engine.outcome import Meaning, MeaningKind
from services.ml_gateway.engine.periods import TimeMention
from services.ml_gateway.engine.tokens import Token

_COUNTING = re.compile(r"\bhow many\b|\bnumber of\b", re.IGNORECASE)


def target_meaning(target: Target, index: Index) -> str:
    """ "Country of customers", "city of customers is “Berlin”"; a metric by its description."""
    if target.kind is TargetKind.METRIC:
        metric = index.metrics[target.metric]
        return metric.description or metric.label or metric.name
    if target.kind is TargetKind.LITERAL:
        return f"“{target.value}”"
    table = table_label(target.table, index)
    if target.kind is TargetKind.TABLE:
        return table
    key = ColumnKey(target.table, target.column)
    return value_meaning(key, target.value, index) if target.kind is TargetKind.VALUE else _of_column(key, index)


def value_meaning(key: ColumnKey, value: str, index: Index) -> str:
    """ "City of customers is “Berlin”"."""
    return f"{_of_column(key, index)} is “{value}”"


def counted(text: str) -> Iterator[Meaning]:
    """The words that ask for a number of rows."""
    for said in _COUNTING.finditer(text):
        yield Meaning(said.start(), said.end(), said[0], "count", MeaningKind.MEASURE)


def timed(text: str, tokens: Sequence[Token], times: Sequence[TimeMention]) -> Iterator[Meaning]:
    """The words that name a period or a grain."""
    for time in times:
        start, end = tokens[time.first].start, tokens[time.last - 1].end
        said = f"by {time.grain.value}" if time.grain else ""
        if time.span:
            said = ": ".join(one for one in (time.span.label, in_days(time.span)) if one)
        yield Meaning(start, end, text[start:end], said, MeaningKind.TIME)


def _of_column(key: ColumnKey, index: Index) -> str:
    return f"{column_label(key, index)} of {table_label(key.table, index)}"
