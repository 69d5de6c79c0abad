"""A question to its plan by what was learned: items, labellings, candidates, their ranking, the calibrated bar."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.charting import chart_for
from services.ml_gateway.engine.dialog.telling import short_title, summary
from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.naming import column_label, table_label
from services.ml_gateway.engine.outcome import (
    Interpretation,
    Meaning,
    MeaningKind,
    Outcome,
    Planned,
)
from services.ml_gateway.engine.periods import Today
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.compiling import Compiled, compile_query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.calibrating import confidence, signs
from services.ml_gateway.engine.reader.candidates import candidates
from services.ml_gateway.engine.reader.declining import declined
from services.ml_gateway.engine.reader.features import Part
from services.ml_gateway.engine.reader.items import sentences
from services.ml_gateway.engine.reader.labels import Label
from services.ml_gateway.engine.reader.ranking import Ranked, ranked
from services.ml_gateway.engine.reader.weights import Learned, packaged
from services.ml_gateway.engine.refusing import refuse_early
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import tokenize

BAR = 0.5  # below this confidence there is no answer
_TRIED = 5  # candidates whose SQL is tried before there is none
_MEASURES = (Label.COUNT, Label.COUNT_DISTINCT, Label.SUM, Label.AVG, Label.MIN, Label.MAX)
_FILTERS = (Label.WHERE, Label.NOT, Label.NULL, Label.NOT_NULL, Label.AGAINST, Label.HAVING)


def read(asked: Asked, index: Index, learned: Learned) -> tuple[Ranked, ...]:
    """What the question may ask, the likeliest first; empty where nothing can be made of it."""
    times = find_times(asked.tokens, Today(asked.today, index.catalog.week_starts_on))
    found = candidates(sentences(asked.tokens, index, times), index, learned.labels)
    return ranked(found, index, learned.ranks)


def plan(
    question: str,
    index: Index,
    *,
    now: datetime,
    timezone: str = "UTC",
    learned: Learned | None = None,
    bar: float = BAR,
) -> Outcome:
    """As the engine's plan, by the learned reader. learned: None for the packaged weights."""
    instant = now if now.tzinfo else now.replace(tzinfo=UTC)
    asked = Asked(question, tokenize(question[:5000]), instant.astimezone(ZoneInfo(timezone)).date(), timezone)
    early = refuse_early(asked, index)
    if early:
        return early
    learned = learned or packaged()
    order = read(asked, index, learned)
    compiled = _first(order, Schema(index), timezone)
    if compiled is None:
        return declined(order[0].candidate if order else None, asked, index)
    place, made = compiled
    sure = confidence(signs(order[place:]), learned.calibration)
    if sure < bar:
        return declined(order[place].candidate, asked, index)
    return _planned(order[place], made, sure, asked, index)


def _first(order: Sequence[Ranked], schema: Schema, timezone: str) -> tuple[int, Compiled] | None:
    for place, one in enumerate(order[:_TRIED]):
        try:
            return place, compile_query(one.candidate.query, schema, timezone=timezone)
        except (Unreadable, LookupError):  # a query that no SQL can say
            continue
    return None


def _planned(best: Ranked, made: Compiled, sure: float, asked: Asked, index: Index) -> Planned:
    query = best.candidate.query
    told = summary(query, made.columns, index)
    digest = hashlib.sha256(f"{index.catalog.dialect}\n{made.sql}".encode()).hexdigest()
    return Planned(
        sql=made.sql,
        reading=query,
        columns=made.columns,
        interpretation=Interpretation(told, tuple(meanings(best.candidate.labelling.parts, asked, index))),
        chart=chart_for(made.columns),
        confidence=round(sure, 3),
        tables=made.tables,
        fingerprint=digest[:32],
        title=short_title(query, made.columns, index),
    )


def meanings(parts: Sequence[Part], asked: Asked, index: Index) -> Iterator[Meaning]:
    """Which words meant what."""
    for part in parts:
        if part.choice is None:
            continue
        start, end = asked.characters(part.item.first, part.item.last)
        target = part.choice.target
        yield Meaning(
            start, end, asked.text[start:end], _said(part, index), _kind(part), target.table.name, target.column,
            min(part.choice.score, 1.0),
        )  # fmt: skip


def _kind(part: Part) -> MeaningKind:
    assert part.choice
    if part.label in _FILTERS:
        return MeaningKind.FILTER
    if part.label in _MEASURES or part.choice.target.kind is TargetKind.METRIC:
        return MeaningKind.MEASURE
    if part.label is Label.LIMIT:
        return MeaningKind.LIMIT
    if part.label in (Label.CONTEXT, Label.ALL):
        return MeaningKind.TABLE
    return MeaningKind.DIMENSION if part.label in (Label.SHOW, Label.GROUP) else MeaningKind.ORDER


def _said(part: Part, index: Index) -> str:
    assert part.choice
    target = part.choice.target
    if target.kind is TargetKind.METRIC:
        metric = index.metrics[target.metric]
        return metric.description or metric.label or metric.name
    if target.kind is TargetKind.LITERAL:
        return f"“{target.value}”"
    table = table_label(target.table, index)
    if target.kind is TargetKind.TABLE:
        return table
    label = column_label(ColumnKey(target.table, target.column), index)
    return f"{label} of {table} is “{target.value}”" if target.kind is TargetKind.VALUE else f"{label} of {table}"
