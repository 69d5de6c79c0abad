"""Numbers of each entity: their mean, a ratio, percentiles, and the best few within each group."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Bucket,
    Each,
    Expression,
    Field,
    Function,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.business.cues import Cue, CueKind
from services.ml_gateway.engine.reader.business.numbers import numbers_of, with_numbers
from services.ml_gateway.engine.reader.features import Part
from services.ml_gateway.engine.reader.frame import Frame, labels_of, type_of
from services.ml_gateway.engine.reader.labels import Label

_EACH = frozenset("each every per".split())


def percentiles(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """In place of the mean or the sum of a column; of what is listed where it is one number."""

    def instead(one: Expression) -> Expression:
        column = isinstance(one, Aggregate) and one.function in (Function.AVG, Function.SUM) and not one.distinct
        return _percentile(one.of, cue) if column and isinstance(one.of, Field) else one  # type: ignore[union-attr]

    if numbers_of(query):
        return [with_numbers(query, instead)]
    numeric = [one for one in query.show if isinstance(one, Field) and type_of(frame, one).numeric]
    if len(numeric) != 1 or query.limit:
        return []
    others = tuple(one for one in query.show if one != numeric[0])
    shown = (*others, _percentile(numeric[0], cue))
    return [replace(query, show=shown, group=(*query.group, *others), order=(), distinct=False, subject=None)]


def _percentile(of: Field, cue: Cue) -> Aggregate:
    if cue.fraction == 0.5:
        return Aggregate(Function.MEDIAN, of)
    return Aggregate(Function.PERCENTILE, of, fraction=cue.fraction)


def for_each(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """The mean over the entities that the number is grouped by."""
    numbers, rows = numbers_of(query), [one for one in query.group if isinstance(one, Rows)]
    if len(numbers) != 1 or len(rows) != 1 or query.limit:
        return []
    rest = tuple(one for one in query.group if one != rows[0])
    shown = tuple(one for one in query.show if one in rest)
    mean = Aggregate(Function.AVG, Each(numbers[0], (rows[0],)))
    return [replace(query, show=(*shown, mean), group=rest, order=())]


def ratio(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """The last number divides the one before it."""
    numbers = numbers_of(query)
    if len(numbers) < 2:
        return []
    above, below = numbers[-2:]
    made = Arithmetic(ArithmeticOperator.DIVIDED_BY, above, below)
    shown = tuple(made if one == above else one for one in query.show if one != below)
    return [replace(query, show=shown, order=tuple(o for o in query.order if o.by not in (above, below)))]


def best_within(frame: Frame, query: Query) -> list[Query]:
    """ "The top 3 products in each region": the limit holds within each of what "each" is said of."""
    if not query.limit or not query.order or query.per or query.combined:
        return [query]
    inner = _each(frame, query)
    if inner is None:
        return [query]
    grouped = query.group or tuple(one for one in query.show if isinstance(one, Field))
    shown = _shown(frame, inner)
    rest = tuple(one for one in query.show if one not in shown)
    group = query.group if inner in query.group or not query.group else (inner, *query.group)
    if len([one for one in grouped if one != inner and one not in shown]) < 1:
        return [query]
    per = (inner,)
    made = replace(query, show=(*shown, *rest), group=group, per=per)
    order = (*(Ordering(one) for one in shown), *query.order)
    return [replace(made, order=query.order), replace(made, order=order)]


def _shown(frame: Frame, inner: Rows | Expression) -> tuple[Expression, ...]:
    return labels_of(frame, inner) if isinstance(inner, Rows) else (inner,)


def _each(frame: Frame, query: Query) -> Rows | Expression | None:
    """What "each" is said of: a period, or a name."""
    forms = [token.form for token in frame.sentence.tokens]
    for mention in frame.sentence.times:
        if mention.grain and (
            _EACH & set(forms[max(mention.first - 1, 0) : mention.last]) or "by" in forms[mention.first : mention.last]
        ):
            return next((one for one in query.group if isinstance(one, Bucket)), None)
    cycle = next((one for one in frame.sentence.cues if one.kind is CueKind.CYCLE), None)
    if cycle:
        return next((one for one in query.group if isinstance(one, Bucket)), None)
    for part in frame.parts:
        if not part.choice or part.label in (Label.LIMIT, Label.WHERE, Label.NOT) or not part.item.first:
            continue
        before = forms[max(part.item.first - 2, 0) : part.item.first]
        if before[-1] in _EACH or (len(before) > 1 and before[0] in _EACH and before[1] in ("single", "one", "of")):
            return _meant(part)
    return None


def _meant(part: Part) -> Rows | Field | None:
    assert part.choice
    target = part.choice.target
    if target.kind is TargetKind.TABLE:
        return Rows(target.table, target.relationship)
    if target.kind is TargetKind.COLUMN:
        return Field(ColumnKey(target.table, target.column), target.relationship)
    return None
