"""Periods and grains, of the date that they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.periods import Span, TimeMention, floor, shift
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Both,
    Bucket,
    Condition,
    Cycle,
    During,
    Either,
    Exists,
    Field,
    MetricValue,
    Not,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.assembly.conditions import field_of
from services.ml_gateway.engine.reader.assembly.dating import date_of_numbers, dates, default_date
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of, is_above, is_below, tables_named, type_of
from services.ml_gateway.engine.reader.business.cues import CueKind
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.wording.deeds import day_of_verb, deeds, in_years, is_dated_by
from services.ml_gateway.engine.reading import Grain

_BELOW = (Label.CONTEXT, Label.NOT, Label.HAVING, Label.TOP_ASC, Label.TOP_DESC)
_JOINING = frozenset("of the a".split())
_DAYS_APART = 3  # by which the same parts of two years, or two months, differ in length
_LENGTHS = {
    Grain.YEAR: range(365, 367), Grain.QUARTER: range(90, 93), Grain.MONTH: range(28, 32), Grain.WEEK: range(7, 8),
    Grain.DAY: range(1, 2),
}  # fmt: skip


def timed(frame: Frame, query: Query, named: Sequence[Part]) -> Query:
    """Periods and grains, of the date that the question names, else of the one that the rows are told by."""
    if not frame.sentence.times and not frame.sentence.cues:
        return query
    if query.combined:
        operator, other = query.combined
        query = replace(query, combined=(operator, timed(frame, other, named)))
    times = frame.sentence.times
    spans = [one for one in times if one.span]
    if len(spans) == 2 and (apart := _but_not(frame, query, spans)):
        return apart
    told = _told(frame, query)
    if told:
        query = _unshown(query, told)
    if spans:
        query = _within(frame, query, spans, named, told)
    cycles = [one for one in frame.sentence.cues if one.kind is CueKind.CYCLE and one.cycle]
    grains: list[Grain | Cycle] = [one.grain for one in times if one.grain]
    fiscal = any(one.span and "fiscal" in one.span.label for one in times)
    for grain in [*grains, *(one.cycle for one in cycles if one.cycle)]:
        date = told or _said(frame, named) or date_of(frame, query)
        query = _by(frame, query, grain, date, fiscal=fiscal and grain in (Grain.QUARTER, Grain.YEAR))
    for cue in frame.sentence.cues:
        if cue.kind is CueKind.FISCAL and cue.grain:
            grains.append(cue.grain)
            query = _by(frame, query, cue.grain, _said(frame, named) or date_of(frame, query), fiscal=True)
    if len(spans) > 1 and not grains and _computes(query):
        query = _each_period(frame, query, spans)
    return query


def _within(
    frame: Frame, query: Query, spans: Sequence[TimeMention], named: Sequence[Part], told: Field | None
) -> Query:
    """Several periods that have no day in common: in any of them."""
    every = tuple(dict.fromkeys(one.span for one in spans if one.span))
    said = told or _said(frame, named)
    if said is None and (inside := _not_then(frame, query, every)):
        return inside
    if said is None and (years := in_years(frame, [field_of(p) for p in named], every)):
        return replace(query, where=all_of([*([query.where] if query.where else []), years]))
    verb = _near(frame, spans[0], query) or _of_deed(frame, spans[0], query) or day_of_verb(frame, spans[0], query)
    field = said or verb or date_of(frame, query)
    if field is None:
        frame.notes.append("undated")
        return query
    durings = tuple(During(field, one.start, one.end) for one in every)
    apart = len(every) > 1 and all(_apart(a, b) for n, a in enumerate(every) for b in every[n + 1 :])
    conditions: tuple[Condition, ...] = (Either(durings),) if apart else durings
    return replace(query, where=all_of([*([query.where] if query.where else []), *conditions]))


def _by(frame: Frame, query: Query, grain: Grain | Cycle, field: Field | None, *, fiscal: bool = False) -> Query:
    if field is None:
        frame.notes.append("undated")
        return query
    bucket = Bucket(field, grain, fiscal)
    if bucket in query.group:
        return query
    order = query.order or (Ordering(bucket),)
    return replace(query, show=(bucket, *query.show), group=(bucket, *query.group), order=order)


def _each_period(frame: Frame, query: Query, spans: Sequence[TimeMention]) -> Query:
    """ "Revenue in 2024 and 2025": a row for each, where they are as long as each other."""
    held = [one.span for one in spans if one.span and one.span.start and one.span.end]
    days = [(one.end - one.start).days for one in held if one.start and one.end]
    grain = next((grain for grain, length in _LENGTHS.items() if days and all(one in length for one in days)), None)
    grain = grain or _begun_alike(held)
    if len(held) != len(spans) or grain is None:
        return query
    field = next((one.field for one in _durings(query.where)), None)
    return _by(frame, query, grain, field) if field else query


def _begun_alike(spans: Sequence[Span]) -> Grain | None:
    """The unit of which each is the same part, from its beginning: 2025 and 2026 until 13 May."""
    days = [(one.end - one.start).days for one in spans if one.start and one.end]
    if not days or max(days) - min(days) > _DAYS_APART:
        return None
    for grain in (Grain.MONTH, Grain.QUARTER, Grain.YEAR):
        starts = [one.start for one in spans if one.start and one.end and one.end <= shift(one.start, grain, 1)]
        if len(set(starts)) == len(spans) > 1 and all(floor(one, grain) == one for one in starts):
            return grain
    return None


def _durings(condition: Condition | None) -> Iterator[During]:
    match condition:
        case Both() | Either():
            for one in condition.conditions:
                yield from _durings(one)
        case During():
            yield condition


def _apart(one: Span, other: Span) -> bool:
    return bool(
        (one.end and other.start and one.end <= other.start) or (other.end and one.start and other.end <= one.start)
    )


def _computes(query: Query) -> bool:
    return any(isinstance(one, Aggregate | MetricValue | Arithmetic) for one in query.show)


def _said(frame: Frame, named: Sequence[Part]) -> Field | None:
    return next((field_of(p) for p in named if type_of(frame, field_of(p)).temporal), None)


def _told(frame: Frame, query: Query) -> Field | None:
    """The date that is named right beside a grain, "opened by month", "by weekday of the order date": it isn't shown
    as it is."""
    places = [(one.first, one.last) for one in frame.sentence.times if one.grain]
    places += [(one.first, one.last) for one in frame.sentence.cues if one.kind is CueKind.CYCLE]
    for part in frame.parts:
        if part.choice is None or part.choice.target.kind is not TargetKind.COLUMN:
            continue
        field = field_of(part)
        if field not in query.show or not type_of(frame, field).temporal:
            continue
        for first, last in places:
            gap = frame.sentence.tokens[last : part.item.first] if part.item.first >= last else ()
            behind = part.item.first >= last and all(token.form in _JOINING for token in gap)
            if part.item.last == first or (behind and gap):
                return field
    return None


def _unshown(query: Query, field: Field) -> Query:
    """Without a column among what is shown, split by and ordered by; as it is, if nothing is left."""
    show = tuple(one for one in query.show if one != field)
    if not show:
        return query
    group = tuple(one for one in query.group if one != field)
    return replace(query, show=show, group=group, order=tuple(one for one in query.order if one.by != field))


def _near(frame: Frame, mention: TimeMention, query: Query) -> Field | None:
    """The date of the rows below that are named right before a period: "customers with an order in 2024"."""
    before = [p for p in frame.parts if p.item.last <= mention.first]
    if not before or not before[-1].choice or before[-1].label not in _BELOW:
        return None
    target = before[-1].choice.target
    below = is_below(frame, query, Rows(target.table)) or _lists_above(frame, query, target.table)
    if target.kind is not TargetKind.TABLE or not below:
        return None
    return default_date(target.table, frame.index)


def _of_deed(frame: Frame, mention: TimeMention, query: Query) -> Field | None:
    """The date of what somebody did: "customers who rented a van last year"."""
    heard = {part.item.first for part in frame.parts if part.choice}
    for verb, whose, deed in deeds(frame.sentence, frame.index):
        if verb.first in heard and is_dated_by(verb, mention, frame.sentence) and whose in tables_named(query.show):
            return default_date(deed, frame.index)
    return None


def _lists_above(frame: Frame, query: Query, table: TableKey) -> bool:
    own = [one.rows for one in query.show if isinstance(one, Field)]
    return bool(own) and all(is_above(frame, Rows(table), one) for one in own)


def _not_then(frame: Frame, query: Query, spans: Sequence[Span]) -> Query | None:
    """ "Customers who ordered nothing in 2025": it is the orders that are of 2025."""
    missing = _missing(query.where)
    if len(spans) != 1 or len(missing) != 1 or missing[0].where is not None:
        return None
    own, field = date_of_numbers(query.show, frame.index), default_date(missing[0].rows.table, frame.index)
    if field is None or (own and is_above(frame, own.rows, missing[0].rows)):
        return None  # "revenue without campaigns in 2025": an order has one or none, and is itself of 2025
    then = replace(missing[0], where=During(replace(field, role=missing[0].rows.role), spans[0].start, spans[0].end))
    return replace(query, where=_replaced(query.where, missing[0], then))


def _missing(condition: Condition | None) -> list[Exists]:
    match condition:
        case Both():
            return [found for one in condition.conditions for found in _missing(one)]
        case Not(condition=Exists() as there):
            return [there]
    return []


def _replaced(condition: Condition | None, old: Exists, new: Exists) -> Condition | None:
    match condition:
        case Both():
            return Both(tuple(made for one in condition.conditions if (made := _replaced(one, old, new))))
        case Not(condition=Exists() as there) if there == old:
            return Not(new)
    return condition


def _but_not(frame: Frame, query: Query, spans: Sequence[TimeMention]) -> Query | None:
    """ "Ordered in 2024 but not in 2025": rows of which some are of the one period and none of the other."""
    between = [token.form for token in frame.sentence.tokens[spans[0].last : spans[1].first]]
    if not {"not", "never"} & set(between) or not spans[0].span or not spans[1].span:
        return None
    own = _subject(query)
    events = [
        p.choice.target.table
        for p in frame.parts
        if p.choice and p.item.last <= spans[0].first and p.choice.target.table.name
    ]
    event = next(
        (one for one in reversed(events) if own and one != own.table and is_above(frame, Rows(one), own)), None
    )
    field = default_date(event, frame.index) if event else None
    if own is None or event is None or field is None:
        return None
    there, then = (Exists(Rows(event), During(field, one.span.start, one.span.end)) for one in spans if one.span)
    kept = [one for one in _atoms(query.where) if event not in tables_named(one)]
    return replace(
        query, where=all_of([*kept, there, Not(then)]), also=tuple(r for r in query.also if r.table != event)
    )


def _atoms(condition: Condition | None) -> Iterator[Condition]:
    if isinstance(condition, Both):
        for one in condition.conditions:
            yield from _atoms(one)
    elif condition is not None:
        yield condition


def _subject(query: Query) -> Rows | None:
    for one in query.show:
        if isinstance(one, Aggregate) and isinstance(one.of, Rows):
            return one.of
        if isinstance(one, Field):
            return one.rows
    return None


def date_of(frame: Frame, query: Query) -> Field | None:
    """The default date of the rows that the query counts or shows, or of what those hang on; where several tables are
    counted, each its own."""
    if own := date_of_numbers(query.show, frame.index):
        return own
    tables = [table for one in query.order if not isinstance(one.by, Field) for table in sorted(tables_named(one.by))]
    tables += [table for one in query.show for table in sorted(tables_named(one))]
    tables += [p.choice.target.table for p in frame.parts if p.choice and p.choice.target.table.name]
    for one in query.order:
        if ranked := list(dates(one.by, frame.index)):
            return ranked[0]
    return next((found for table in dict.fromkeys(tables) if (found := default_date(table, frame.index))), None)
