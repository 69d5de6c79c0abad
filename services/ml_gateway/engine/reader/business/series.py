"""Numbers over time: running totals, and growth against the period before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.ml_gateway.engine.periods import TimeMention, floor, shift
from services.ml_gateway.engine.periodsames import months_back
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
_PERIODS = _LENGTHS[1:]
_AGAINST = frozenset("to over versus vs against from than".split())
_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_FURTHEST = 120  # buckets between two periods that are compared


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
    """Each number's growth, alone and beside the number; to one period, just that."""
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
    compared = _compared(frame, query, bucket)
    since = before.grain if before and before.said != "before" else None
    since = since or (grain if told and grain and grain is not told else None)
    if before and before.said == "before" and told and before.grain is not told:
        since = before.grain
    if since is None or since is bucket.grain or _LENGTHS.index(since) < _LENGTHS.index(bucket.grain):
        since = None
    relative = _is_relative(frame, cues)
    each = len(frame.sentence.times) > 1 and not compared  # "growth in 2024 and 2025"
    query, held = _in_groups(query, bucket, each=each)
    back = compared if since is None and compared else 1
    changes = {one: Change(one, bucket, relative=relative, since=since, back=back) for one in numbers}
    order = query.order or (Ordering(bucket),)
    only = replace(query, show=tuple(changes.get(one, one) for one in query.show), order=order)
    beside = replace(query, show=(*query.show, *changes.values()), order=order)
    if held and _is_one(held[0], bucket):
        return [replace(only, show=tuple(one for one in only.show if one != bucket), order=())]
    return [only, beside]


def _beside_each_other(frame: Frame, query: Query, before: Cue, length: Grain | None) -> Query | None:
    """ "Revenue in May compared with the same month last year": each of the two, where no growth is asked for. None
    where the question doesn't name one period."""
    periods = periods_of(query)
    if len(periods) != 1 or along(query):
        return None
    one, grain = periods[0], _length(query)
    if one.start is None or one.end is None:
        return None
    back = (length or grain) if before.said == "before" else (before.grain or Grain.YEAR)
    if _is_whole(one.start, one.end):
        earlier = replace(one, start=shift(one.start, back, -1), end=shift(one.end, back, -1))
    elif unit := _begun(one.start, one.end, back):
        grain = unit
        earlier = replace(one, start=_back(one.start, back), end=_back(one.end, back))
    else:
        return None
    left, _ = without(query, lambda other: other == one)
    bucket = Bucket(one.field, grain)
    return replace(
        left,
        where=all_of([*atoms(left.where), Either((earlier, one))]),
        show=(bucket, *left.show),
        group=(bucket, *left.group),
        order=(Ordering(bucket),),
    )


def _begun(start: date, end: date, back: Grain) -> Grain | None:
    """The unit that a period begins with and goes no further than; weeks only if what lies weeks before is meant."""
    if back in (Grain.DAY, Grain.WEEK):
        return back if end <= shift(start, back, 1) else None
    units = (one for one in _PERIODS[2:] if one in _MONTHS and floor(start, one) == start)
    return next((one for one in units if end <= shift(start, one, 1) and _MONTHS[one] <= _MONTHS[back]), None)


def _back(day: date, unit: Grain) -> date:
    return months_back(day, _MONTHS[unit]) if unit in _MONTHS else shift(day, unit, -1)


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
                return _grain(during.start, during.end)
    return Grain.MONTH


def _grain(start: date, end: date) -> Grain:
    """The unit that a period is one of; months of any other."""
    return next((one for one in _PERIODS if shift(start, one, 1) == end), Grain.MONTH)


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


def _compared(frame: Frame, query: Query, bucket: Bucket) -> int:
    """How many buckets lie between the two periods that are held against each other; 0 where none are."""
    found = [during for one in atoms(query.where) if isinstance(one, Either) for during in one.conditions]
    spans = [one for one in frame.sentence.times if one.span]
    if len(spans) != 2 or len(found) != 2 or not _are_sides(frame, spans):
        return 0
    starts = sorted(one.start for one in found if isinstance(one, During) and one.start)
    grain = bucket.grain
    if len(starts) != 2 or isinstance(grain, Cycle):
        return 0
    return next((n for n in range(1, _FURTHEST) if shift(starts[1], grain, -n) == starts[0]), 0)


def _are_sides(frame: Frame, spans: list[TimeMention]) -> bool:
    """ "From 2024 to 2025", "2025 versus 2024": and not both of them."""
    forms = [token.form for token in frame.sentence.tokens]
    one, other = spans
    between = {*forms[one.last : other.first], forms[other.first]}
    versus = any(cue.kind is CueKind.VERSUS for cue in frame.sentence.cues)
    return versus or forms[one.first] in ("from", "between") or bool(between & _AGAINST)


def _in_groups(query: Query, bucket: Bucket, *, each: bool) -> tuple[Query, list[During]]:
    """Periods as conditions on the groups: what they are compared with lies before them. Of two that are compared, the
    later one is asked about; each: all of them are."""

    def dated(one: Condition) -> bool:
        return any(isinstance(part, During) and part.field == bucket.field
                   for part in (one.conditions if isinstance(one, Either) else (one,)))  # fmt: skip

    left, gone = without(query, dated)
    spans = [part for one in gone for part in (one.conditions if isinstance(one, Either) else (one,))]
    periods = [one for one in spans if isinstance(one, During)]
    if not periods:
        return query, []
    latest = max(periods, key=lambda one: one.start or date.min)
    if each and len(periods) > 1:
        within = Either(tuple(Both(tuple(_bounds(one, bucket))) for one in periods))
        return replace(left, having=all_of([*atoms(left.having), within])), []
    having = [*atoms(left.having), *_bounds(latest, bucket)]
    return replace(left, having=all_of(having)), [latest]


def _bounds(period: During, bucket: Bucket) -> list[Condition]:
    found: list[Condition] = []
    if period.start:
        found.append(Compare(bucket, Operator.AT_LEAST, (period.start,)))
    if period.end:
        found.append(Compare(bucket, Operator.LESS, (period.end,)))
    return found


def _is_one(period: During, bucket: Bucket) -> bool:
    """Whether the period asked about is a single one of those that are compared."""
    if not period.start or not period.end or isinstance(bucket.grain, Cycle) or bucket.grain is Grain.HOUR:
        return False
    return shift(period.start, bucket.grain, 1) == period.end
