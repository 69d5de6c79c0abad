"""Periods with one open end by what stands around a day, month or year: "2010 or later", "no later than May 2024",
"in or after 2015"; and decades: "the 1950s", "the eighties"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from services.ml_gateway.engine.periods import Reader, Span, TimeMention

Point = Callable[[Reader, int], tuple[Span, int] | None]

_SINCE, _AFTER, _BEFORE, _UNTIL = "since", "after", "before", "until"
_LEADS = tuple(
    (tuple(words.split()), bound)
    for bound, phrases in (
        (_SINCE, """not before, not earlier than, no earlier than, in or after, on or after, starting in, starting from,
            starting on, beginning in, beginning with, as of, as from, from or after, at the earliest in"""),
        (_AFTER, "later than, newer than, more recently than, more recent than, any time after"),
        (_BEFORE, "earlier than, prior to, any time before, sooner than"),
        (_UNTIL, """up to, up until, up till, no later than, not later than, not after, in or before, on or before,
            until the end of, by the end of, at the latest in, to the end of"""),
    )
    for words in phrases.split(",")
)  # fmt: skip
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _lead in _LEADS:
    _BY_FIRST.setdefault(_lead[0][0], []).append(_lead)
_TAILS = {
    "later": _SINCE, "after": _SINCE, "newer": _SINCE, "afterwards": _SINCE, "onwards": _SINCE, "onward": _SINCE,
    "since": _SINCE, "younger": _SINCE, "earlier": _UNTIL, "before": _UNTIL, "older": _UNTIL,
}  # fmt: skip
_ALONE = frozenset(("onwards", "onward"))
_CLAUSES = frozenset(("after", "before", "since"))  # "in 2024 and before that"
_GOES_ON = frozenset(("", ",", ".", "?", "!", ";", ")", "and", "or", "but", "by", "per", "in", "at", "with"))
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip


def led(reader: Reader, point: Point) -> TimeMention | None:
    """A bound said before a period."""
    for words, bound in _BY_FIRST.get(reader.form(0), ()):
        if all(reader.form(at) == word for at, word in enumerate(words)) and (found := point(reader, len(words))):
            last = len(words) + found[1]
            counted = words[-1] == "to" and reader.year(last - 1) and reader.form(last) not in _GOES_ON
            return None if counted else reader.mention(last, _open(found[0], bound))  # "up to 2000 seats"
    return None


def trailed(reader: Reader, mention: TimeMention) -> TimeMention:
    """The mention with a bound that is said behind it, if there is one."""
    span = mention.span
    if span is None or span.start is None or span.end is None:
        return mention
    at = mention.last - reader.position
    if reader.form(at) in _ALONE:
        return replace(mention, last=mention.last + 1, span=_open(span, _SINCE))
    joint, said = reader.form(at), reader.form(at + 1)
    bound = _TAILS.get(said, "") if joint == "or" or (joint == "and" and said not in _CLAUSES) else ""
    if not bound or reader.form(at + 2) == "than" or reader.number(at + 2) is not None:
        return mention
    return replace(mention, last=mention.last + 2, span=_open(span, bound))


def _open(span: Span, bound: str) -> Span:
    if bound == _SINCE:
        return Span(span.start, None, f"since {span.label}")
    if bound == _AFTER:
        return Span(span.end, None, f"after {span.label}")
    if bound == _BEFORE:
        return Span(None, span.start, f"before {span.label}")
    return Span(None, span.end, f"until {span.label}")


def decade(reader: Reader, offset: int) -> tuple[Span, int] | None:
    """ "1950s", "90s", "eighties"; of this century where two digits of the last one were yet to come."""
    form = reader.form(offset)
    digits = form.removesuffix("s").removesuffix("'").removesuffix("\u2019")
    if form in _DECADES:
        start = 1900 + _DECADES[form]
    elif form.endswith("s") and digits.isdigit() and digits.endswith("0") and len(digits) in (2, 4):
        start = int(digits) if len(digits) == 4 else 1900 + int(digits)
    else:
        return None
    if len(digits) == 2 and start + 100 <= reader.today.day.year:
        start += 100
    if not 1500 <= start <= 2190:
        return None
    return Span(date(start, 1, 1), date(start + 10, 1, 1), f"the {start}s"), 1


def end_of(reader: Reader, offset: int, point: Point) -> tuple[Span, int] | None:
    """ "The end of May 2023" as the last day of it."""
    if (reader.form(offset), reader.form(offset + 1)) != ("end", "of") or not (found := point(reader, offset + 2)):
        return None
    span = found[0]
    return (Span(span.end - timedelta(days=1), span.end, f"end of {span.label}"), found[1] + 2) if span.end else None


def years(reader: Reader) -> TimeMention | None:
    """ "2012-2014", "2012 to 2014", "2012 through 2014": both years and all between."""
    lead = 1 if reader.word(0) in ("in", "during", "for", "of", "within") else 0
    first, last = reader.year(lead), reader.year(lead + 2)
    dashed = reader.form(lead + 1) in ("-", "\u2013", "\u2014")
    if not first or not last or first >= last or not (dashed or (lead and reader.word(lead + 1) in ("to", "through"))):
        return None
    return reader.mention(lead + 3, Span(date(first, 1, 1), date(last + 1, 1, 1), f"{first} to {last}"))
