"""Set phrases of business questions, found before words are taken for names.

A closed vocabulary of general English. What is exactly a name of the catalog is no cue: a column may be called "share".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.links import Span
from services.ml_gateway.engine.opposing import OPPOSITE
from services.ml_gateway.engine.periods import ADVERBS
from services.ml_gateway.engine.query.model import Cycle, Unit
from services.ml_gateway.engine.reader.business import phrases
from services.ml_gateway.engine.reading import Grain
from services.ml_gateway.engine.tokens import Token, TokenKind


class CueKind(StrEnum):
    CHANGE = "change"  # growth; with a grain: against the period of that length before
    RUNNING = "running"
    SHARE = "share"
    PERCENTILE = "percentile"
    CYCLE = "cycle"
    VERSUS = "versus"  # two values or periods side by side
    DURATION = "duration"
    PER_EACH = "per each"  # the mean of a number that each entity has
    PER_PERIOD = "per period"  # the mean of a number that each day or month has
    RATIO = "ratio"
    QUOTIENT = "quotient"  # "the ratio of A to B"
    FISCAL = "fiscal"  # by quarters or years of the fiscal year
    SORTED = "sorted"  # "highest first"
    DAYS = "days"  # on some days of the week
    UNDONE = "undone"  # "unpaid"
    NEW = "new"  # those that came in a period
    AGAIN = "again"  # "repeat customers"


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens [first, last) of a question and what they ask for.

    grain: of a change, the length of the period that is compared with. seen: the word that a reader of the rest sees
    in place of the first token: a median reads as an average does. days: of the week, 1 to 7 from Monday.
    """

    kind: CueKind
    first: int
    last: int
    grain: Grain | None = None
    cycle: Cycle | None = None
    fraction: float = 0.5
    unit: Unit | None = None
    said: str = ""
    seen: str = "date"
    days: tuple[float, ...] = ()


_GRAINS = {
    "day": Grain.DAY, "week": Grain.WEEK, "month": Grain.MONTH, "quarter": Grain.QUARTER, "year": Grain.YEAR,
    "d": Grain.DAY, "w": Grain.WEEK, "m": Grain.MONTH, "q": Grain.QUARTER, "y": Grain.YEAR,
}  # fmt: skip
_PATTERNS = (
    *((CueKind.CHANGE, one) for one in phrases.CHANGES),
    *((CueKind.RUNNING, one) for one in phrases.RUNNING),
    *((CueKind.SHARE, one) for one in phrases.SHARES),
    *((CueKind.PERCENTILE, one) for one in phrases.PERCENTILES),
    *((CueKind.CYCLE, one) for one in phrases.CYCLIC),
    *((CueKind.DAYS, one) for one in phrases.DAYS),
    *((CueKind.NEW, one) for one in phrases.NEW),
    *((CueKind.AGAIN, one) for one in phrases.AGAIN),
    *((CueKind.UNDONE, one) for one in phrases.UNDONE),
    *((CueKind.FISCAL, one) for one in phrases.FISCAL),
    *((CueKind.DURATION, one) for one in phrases.DURATIONS),
    *((CueKind.SORTED, one) for one in phrases.SORTED),
    *((CueKind.QUOTIENT, one) for one in phrases.QUOTIENTS),
    *((CueKind.VERSUS, one) for one in phrases.VERSUS),
    *((CueKind.PER_PERIOD, one) for one in phrases.PER_PERIOD),
    *((CueKind.PER_EACH, one) for one in phrases.PER_EACH),
)
_COMPILED = tuple((kind, re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")) for kind, pattern in _PATTERNS)
_CALLED_SO = 0.85  # how sure a name is
_LENGTHS = ("grain", "short", "since", "ago", "before")
_EMPTY = frozenset("the of a an what which in our all from with to as".split())
_ENDING = re.compile(r"(?<!\S)(?:in|within|over|during|as) (?P<unit>days|hours)(?!\S)")


def find_cues(tokens: Sequence[Token], spans: Sequence[Span]) -> tuple[Cue, ...]:
    """Left to right, without overlap. spans: what the words may mean as names."""
    words = [" " if one.kind is TokenKind.QUOTED else one.form for one in tokens]
    text = " ".join(words)
    starts, at = list[int](), 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    sure = _sure(spans)
    found = [one for one in _found(text, starts, len(tokens)) if not any(_within(one, name, words) for name in sure)]
    states = _states(spans)
    found = [one for one in found if one.kind is not CueKind.RUNNING or (one.first, one.last) not in states]
    found = [one for one in found if one.said != "metric" or _measures(one, spans)]
    told = bool(phrases.EACH_PERIOD.search(text))
    found = [one for one in found if one.kind is not CueKind.PER_PERIOD or (told and _is_of_total(one, words, spans))]
    kinds = {one.kind for one in found}
    if CueKind.PER_EACH in kinds and not {"per", "each", "every"} & set(words):
        found = [one for one in found if one.kind is not CueKind.PER_EACH]
    return tuple(found)


def _found(text: str, starts: Sequence[int], count: int) -> Iterator[Cue]:
    place = 0
    while place < count:
        for kind, form in _COMPILED:
            match = form.match(text, starts[place])
            if match and match.end() > match.start():
                last = sum(start < match.end() for start in starts)
                yield _cue(kind, match, place, last, text)
                place = last - 1
                break
        place += 1


def _cue(kind: CueKind, match: re.Match[str], first: int, last: int, text: str) -> Cue:
    named = {name: value for name, value in match.groupdict().items() if value}
    length = next((named[one] for one in _LENGTHS if one in named), "")
    grain = _GRAINS.get(length)
    cycle = next(
        (phrases.CYCLES[int(name[-1])][1] for name in named if name.startswith(("cycle", "ask", "peak"))), None
    )
    rank = named.get("rank") or named.get("short_rank")
    unit = None
    if kind is CueKind.DURATION:
        ending = _ENDING.search(text)
        said = named.get("unit") or named.get("length") or (ending["unit"] if ending else "")
        unit = Unit.HOURS if said == "hours" or (ending and ending["unit"] == "hours") else Unit.DAYS
    said = next(
        (
            n
            for n in ("more", "verb", "since", "ago", "before", "what", "as", "down", "ask0", "ask1", "metric")
            if n in named
        ),
        "",
    )
    said = named.get("undone", named.get("once", said))
    seen = "average" if kind is CueKind.PERCENTILE else "date"
    days = phrases.WEEKDAYS.get(named.get("days", "").removesuffix("s"), ())
    return Cue(kind, first, last, grain, cycle, int(rank) / 100 if rank else 0.5, unit, said, seen, days)


def _sure(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """What is a name of the catalog to the letter, or one of its values."""
    kinds = (TargetKind.METRIC, TargetKind.COLUMN, TargetKind.VALUE, TargetKind.TABLE)
    return [
        (span.first, span.last)
        for span in spans
        if any(one.target.kind in kinds and one.how in ("name", "synonym", "label", "value", "metric")
               and one.score >= 0.9 for one in span.links)
    ]  # fmt: skip


def _measures(cue: Cue, spans: Sequence[Span]) -> bool:
    """ "Average revenue per customer": a metric stands right behind."""
    behind = [one for span in spans if span.first == cue.last for one in span.links]
    return any(one.target.kind is TargetKind.METRIC and one.score >= 0.9 for one in behind)


def _is_of_total(cue: Cue, words: Sequence[str], spans: Sequence[Span]) -> bool:
    """ "Average orders per day": rows or a metric; "average fee per month" is of the fees. Said last, of any."""
    first = cue.last + (words[cue.last : cue.last + 1] != [] and words[cue.last] in ADVERBS)
    first += 2 if words[first : first + 2] == ["number", "of"] else 0
    behind = [span for span in spans if span.first == first and span.links and span.links[0].score >= _CALLED_SO]
    if not behind:
        return words[cue.first] == "on"
    longest = max(behind, key=lambda span: span.last)
    top = longest.links[0].score
    return any(one.target.kind in (TargetKind.METRIC, TargetKind.TABLE) and one.score >= top - 0.05
               for one in longest.links)  # fmt: skip


def _states(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """ "Running contracts" are contracts that haven't ended."""
    tables = {(span.first, one.target.table) for span in spans for one in span.links
              if one.target.kind is TargetKind.TABLE}  # fmt: skip
    return [
        (span.first, span.last)
        for span in spans
        if any(one.how == OPPOSITE and (span.last, one.target.table) in tables for one in span.links)
    ]


def _within(cue: Cue, name: tuple[int, int], words: Sequence[str]) -> bool:
    """Whether a name holds what the cue says, or a part of it and more."""
    first, last = name
    if last <= cue.first or cue.last <= first:
        return False
    said = {at for at in range(cue.first, cue.last) if words[at] not in _EMPTY}
    return said <= set(range(first, last)) or not (cue.first <= first and last <= cue.last)
