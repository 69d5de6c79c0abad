"""Periods and grains, of the date that they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.query.model import Aggregate, Bucket, During, Field, MetricValue, Ordering, Query
from services.ml_gateway.engine.reader.conditions import field_of
from services.ml_gateway.engine.reader.features import Part
from services.ml_gateway.engine.reader.frame import Frame, all_of, tables_named, type_of


def timed(frame: Frame, query: Query, named: Sequence[Part]) -> Query:
    """Periods and grains, of the date that the question names, else of the one that the rows are told by."""
    if query.combined:
        operator, other = query.combined
        query = replace(query, combined=(operator, timed(frame, other, named)))
    for mention in frame.sentence.times:
        field = next((field_of(p) for p in named if type_of(frame, field_of(p)).temporal), None) or _date(frame, query)
        if field is None:
            frame.notes.append("undated")
            continue
        if mention.span:
            during = During(field, mention.span.start, mention.span.end)
            query = replace(query, where=all_of([*([query.where] if query.where else []), during]))
        if mention.grain:
            bucket = Bucket(field, mention.grain)
            order = query.order or (Ordering(bucket),)
            query = replace(query, show=(bucket, *query.show), group=(bucket, *query.group), order=order)
    return query


def _date(frame: Frame, query: Query) -> Field | None:
    """The default date of the rows that the query counts or shows, or of what those hang on."""
    metrics = [frame.index.metrics[one.name] for one in query.show if isinstance(one, MetricValue)]
    if metrics and metrics[0].time_column:
        return Field(metrics[0].time_column)
    tables = [metric.table for metric in metrics]
    tables += [table for one in query.show if isinstance(one, Aggregate) for table in sorted(tables_named(one))]
    tables += [table for one in query.show for table in sorted(tables_named(one))]
    tables += [p.choice.target.table for p in frame.parts if p.choice and p.choice.target.table.name]
    for table in dict.fromkeys(tables):
        if dates := frame.index.tables[table].default_dates:
            return Field(ColumnKey(table, dates[0]))
    return None
