"""Numbers over time: running totals, and growth against the period before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from services.ml_gateway.engine.periods import shift
from services.ml_gateway.engine.query.model import (
    Both,
    Bucket,
    Change,
    Compare,
    Condition,
    Cycle,
    During,
    Either,
    Field,
    Ordering,
    Query,
    Running,
)
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of
from services.ml_gateway.engine.reader.assembly.timing import date_of
from services.ml_gateway.engine.reader.business.cues import Cue, CueKind
from services.ml_gateway.engine.reader.business.numbers import atoms, numbers_of, periods_of, with_numbers, without
from services.ml_gateway.engine.reading import Grain, Operator

_LENGTHS = (Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)
_RELATIVE = frozenset("growth grow grew grown growing percentage percent % rate rates relative yoy mom qoq wow".split())
_DAYS = {1: Grain.DAY, 7: Grain.WEEK, 365: Grain.YEAR, 366: Grain.YEAR}


def along(query: Query) -> Bucket | None:
    return next((one for one in query.group if isinstance(one, Bucket) and not isinstance(one.grain, Cycle)), None)


def running(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    if not numbers_of(query):
        return []
    found = _along(frame, query, Grain.MONTH)
    if found is None:
        return []
    query, bucket = found
    return [with_numbers(query, lambda one: Running(one, bucket))]


def changed(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """Each number's growth, alone and beside the number."""
    numbers = numbers_of(query)
    if not numbers or any(isinstance(one, Change) for one in numbers):
        return [query] if numbers else []
    cues = [one for one in frame.sentence.cues if one.kind is CueKind.CHANGE]
    grain = next((one.grain for one in cues if one.grain and not one.said), None)
    before = next((one for one in cues if one.grain and one.said in ("since", "ago", "before")), None)
    told = next((mention.grain for mention in frame.sentence.times if mention.grain), None)
    length = told or grain or (before.grain if before and before.said == "before" else None)
    both = _beside_each_other(frame, query, before, length) if before and not told and len(cues) == 1 else None
    if both:
        return [both]
    found = _along(frame, query, length or _length(query))
    if found is None:
        return []
    query, bucket = found
    since = before.grain if before and before.said != "before" else None
    since = since or (grain if told and grain and grain is not told else None)
    if before and before.said == "before" and told and before.grain is not told:
        since = before.grain
    if since is None or since is bucket.grain or _LENGTHS.index(since) < _LENGTHS.index(bucket.grain):
        since = None
    relative = _is_relative(frame, cues)
    query, held = _in_groups(query, bucket)
    changes = {one: Change(one, bucket, relative=relative, since=since) for one in numbers}
    order = query.order or (Ordering(bucket),)
    only = replace(query, show=tuple(changes.get(one, one) for one in query.show), order=order)
    beside = replace(query, show=(*query.show, *changes.values()), order=order)
    if held and _is_one(held):
        alone = replace(only, show=tuple(one for one in only.show if one != bucket), order=())
        forms = [token.form for token in frame.sentence.tokens]
        return [alone] if ("how", "much") in pairwise(forms) else [alone, only, beside]
    return [only, beside]


def _beside_each_other(frame: Frame, query: Query, before: Cue, length: Grain | None) -> Query | None:
    """ "Revenue in May compared with the same month last year": each of the two, where no growth is asked for. None
    where the question doesn't name one period."""
    periods = periods_of(query)
    if len(periods) != 1 or along(query):
        return None
    one, grain = periods[0], _length(query)
    if one.start is None or one.end is None or not _is_whole(one.start, one.end):
        return None
    back = (length or grain) if before.said == "before" else (before.grain or Grain.YEAR)
    earlier = replace(one, start=shift(one.start, back, -1), end=shift(one.end, back, -1))
    left, _ = without(query, lambda other: other == one)
    bucket = Bucket(one.field, grain)
    return replace(
        left,
        where=all_of([*atoms(left.where), Either((earlier, one))]),
        show=(bucket, *left.show),
        group=(bucket, *left.group),
        order=(Ordering(bucket),),
    )


def _is_whole(start: date, end: date) -> bool:
    """Whether it is made of whole months: only those can be moved by months and years."""
    return start.day == end.day == 1


def _is_relative(frame: Frame, cues: list[Cue]) -> bool:
    said = {token.form for cue in cues for token in frame.sentence.tokens[max(cue.first - 1, 0) : cue.last]}
    return bool(said & _RELATIVE) or not any(cue.said in ("more", "verb", "before", "since", "ago") for cue in cues)


def _length(query: Query) -> Grain:
    """Of the period that is asked about."""
    for one in atoms(query.where):
        for during in one.conditions if isinstance(one, Either) else (one,):
            if isinstance(during, During) and during.start and during.end:
                return _grain((during.end - during.start).days)
    return Grain.MONTH


def _grain(days: int) -> Grain:
    return _DAYS.get(days) or (Grain.MONTH if 28 <= days <= 31 else Grain.QUARTER if 90 <= days <= 92 else Grain.MONTH)


def _along(frame: Frame, query: Query, grain: Grain) -> tuple[Query, Bucket] | None:
    """The query by periods, and the periods."""
    if bucket := along(query):
        return query, bucket
    field = next((during.field for during in periods_of(query)), None) or _of_either(query) or date_of(frame, query)
    if field is None:
        return None
    bucket = Bucket(field, grain)
    order = query.order or (Ordering(bucket),)
    return replace(query, show=(bucket, *query.show), group=(bucket, *query.group), order=order), bucket


def _of_either(query: Query) -> Field | None:
    for one in atoms(query.where):
        if isinstance(one, Either):
            return next((during.field for during in one.conditions if isinstance(during, During)), None)
    return None


def _in_groups(query: Query, bucket: Bucket) -> tuple[Query, list[Condition]]:
    """Periods as conditions on the groups: what they are compared with lies before them. Of two that are compared, the
    later one is asked about."""

    def dated(one: Condition) -> bool:
        return any(isinstance(part, During) and part.field == bucket.field
                   for part in (one.conditions if isinstance(one, Either) else (one,)))  # fmt: skip

    left, gone = without(query, dated)
    spans = [part for one in gone for part in (one.conditions if isinstance(one, Either) else (one,))]
    periods = [one for one in spans if isinstance(one, During)]
    if not periods:
        return query, []
    latest = max(periods, key=lambda one: one.start or date.min)
    bounds: list[Condition] = []
    if latest.start:
        bounds.append(Compare(bucket, Operator.AT_LEAST, (latest.start,)))
    if latest.end:
        bounds.append(Compare(bucket, Operator.LESS, (latest.end,)))
    having = [*atoms(left.having), *bounds]
    return replace(left, having=having[0] if len(having) == 1 else Both(tuple(having))), [latest, bucket]  # type: ignore[list-item]


def _is_one(held: list[Condition]) -> bool:
    """Whether the period asked about is a single one of those that are compared."""
    latest, bucket = held
    if not isinstance(latest, During) or not isinstance(bucket, Bucket) or not latest.start or not latest.end:
        return False
    return _grain((latest.end - latest.start).days) is bucket.grain
