"""The same part of another period: "this year versus the same period last year", "2026 so far compared to the same
period in 2025". What of a period hasn't come yet can't be held against what has been."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from services.ml_gateway.engine.periods import Reader, Span, TimeMention, Today, shift
from services.ml_gateway.engine.periodsides import length
from services.ml_gateway.engine.reading import Grain
from services.ml_gateway.engine.tokens import Token

Point = Callable[[Reader, int], tuple[Span, int] | None]

_SAME = frozenset("period time part point dates days timeframe range span stretch date".split())
_OF = frozenset("of in for during".split())
_MONTHS = {Grain.YEAR: 12, Grain.QUARTER: 3, Grain.MONTH: 1}


def to_the_same_day(
    tokens: Sequence[Token], times: Sequence[TimeMention], today: Today, point: Point
) -> tuple[TimeMention, ...]:
    """The mentions, where the running period ends today if the same part of another one is named, and that one too."""
    at = next((n for n in range(1, len(tokens)) if tokens[n - 1].form == "same" and tokens[n].form in _SAME), None)
    if at is None:
        return tuple(times)
    found = [until_today(one, today) if one.last < at else one for one in times]
    asked = [one for one in found if one.span and one.last < at]
    lead = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].form in _OF)
    named = point(Reader(tokens, lead, today), 0)
    if not asked or named is None or not (same := _same(asked[-1].span, named[0])):
        return tuple(found)
    first = at - 2 if tokens[at - 2].form == "the" else at - 1
    mention = TimeMention(first, lead + named[1], same)
    kept = [one for one in found if one.last <= mention.first or one.first >= mention.last]
    return tuple(sorted([*kept, mention], key=lambda one: one.first))


def so_far(reader: Reader, mention: TimeMention) -> TimeMention:
    """ "2026 so far" with these words; of a period that is over they say nothing."""
    at = mention.last - reader.position
    cut = until_today(mention, reader.today)
    if (reader.form(at), reader.form(at + 1)) != ("so", "far") or cut == mention:
        return mention
    return replace(cut, last=mention.last + 2)


def until_today(one: TimeMention, today: Today) -> TimeMention:
    """The mention of a period that is running without the days that are to come; any other as it is."""
    span, tomorrow = one.span, today.day + timedelta(days=1)
    if span is None or span.start is None or span.end is None or not span.start < tomorrow < span.end:
        return one
    return replace(one, span=Span(span.start, tomorrow, f"{span.label.removeprefix('this ')} to date"))


def _same(asked: Span | None, whole: Span) -> Span | None:
    """The part of a month, a quarter or a year that is the same as the one asked about is of its own."""
    grain = length(whole)
    if grain is None or asked is None or asked.start is None or asked.end is None or whole.start is None:
        return None
    months = (asked.start.year - whole.start.year) * 12 + asked.start.month - whole.start.month
    moved = months // _MONTHS[grain] * _MONTHS[grain]
    start, end = months_back(asked.start, moved), months_back(asked.end, moved)
    if not moved or (whole.end and end > whole.end):
        return None
    return Span(start, end, f"the same part of {whole.label}")


def months_back(day: date, count: int) -> date:
    """The same day so many months before; the first of the next month where that has none such."""
    first = shift(day, Grain.MONTH, -count)
    moved = first + timedelta(days=day.day - 1)
    return moved if moved.month == first.month else shift(first, Grain.MONTH, 1)
