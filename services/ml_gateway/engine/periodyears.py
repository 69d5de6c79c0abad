"""A year that is said once for several periods: "Q1 vs Q2 2025", "March and April 2024", "Jan, Feb and Mar 2025"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.periods import MONTHS, Span, TimeMention
from services.ml_gateway.engine.tokens import Token

_QUARTERS = frozenset("q1 q2 q3 q4 quarter".split())
_JOINTS = frozenset(
    "and or , & / - vs versus . against as compared comparison opposed to with than over the in of for from".split()
)
_AROUND = 9  # months from the last to the first of a year, at least: of quarters
_DAYS_APART = 3  # by which months, and quarters, differ in length
_OTHERWISE = frozenset("year this last current previous prior past fiscal financial fy ago same".split())


def of_one_year(tokens: Sequence[Token], times: Sequence[TimeMention]) -> tuple[TimeMention, ...]:
    """The mentions, where those that name no year are of the year of the one that they are joined with: the one behind
    them, else the one before."""
    found = list(times)
    dated = [has_year(one, tokens) for one in found]
    behind = [(at, at + 1) for at in range(len(found) - 2, -1, -1)]
    before = [(at, at - 1) for at in range(1, len(found))]
    for at, other in behind + before:
        one, told = found[at], found[other]
        gap = tokens[one.last : told.first] if at < other else tokens[told.last : one.first]
        if not dated[other] or dated[at] or not {token.form for token in gap} <= _JOINTS:
            continue
        if moved := of_its_year(one, told, tokens):
            found[at], dated[at] = moved, True
    return tuple(found)


def of_its_year(one: TimeMention, other: TimeMention, tokens: Sequence[Token]) -> TimeMention | None:
    """The first in the year of the other; None if it isn't one that names no year, or not as long. December before
    January is of the year before, and January behind December of the year after."""
    span, whose = one.span, other.span
    if span is None or whose is None or not (span.start and span.end and whose.start and whose.end):
        return None
    if not _is_bare(one, tokens) or not _alike(span, whose):
        return None
    apart = span.start.month - whose.start.month
    year = whose.start.year + (apart <= -_AROUND and one.first > other.first)
    year -= apart >= _AROUND and one.first < other.first
    try:
        start, end = (day.replace(year=day.year + year - span.start.year) for day in (span.start, span.end))
    except ValueError:
        return None  # 29 February
    return replace(one, span=Span(start, end, span.label.replace(str(span.start.year), str(year))))


def _words(one: TimeMention, tokens: Sequence[Token]) -> list[str]:
    return [token.form for token in tokens[one.first : one.last]]


def _is_bare(one: TimeMention, tokens: Sequence[Token]) -> bool:
    """ "March", "Q1", "the first quarter": of whatever year."""
    words = set(_words(one, tokens))
    return bool(words & (_QUARTERS | set(MONTHS))) and not words & _OTHERWISE


def has_year(one: TimeMention, tokens: Sequence[Token]) -> bool:
    """ "March 2025", "Q1 last year"."""
    words = _words(one, tokens)
    return any(len(word) == 4 and word.isdigit() for word in words) or words[-2:] in (
        ["last", "year"],
        ["this", "year"],
    )


def _alike(one: Span, other: Span) -> bool:
    """Months with months, quarters with quarters, days with days."""
    lengths = [(span.end - span.start).days for span in (one, other) if span.start and span.end]
    return len(lengths) == 2 and abs(lengths[0] - lengths[1]) <= _DAYS_APART
