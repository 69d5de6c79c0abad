"""A reading told back: each span of the question with its meaning, one sentence, what was assumed."""

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.candidates import Candidate
from services.ml_gateway.engine.cues import Cue, CueKind
from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.linking import Link
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.naming import column_label, table_label, title
from services.ml_gateway.engine.outcome import Interpretation, Meaning, MeaningKind
from services.ml_gateway.engine.reading import Reading
from services.ml_gateway.engine.timeranges import TimeMention
from services.ml_gateway.engine.wording import range_in_days, summary

_CUES = {
    CueKind.AGGREGATE: MeaningKind.MEASURE, CueKind.COUNT: MeaningKind.MEASURE, CueKind.TOP: MeaningKind.ORDER,
    CueKind.SUPERLATIVE: MeaningKind.ORDER, CueKind.COMPARE: MeaningKind.FILTER, CueKind.ORDER: MeaningKind.ORDER,
    CueKind.NEGATION: MeaningKind.FILTER, CueKind.BY: MeaningKind.DIMENSION,
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
    told = summary(candidate.reading, candidate, asked, index)
    return Interpretation(
        told,
        tuple(meanings),
        (*candidate.assumed, *_taken_keys(candidate.reading, index), *_relative(candidate), *_cut(candidate)),
    )


def _taken_keys(reading: Reading, index: Index) -> list[str]:
    """Keys that nobody declared and that the answer joins over."""
    hops = dict.fromkeys(hop.relationship for place in reading.places for hop in place.path)
    said = []
    for link in (index.catalog.relationships[number] for number in hops):
        if link.inferred:
            own, other = " and ".join(link.columns), " and ".join(link.target_columns)
            said.append(
                f"“{own}” of {table_label(link.table, index)} is taken to be “{other}” of "
                f"{table_label(link.target, index)} ({link.confidence:.0%} sure)."
            )
    return said


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
    assert mention.span
    return f"{mention.span.label}: {range_in_days(mention.span)}"


def _relative(candidate: Candidate) -> tuple[str, ...]:
    """The days that a relative period ("last quarter") was taken to be; a calendar year needs no saying."""
    span = candidate.intent.span
    if not span or not span.label.startswith(("last ", "the last ", "this ", "year to", "month to", "quarter to")):
        return ()
    verb = "are" if span.label.startswith("the last") else "is"
    return (f"{title(span.label)} {verb} {range_in_days(span)}.",)


def _cut(candidate: Candidate) -> tuple[str, ...]:
    """What a ranking leaves out without the reader seeing it."""
    reading = candidate.reading
    if not reading or reading.limit is None or not reading.order:
        return ()
    if reading.limit == 1:
        return ("Where several are equal, only the first by name is shown.",)
    return (f"Rows beyond the first {reading.limit} are left out, even where their figures equal the last one shown.",)


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
