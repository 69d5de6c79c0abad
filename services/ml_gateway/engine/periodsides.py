"""Two periods that are held against each other: "growth from 2024 to 2025", "between March and April 2026"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from services.ml_gateway.engine.periods import ADVERBS, MONTHS, UNITS, Reader, Span, TimeMention, shift
from services.ml_gateway.engine.reading import Grain
from services.ml_gateway.engine.tokens import Token

Point = Callable[[Reader, int], tuple[Span, int] | None]

# A verb in the past may be what happened to the rows ("contracts changed between …"): only "how much" makes it growth.
_GROWTH = frozenset("growth grow grew grown change increase decrease decline rise difference".split())
_MOVED = frozenset("changed increased decreased declined dropped fallen risen rose fell developed".split())
_SPLITTING = frozenset("by per each every over on".split())
_JOINTS = {"from": ("to", "until", "till"), "between": ("and",), "": ("to", "->", "→")}
_UNITS = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)


def compares(tokens: Sequence[Token]) -> bool:
    """Whether the question asks how far a number moved, and not how far from month to month."""
    forms = {token.form for token in tokens}
    split = any(one.form in _SPLITTING and other.lemma in UNITS for one, other in pairwise(tokens))
    if split or forms & set(ADVERBS):
        return False
    return bool(forms & _GROWTH) or ({"how", "much"} <= forms and bool(forms & _MOVED))


def sides(reader: Reader, point: Point) -> tuple[TimeMention, TimeMention] | None:
    """The earlier and the later one, where both are a month, a quarter or a year."""
    lead = 1 if reader.form(0) in ("from", "between") else 0
    first = point(reader, lead)
    if first is None:
        return None
    joint = lead + first[1]
    second = point(reader, joint + 1)
    if second is None or reader.form(joint) not in _JOINTS[reader.form(0) if lead else ""]:
        return None
    one, other = first[0], second[0]
    named = any(reader.year(at) for at in range(joint + 1, joint + 1 + second[1]))
    if named and (reader.word(lead) in MONTHS or length(one) is Grain.QUARTER):
        one = _of_its_year(reader, range(lead, joint), one, other)
    if length(one) is None or length(one) is not length(other) or (one.start or date.max) >= (other.start or date.min):
        return None
    earlier = reader.mention(joint, one)
    return earlier, replace(reader.mention(joint + 1 + second[1], other), first=earlier.last)


def _of_its_year(reader: Reader, words: range, one: Span, other: Span) -> Span:
    """ "From March to April 2026", "from Q4 to Q1 2026": the year of the later one, or the one before it."""
    grain = length(one)
    if grain is None or one.start is None or other.start is None or any(reader.year(at) for at in words):
        return one
    start = date(other.start.year - (one.start.month > other.start.month), one.start.month, 1)
    label = f"{start:%B}" if grain is Grain.MONTH else one.label.split()[0]
    return Span(start, shift(start, grain, 1), f"{label} {start.year}")


def length(span: Span) -> Grain | None:
    """The unit that it is one of; None for any other range."""
    if span.start is None or span.end is None or span.start.day != 1:
        return None
    return next((one for one in _UNITS if span.end == shift(span.start, one, 1)), None)
