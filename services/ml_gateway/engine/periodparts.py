"""Days and parts of periods by name: "last Monday", "the first week of May 2025", "the second half of 2025", "the week
of 10 March", "since the beginning of the year"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from services.ml_gateway.engine.periods import UNITS, Reader, Span, floor, shift
from services.ml_gateway.engine.reading import Grain

Point = Callable[[Reader, int], tuple[Span, int] | None]

_WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
}  # fmt: skip
_LAST = ("last", "final")
_LONGEST = {Grain.DAY: 31, Grain.WEEK: 5, Grain.MONTH: 12, Grain.QUARTER: 4}  # said of a part of anything
_CURRENT = ("the", "this", "current")
_EDGES = frozenset(("beginning", "start"))
_HALF = 6  # months
_SEASON = 3  # months
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}


def part_of(reader: Reader, offset: int, point: Point) -> tuple[Span, int] | None:
    """What part of which period is named at an offset, and how many tokens it takes."""
    return (
        _weekday(reader, offset)
        or _week_of(reader, offset, point)
        or _half(reader, offset, point)
        or _units_of(reader, offset, point)
    )


def beginning(reader: Reader, offset: int, point: Point) -> tuple[Span, int] | None:
    """ "The beginning of the year", of which only the day that it begins on is meant: "since" it."""
    lead = 1 if reader.form(offset) == "the" else 0
    if reader.form(offset + lead) not in _EDGES or reader.form(offset + lead + 1) != "of":
        return None
    at = offset + lead + 2
    named = point(reader, at) or _current(reader, at)
    if named is None or named[0].start is None:
        return None
    span, length = named
    return Span(span.start, span.start, f"the beginning of {span.label}"), lead + 2 + length


def season(reader: Reader, offset: int) -> tuple[Span, int] | None:
    """ "Summer 2025", "last summer", of the northern half; a winter is of two years, and isn't read."""
    said = reader.form(offset)
    lead = 1 if said in ("last", "this", "past", "previous") else 0
    name = reader.form(offset + lead)
    month = SEASONS.get(name)
    if month is None:
        return None
    skip = 1 if reader.form(offset + 1) in ("of", "in") else 0
    year, length, today = reader.year(offset + 1 + skip), 2 + skip, reader.today.day
    if lead:
        over = shift(today.replace(month=month, day=1), Grain.MONTH, _SEASON) <= today
        year, length = (today.year if over or said == "this" else today.year - 1), 2
    if not year:
        return None
    start = today.replace(year=year, month=month, day=1)
    return reader.unit(start, Grain.MONTH, _SEASON, f"{name} {year}"), length


def _current(reader: Reader, offset: int) -> tuple[Span, int] | None:
    """ "The year", "this month", "the current quarter"."""
    lead = 0
    while lead < 2 and reader.form(offset + lead) in _CURRENT:
        lead += 1
    grain = UNITS.get(reader.form(offset + lead))
    if not lead or grain in (None, Grain.DAY):
        return None
    return reader.unit(reader.floor(grain), grain, 1, f"this {reader.form(offset + lead)}"), lead + 1


def _weekday(reader: Reader, offset: int) -> tuple[Span, int] | None:
    """ "Last Monday" is the latest before today, "this Monday" the one of this week."""
    said, name = reader.form(offset), reader.form(offset + 1)
    if said not in ("last", "this", "past", "previous") or name not in _WEEK:
        return None
    today, number = reader.today.day, _WEEK.index(name)
    if said == "this":
        day = reader.floor(Grain.WEEK)
        day += timedelta(days=(number - day.weekday()) % 7)
    else:
        day = today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    return reader.unit(day, Grain.DAY, 1, f"{day:%A}, {day:%B} {day.day}, {day.year}"), 2


def _week_of(reader: Reader, offset: int, point: Point) -> tuple[Span, int] | None:
    """ "The week of 10 March" is the one with that day."""
    if reader.form(offset) != "week" or reader.form(offset + 1) != "of":
        return None
    found = point(reader, offset + 2)
    if found is None or not _is_day(found[0]) or found[0].start is None:
        return None
    start = floor(found[0].start, Grain.WEEK, reader.today.week_starts_on)
    return reader.unit(start, Grain.WEEK, 1, f"the week of {found[0].label}"), found[1] + 2


def _half(reader: Reader, offset: int, point: Point) -> tuple[Span, int] | None:
    """ "The second half of 2025"; of years alone."""
    number = 2 if reader.form(offset) in _LAST else _ORDINALS.get(reader.form(offset))
    if number not in (1, 2) or reader.form(offset + 1) != "half" or reader.form(offset + 2) != "of":
        return None
    found = point(reader, offset + 3)
    if found is None or found[0].start is None or found[0].end != shift(found[0].start, Grain.YEAR, 1):
        return None
    span, length = found
    if found[0].start.day != 1 or found[0].start.month != 1:
        return None  # of a fiscal year
    start = shift(found[0].start, Grain.MONTH, _HALF * (number - 1))
    return reader.unit(start, Grain.MONTH, _HALF, f"the {reader.form(offset)} half of {span.label}"), length + 3


def _units_of(reader: Reader, offset: int, point: Point) -> tuple[Span, int] | None:
    """ "The first week of May 2025": its first seven days; "the last two weeks of 2025", "the third month of 2024"."""
    said = reader.form(offset)
    from_end, ordinal = said in _LAST, _ORDINALS.get(said)
    number = reader.number(offset + 1)
    at = offset + 1 + (number is not None)
    grain = UNITS.get(reader.word(at))
    if not (from_end or ordinal) or grain not in _LONGEST or reader.word(at) == "date":
        return None
    if reader.form(at + 1) not in ("of", "in") or (number is not None and not (from_end or ordinal == 1)):
        return None
    count = 1 if number is None else number
    whole = point(reader, at + 2)
    if whole is None or whole[0].start is None or whole[0].end is None or not 0 < count <= _LONGEST[grain]:
        return None
    span, length = whole
    if not _is_long(span, grain):
        return None
    if from_end:
        start, end = shift(whole[0].end, grain, -count), whole[0].end
    else:
        skipped = (ordinal or 1) - 1 if number is None else 0
        start = shift(whole[0].start, grain, skipped)
        end = shift(start, grain, count)
        if grain is Grain.WEEK and skipped == 4:
            end = min(end, whole[0].end)
    if start < whole[0].start or end > whole[0].end or start >= end:
        return None
    words = " ".join(reader.form(one) for one in range(offset, at + 1))
    return Span(start, end, f"the {words} of {span.label}"), at + 2 - offset + length


def _is_long(span: Span, grain: Grain) -> bool:
    """Whether it is a month, a quarter or a year, and longer than the parts."""
    if span.start is None or span.end is None or span.start.day != 1 or span.end.day != 1:
        return False
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month
    return months in (1, 3, 6, 12) and months > {Grain.MONTH: 1, Grain.QUARTER: 3}.get(grain, 0)


def _is_day(span: Span) -> bool:
    return span.start is not None and span.end == shift(span.start, Grain.DAY, 1)
