"""Time in questions: "last quarter", "by month", "in March 2025", "since 2024-05-01".

A range is half-open, [start, end), in calendar days of the caller. "Last N units" and "past N units" are the N complete
units before the current one; "this unit" is the whole current one. Weeks start on Monday unless the catalog says else.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from services.ml_gateway.engine.fiscal import fiscal_point
from services.ml_gateway.engine.periodparts import beginning, part_of, season
from services.ml_gateway.engine.periods import ADVERBS, PEAKS, UNITS, Reader, Span, TimeMention, Today
from services.ml_gateway.engine.periods import point as calendar_point
from services.ml_gateway.engine.periodsames import so_far, to_the_same_day, until_today
from services.ml_gateway.engine.periodsides import compares, sides
from services.ml_gateway.engine.periodyears import has_year, of_its_year, of_one_year
from services.ml_gateway.engine.reading import Grain
from services.ml_gateway.engine.timebounds import decade, end_of, led, trailed, years
from services.ml_gateway.engine.tokens import Token

__all__ = ["Span", "TimeMention", "Today", "find_times"]


def find_times(tokens: Sequence[Token], today: Today) -> tuple[TimeMention, ...]:
    """All mentions, left to right, without overlap; at each token the first rule that matches wins."""
    return _find_times(tuple(tokens), today)


@lru_cache(maxsize=8)  # each step of a question looks for them
def _find_times(tokens: tuple[Token, ...], today: Today) -> tuple[TimeMention, ...]:
    found: list[TimeMention] = []
    position, moved = 0, compares(tokens)
    while position < len(tokens):
        reader = Reader(tokens, position, today)
        if moved and (both := sides(reader, point)):
            found += both
            position = both[1].last
            continue
        mention = next((hit for rule in _RULES if (hit := rule(reader))), None)
        if mention:
            mention = so_far(reader, trailed(reader, mention))
            found.append(mention)
            position = mention.last
        else:
            position += 1
    return to_the_same_day(tokens, of_one_year(tokens, found), today, point)


EDGES = frozenset("end beginning start".split())
_SPLITTING = frozenset(("by", "per"))
_WHOLE = frozenset("total overall our the full entire whole".split())  # "total 2025 sales"
_SO_FAR = ("so", "far")
_AFTER_A_PEAK = frozenset(("", "?", ".", ",", "for", "by", "in", "with", "on", "so"))  # "best day rate" is a name
_AT = frozenset("at in towards around near on during for".split())  # "at the end of 2025" is no one day
_Rule = Callable[[Reader], TimeMention | None]


def point(reader: Reader, offset: int, *, bare_year: bool = True, bare_month: bool = True) -> tuple[Span, int] | None:
    """The range named at an offset, of the fiscal year or the calendar's, and how many tokens it takes."""
    lead = 1 if reader.word(offset) == "the" else 0
    if part := part_of(reader, offset + lead, point):
        return part[0], part[1] + lead
    if one := season(reader, offset + lead):
        return one[0], one[1] + lead
    if fiscal := fiscal_point(reader, offset + lead):
        return fiscal[0], fiscal[1] + lead
    before = reader.form(offset - 2 if reader.form(offset - 1) == "the" else offset - 1)
    if before not in _AT and (end := end_of(reader, offset + lead, calendar_point)):
        return end[0], end[1] + lead
    if ten := decade(reader, offset + lead):
        return ten[0], ten[1] + lead
    return calendar_point(reader, offset, bare_year=bare_year, bare_month=bare_month)


def _between(reader: Reader) -> TimeMention | None:
    """between A and B; from A to B (both included)."""
    if reader.word(0) not in ("between", "from"):
        return None
    first = point(reader, 1)
    if not first:
        return None
    joint = 1 + first[1]
    if reader.word(joint) not in ("and", "to", "until", "till", "through", "-"):
        return None
    second = point(reader, joint + 1)
    if not second or second[0].end is None or first[0].start is None:
        return None
    start, end = first[0].start, second[0].end
    if second[0].label.isalpha() is False and first[0].label.isalpha() and start > end:
        start = start.replace(year=start.year - 1)
    earlier = TimeMention(reader.position + 1, reader.position + joint, first[0])
    later = TimeMention(earlier.last + 1, earlier.last + 1 + second[1], second[0])
    if has_year(later, reader.tokens) and not has_year(earlier, reader.tokens):
        told = of_its_year(earlier, later, reader.tokens)
        if told and told.span and told.span.start:  # "from January to March 2025": one year for both
            start = told.span.start
            shared = start.year == second[0].start.year if second[0].start else False
            first = (told.span if not shared else replace(told.span, label=told.span.label.rsplit(" ", 1)[0]), first[1])
    if start >= end:
        return None
    return reader.mention(joint + 1 + second[1], Span(start, end, f"{first[0].label} to {second[0].label}"))


def _bounded(reader: Reader) -> TimeMention | None:
    """since A; after A; before A; until A; from A on."""
    word = reader.word(0)
    if word not in ("since", "after", "before", "until", "till", "from"):
        return None
    found = point(reader, 1) or (beginning(reader, 1, point) if word in ("since", "from") else None)
    if not found:
        return None
    span, length = found
    last = 1 + length
    if span.start == span.end and word == "from" and reader.form(last) not in ("on", "onward", "onwards"):
        return None
    if word == "from":
        if reader.word(last) in ("on", "onward", "onwards"):
            last += 1
        elif not (reader.word(last) == "to" and reader.word(last + 1) in ("now", "date", "today")):
            return reader.mention(last, span)
        else:
            last += 2
    if word in ("since", "from"):
        return reader.mention(last, Span(span.start, None, f"since {span.label}"))
    if word == "after":
        return reader.mention(last, Span(span.end, None, f"after {span.label}"))
    if word == "before":
        return reader.mention(last, Span(None, span.start, f"before {span.label}"))
    return reader.mention(last, Span(None, span.end, f"until {span.label}"))


def _at_an_end(reader: Reader) -> TimeMention | None:
    """ "At the end of 2023", "as of the beginning of May": all that there was by then."""
    lead = 2 if _words(reader, 0, 2) == ("as", "of") else 1 if reader.form(0) == "at" else 0
    if not lead or _words(reader, lead, 1) != ("the",) or _words(reader, lead + 2, 1) != ("of",):
        return None
    edge, found = reader.form(lead + 1), point(reader, lead + 3)
    if edge not in EDGES or found is None or found[0].start is None or found[0].end is None:
        return None
    span, length = found
    told = Span(None, span.end, f"until the end of {span.label}")
    if edge != "end":
        told = Span(None, span.start, f"before {span.label}")
    return reader.mention(lead + 3 + length, told)


def _so_far(reader: Reader) -> TimeMention | None:
    """ "So far in 2026"."""
    if (reader.form(0), reader.form(1)) != _SO_FAR or reader.form(2) not in ("in", "during", "for"):
        return None
    found = point(reader, 3)
    return until_today(reader.mention(3 + found[1], found[0]), reader.today) if found else None


def _plain(reader: Reader) -> TimeMention | None:
    """A range by itself, with or without a preposition."""
    lead = 0
    while lead < 2 and reader.word(lead) in ("in", "on", "during", "for", "over", "within", "of", "the", "at"):
        lead += 1
    led = lead > 0 and reader.word(lead - 1) not in ("over", "at", "on")
    alone = reader.position == 0 or reader.form(1) in ("", "?", ".") or (reader.form(1), reader.form(2)) == _SO_FAR
    alone = alone or reader.form(1) in _SPLITTING or (reader.form(-1) in _WHOLE and reader.form(1).isalpha())
    comparing = reader.word(-1) in ("than", "least", "most", "over", "above", "below", "under", "and", "top", "is")
    for offset in dict.fromkeys((lead, 0)):
        year = led if offset else alone and not comparing
        found = point(reader, offset, bare_year=year, bare_month=offset > 0)
        if found:
            return reader.mention(offset + found[1], found[0])
    return None


def _grain(reader: Reader) -> TimeMention | None:
    """by month; per day; each week; monthly; over time; trend."""
    word, following = reader.word(0), reader.word(1)
    if reader.form(-1) in ("sorted", "sort", "ordered", "order", "ranked", "rank", "arranged"):
        return None
    if word in ("by", "per", "each", "every", "and", ","):
        lead = 2 if following in ("the", "each", "calendar") else 1
        if (grain := UNITS.get(reader.word(lead))) and (
            word not in ("and", ",") or reader.word(lead + 1) not in ("ago", "old", "over", "of")
        ):
            if reader.word(lead) == "date" and word in ("and", ","):
                return None
            last = lead + 1
            if reader.word(last) == "of" and reader.word(last + 1) == "year":
                return None  # month of year is another thing: a part of the date
            return reader.mention(last, grain=grain)
    if word == "for" and following in ("each", "every") and (grain := UNITS.get(reader.word(2))):
        return reader.mention(3, grain=grain)
    if word in ADVERBS:
        return reader.mention(1, grain=ADVERBS[word])
    if word in ("which", "what") and following in ("day", "week", "month", "quarter", "year"):
        return reader.mention(2, grain=UNITS[following])
    if reader.form(0) in PEAKS:
        return _peak(reader)
    if word == "over" and following == "time":
        return reader.mention(2, grain=Grain.MONTH)
    if word in ("trend", "timeline"):
        return reader.mention(1, grain=Grain.MONTH)
    return None


def _peak(reader: Reader) -> TimeMention | None:
    """ "Best month for", "top 3 days by", "worst quarter ever": the period that has the most or the least."""
    at = 2 if reader.number(1) else 1
    grain = UNITS.get(reader.word(at))
    if grain is None or reader.word(at) == "date":
        return None
    ever = 1 if reader.form(at + 1) == "ever" else 3 if _words(reader, at + 1, 3) == ("of", "all", "time") else 0
    goes_on = ever or reader.form(at + 1) in _AFTER_A_PEAK
    return reader.mention(at + 1 + ever, grain=grain) if goes_on else None


def _words(reader: Reader, offset: int, count: int) -> tuple[str, ...]:
    return tuple(reader.form(offset + at) for at in range(count))


def _led(reader: Reader) -> TimeMention | None:
    return led(reader, point)


_RULES: tuple[_Rule, ...] = (_between, _led, years, _at_an_end, _bounded, _so_far, _plain, _grain)
