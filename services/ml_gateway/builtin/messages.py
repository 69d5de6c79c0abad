"""What the engine says → the events of an answer. Pure."""

from collections.abc import Sequence

from infinure.ml_gateway.v1 import answer_event_pb2 as events
from infinure.ml_gateway.v1 import chart_pb2, result_pb2

from services.ml_gateway.engine.model import Format
from services.ml_gateway.engine.outcome import (
    Chart,
    ChartKind,
    Meaning,
    MeaningKind,
    NeedsClarification,
    OutputColumn,
    Planned,
    RefusalReason,
    Refused,
)
from services.ml_gateway.learning.matching import table_name
from services.ml_gateway.model import KnownCatalog, QueryResult

_MEANINGS = {
    MeaningKind.MEASURE: events.MEANING_KIND_MEASURE,
    MeaningKind.DIMENSION: events.MEANING_KIND_DIMENSION,
    MeaningKind.FILTER: events.MEANING_KIND_FILTER,
    MeaningKind.TIME: events.MEANING_KIND_TIME,
    MeaningKind.ORDER: events.MEANING_KIND_ORDER,
    MeaningKind.LIMIT: events.MEANING_KIND_LIMIT,
    MeaningKind.TABLE: events.MEANING_KIND_TABLE,
}
_REFUSALS = {
    RefusalReason.EMPTY: events.REFUSAL_REASON_NOT_A_DATA_QUESTION,
    RefusalReason.TOO_LONG: events.REFUSAL_REASON_NOT_SUPPORTED,
    RefusalReason.LANGUAGE: events.REFUSAL_REASON_LANGUAGE,
    RefusalReason.NOT_A_DATA_QUESTION: events.REFUSAL_REASON_NOT_A_DATA_QUESTION,
    RefusalReason.NOT_UNDERSTOOD: events.REFUSAL_REASON_NOT_CONFIDENT,
    RefusalReason.NO_SUCH_DATA: events.REFUSAL_REASON_NO_SUCH_DATA,
    RefusalReason.UNSUPPORTED: events.REFUSAL_REASON_NOT_SUPPORTED,
    RefusalReason.UNSAFE_JOIN: events.REFUSAL_REASON_NOT_SUPPORTED,
}
_CHARTS = {
    ChartKind.NUMBER: chart_pb2.CHART_KIND_NUMBER,
    ChartKind.LINE: chart_pb2.CHART_KIND_LINE,
    ChartKind.BAR: chart_pb2.CHART_KIND_BAR,
    ChartKind.TABLE: chart_pb2.CHART_KIND_TABLE,
}
_GRAINS = {
    "": result_pb2.GRAIN_UNSPECIFIED,
    "hour": result_pb2.GRAIN_HOUR,
    "day": result_pb2.GRAIN_DAY,
    "week": result_pb2.GRAIN_WEEK,
    "month": result_pb2.GRAIN_MONTH,
    "quarter": result_pb2.GRAIN_QUARTER,
    "year": result_pb2.GRAIN_YEAR,
}


def interpretation(plan: Planned, known: KnownCatalog) -> events.Interpretation:
    return events.Interpretation(
        summary=plan.interpretation.summary,
        meanings=[_meaning(meaning) for meaning in plan.interpretation.meanings],
        assumptions=plan.assumptions,
        confidence=plan.confidence,
        source_id=known.source_id,
        source_name=known.catalog.source_name,
    )


def _meaning(meaning: Meaning) -> events.WordMeaning:
    return events.WordMeaning(
        text=meaning.text,
        start=meaning.start,
        end=meaning.end,
        kind=_MEANINGS[meaning.kind],
        meaning=meaning.meaning,
        table=meaning.table,
        column=meaning.column,
    )


def query(plan: Planned, known: KnownCatalog) -> events.Query:
    return events.Query(
        source_id=known.source_id, dialect=known.catalog.dialect, sql=plan.sql, tables=map(table_name, plan.tables)
    )


def rows(plan: Planned, result: QueryResult) -> result_pb2.Rows:
    """Raises ValueError where the result hasn't the plan's columns."""
    return result_pb2.Rows(
        columns=[_column(column, kind) for column, kind in zip(plan.columns, result.types, strict=True)],
        rows=result.rows,
        total_row_count=result.row_count,
        truncated=result.truncated,
    )


def _column(column: OutputColumn, kind: result_pb2.ValueType.ValueType) -> result_pb2.ResultColumn:
    return result_pb2.ResultColumn(
        name=column.name,
        label=column.label,
        type=kind,
        format=number_format(column.format, column.unit),
        grain=_GRAINS[column.grain],
        is_measure=column.is_measure,
    )


def number_format(form: Format, unit: str) -> result_pb2.NumberFormat:
    """How a column's numbers are shown; the engine's unit of an amount of money is its currency."""
    if form is Format.CURRENCY:
        return result_pb2.NumberFormat(style=result_pb2.NUMBER_STYLE_CURRENCY, currency=unit)
    if form is Format.PERCENT:
        return result_pb2.NumberFormat(style=result_pb2.NUMBER_STYLE_PERCENT)
    digits = 0 if form is Format.INTEGER else None
    return result_pb2.NumberFormat(unit=unit, fraction_digits=digits)


def chart(plan: Planned) -> chart_pb2.Chart:
    """The engine's suggestion, by the columns' places."""
    suggested: Chart = plan.chart
    places = {column.name: place for place, column in enumerate(plan.columns)}
    return chart_pb2.Chart(
        kind=_CHARTS[suggested.kind],
        title=plan.title,
        x_column=places.get(suggested.x),
        y_columns=[places[name] for name in suggested.y],
        series_column=places.get(suggested.series),
    )


def clarification(asked: NeedsClarification, words: str) -> events.Clarification:
    """words are those of the question that are unclear; empty where it isn't about some of them."""
    options = [events.ClarificationOption(label=one.label, question=one.question, id=one.id) for one in asked.options]
    return events.Clarification(question=asked.message, options=options, words=words)


def refusal(refused: Refused, suggestions: Sequence[str]) -> events.Refusal:
    return events.Refusal(
        reason=_REFUSALS[refused.reason],
        text=refused.message,
        unplaced_words=refused.words,
        suggestions=suggestions,
    )
