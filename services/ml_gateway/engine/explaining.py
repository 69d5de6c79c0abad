"""A reading told back: each span of the question with its meaning, one sentence, what was assumed."""

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.candidates import Candidate
from services.ml_gateway.engine.columns import output_columns
from services.ml_gateway.engine.cues import Cue, CueKind
from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.linking import Link
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.naming import column_label, placed_label, table_label, title
from services.ml_gateway.engine.outcome import Interpretation, Meaning, MeaningKind
from services.ml_gateway.engine.reading import Filter, Operator, Reading, TimeFilter
from services.ml_gateway.engine.timeranges import TimeMention

_CUES = {
    CueKind.AGGREGATE: MeaningKind.MEASURE, CueKind.COUNT: MeaningKind.MEASURE, CueKind.TOP: MeaningKind.ORDER,
    CueKind.SUPERLATIVE: MeaningKind.ORDER, CueKind.COMPARE: MeaningKind.FILTER, CueKind.ORDER: MeaningKind.ORDER,
    CueKind.NEGATION: MeaningKind.FILTER, CueKind.BY: MeaningKind.DIMENSION,
}  # fmt: skip
_SPOKEN = {
    Operator.EQUAL: "is", Operator.NOT_EQUAL: "is not", Operator.GREATER: "over", Operator.AT_LEAST: "at least",
    Operator.LESS: "under", Operator.AT_MOST: "at most", Operator.CONTAINS: "contains", Operator.BETWEEN: "between",
    Operator.IS_NULL: "is missing", Operator.NOT_NULL: "is known",
}  # fmt: skip


def explain(candidate: Candidate, asked: Asked, index: Index) -> Interpretation:
    """Spans are in characters (code points) of the question as asked."""
    assert candidate.reading
    meanings = []
    for item in sorted(candidate.items, key=lambda item: item.first):
        start, end = asked.characters(item.first, item.last)
        said = _meaning(item, candidate, index)
        if said:
            kind, meaning, table, column, score = said
            meanings.append(Meaning(start, end, asked.text[start:end], meaning, kind, table, column, score))
    return Interpretation(summary(candidate.reading, index, candidate), tuple(meanings), candidate.assumed)


def _meaning(item: object, candidate: Candidate, index: Index) -> tuple[MeaningKind, str, str, str, float] | None:
    if isinstance(item, TimeMention):
        if item.span:
            return MeaningKind.TIME, _days(item), "", "", 1.0
        return MeaningKind.TIME, f"by {item.grain.value}" if item.grain else "", "", "", 1.0
    if isinstance(item, Cue):
        kind = _CUES.get(item.kind)
        if not kind:
            return None
        if item.kind is CueKind.TOP and candidate.reading:
            return MeaningKind.LIMIT, f"{candidate.reading.limit or ''} rows".strip(), "", "", 1.0
        if item.kind is CueKind.AGGREGATE and item.aggregate:
            return kind, item.aggregate.value, "", "", 1.0
        if item.kind is CueKind.SUPERLATIVE:
            return kind, "largest first" if item.descending else "smallest first", "", "", 1.0
        return (kind, "count", "", "", 1.0) if item.kind is CueKind.COUNT else None
    assert isinstance(item, Link)
    return _role(item, candidate), _target(item.target, index), item.target.table.name, item.target.column, item.score


def _days(mention: TimeMention) -> str:
    span = mention.span
    assert span
    start = span.start.isoformat() if span.start else "the beginning"
    end = f"before {span.end.isoformat()}" if span.end else "on"
    return f"{span.label}: from {start} {end}" if span.start else f"{span.label}: {end}"


def _role(link: Link, candidate: Candidate) -> MeaningKind:
    intent = candidate.intent
    if link.target.kind in (TargetKind.VALUE, TargetKind.FLAG) or any(f.link == link for f in intent.filters):
        return MeaningKind.FILTER
    if any(measure.link == link for measure in intent.measures):
        return MeaningKind.MEASURE
    if link in (intent.ranked_by, intent.order_link):
        return MeaningKind.ORDER
    if link.target.kind is TargetKind.TABLE and link in intent.mentioned:
        return MeaningKind.TABLE
    return MeaningKind.TIME if link == intent.time_column else MeaningKind.DIMENSION


def _target(target: Target, index: Index) -> str:
    if target.kind is TargetKind.METRIC:
        metric = index.metrics[target.metric]
        return metric.description or metric.label or metric.name
    table = table_label(target.table, index)
    if target.kind is TargetKind.TABLE:
        return table
    label = column_label(ColumnKey(target.table, target.column), index)
    if target.kind is TargetKind.VALUE:
        return f"{label} of {table} is “{target.value}”"
    return f"{label} of {table}"


def summary(reading: Reading, index: Index, candidate: Candidate) -> str:
    """One sentence: what, by what, for which rows, when, in what order."""
    columns = output_columns(reading, index)
    numbers = [column.label for column in columns if column.is_measure]
    groups = [column.label.lower() for column in columns if not column.is_measure]
    part = reading.parts[0]
    text = _joined(numbers) if numbers else f"{title(_joined(groups))} of {table_label(part.base, index)}"
    if numbers and groups:
        text += f" by {_joined(groups)}"
    conditions = [condition for condition in (_condition(f, index) for f in part.filters) if condition]
    if conditions:
        text += f", where {' and '.join(conditions)}"
    for existence in part.existences:
        there = table_label(existence.place.table, index)
        text += f", {'without' if existence.negated else 'with'} {there}"
    for time in part.times:
        text += f", {_when(time, candidate, index)}"
    if reading.limit is not None:
        text += f", {'highest' if reading.order and reading.order.descending else 'lowest'} {reading.limit} only"
    return text + "."


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""


def _condition(condition: Filter, index: Index) -> str:
    values = " or ".join(str(value) if not isinstance(value, float) else f"{value:g}" for value in condition.values)
    if condition.operator is Operator.BETWEEN:
        values = values.replace(" or ", " and ")
    return f"{placed_label(condition.column, index)} {_SPOKEN[condition.operator]} {values}".strip()


def _when(time: TimeFilter, candidate: Candidate, index: Index) -> str:
    label = candidate.intent.span.label if candidate.intent.span else "then"
    days = f"{time.start or '…'} to before {time.end or '…'}"
    return f"{label} ({placed_label(time.column, index)} from {days})"
