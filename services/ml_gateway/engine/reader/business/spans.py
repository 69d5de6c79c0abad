"""Periods that are named by one before them: "in 2024 and 2025", "last month and the same month last year"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from services.ml_gateway.engine.periods import Span, TimeMention
from services.ml_gateway.engine.tokens import Token

_JOINTS = frozenset("and or with to vs versus against from , &".split())
_YEARS = (
    ("last", "year"), ("the", "last", "year"), ("previous", "year"), ("the", "previous", "year"), ("a", "year", "ago"),
    ("a", "year", "earlier"), ("a", "year", "before"), ("of", "last", "year"), ("of", "the", "previous", "year"),
    ("in", "the", "previous", "year"), ("the", "year", "before"), ("the", "year", "earlier"), ("in", "last", "year"),
    ("one", "year", "ago"), ("one", "year", "earlier"),
)  # fmt: skip
_HALVES = (
    (("the", "first", "half"), 1), (("the", "second", "half"), 2), (("the", "last", "half"), 2), (("first", "half"), 1),
    (("second", "half"), 2), (("last", "half"), 2), (("h1",), 1), (("h2",), 2), (("the", "first", "half", "of"), 1),
    (("the", "second", "half", "of"), 2), (("first", "half", "of"), 1), (("second", "half", "of"), 2),
)  # fmt: skip
_UNITS = frozenset("day week month quarter period time".split())
_NEAR = 4


def further(tokens: Sequence[Token], times: Sequence[TimeMention]) -> tuple[TimeMention, ...]:
    """All of the mentions, and those that lean on one of them; left to right, without overlap."""
    found = list(times)
    for before in [one for one in times if one.span]:
        same = _same(tokens, before)
        if same:
            found = [one for one in found if one.last <= same.first or one.first >= same.last] + [same]
    found = [_half(tokens, one) or one for one in found]
    for at in range(1, len(tokens)):
        if any(one.first <= at < one.last for one in found) or not _is_year(tokens[at]):
            continue
        near = [one for one in found if one.span and 0 <= at - one.last <= _NEAR]
        joined = tokens[at - 1].form in _JOINTS or (tokens[at - 1].form == "in" and tokens[at - 2].form in _JOINTS)
        if near and joined and _is_whole_year(near[-1].span):
            year = int(tokens[at].number or 0)
            span = Span(date(year, 1, 1), date(year + 1, 1, 1), str(year))
            first = at - 1 if tokens[at - 1].form == "in" else at
            found.append(TimeMention(first, at + 1, span))
    return tuple(sorted(found, key=lambda one: one.first))


def _half(tokens: Sequence[Token], year: TimeMention) -> TimeMention | None:
    """ "The first half of 2025", "H2 2025"."""
    span = year.span
    if span is None or span.start is None or not _is_whole_year(span):
        return None
    forms = tuple(token.form for token in tokens[: year.first])
    number, length = next(((n, len(words)) for words, n in _HALVES if forms[-len(words) :] == words), (0, 0))
    if not number:
        return None
    start, middle, end = span.start, span.start.replace(month=7), span.end
    half = (
        Span(start, middle, f"first half of {span.label}")
        if number == 1
        else Span(middle, end, f"second half of {span.label}")
    )
    return TimeMention(year.first - length, year.last, half)


def _is_year(token: Token) -> bool:
    return token.number is not None and 1900 <= token.number <= 2199 and len(token.form) == 4


def _is_whole_year(span: Span | None) -> bool:
    return bool(
        span
        and span.start
        and span.end
        and span.end == _a_year(span.start, 1)
        and (span.start.month, span.start.day) == (1, 1)
    )


def _same(tokens: Sequence[Token], before: TimeMention) -> TimeMention | None:
    """ "The same month last year" as the period before it."""
    forms = [token.form for token in tokens]
    for at in range(before.last, min(before.last + 6, len(forms) - 1)):
        if forms[at] != "same" or forms[at + 1] not in _UNITS or before.span is None:
            continue
        words = next((one for one in _YEARS if tuple(forms[at + 2 : at + 2 + len(one)]) == one), None)
        span = before.span
        if words is None or span.start is None or span.end is None:
            return None
        shifted = replace(
            span,
            start=_a_year(span.start, -1),
            end=_a_year(span.end, -1, end=True),
            label=f"{span.label} a year before",
        )
        return TimeMention(at, at + 2 + len(words), shifted)
    return None


def _a_year(day: date, count: int, *, end: bool = False) -> date:
    """The same day of another year; for 29 February the 28th, or where a period ends there, 1 March."""
    try:
        return day.replace(year=day.year + count)
    except ValueError:
        return date(day.year + count, 3, 1) if end else date(day.year + count, 2, 28)
