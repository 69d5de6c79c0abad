"""One period named at one place of a question: "last quarter", "March 2025", "the past 30 days", "2025-05-01"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.reading import Grain
from services.ml_gateway.engine.tokens import Token, TokenKind

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
UNITS = {
    "day": Grain.DAY, "week": Grain.WEEK, "month": Grain.MONTH, "quarter": Grain.QUARTER, "year": Grain.YEAR,
    "date": Grain.DAY,
}  # fmt: skip
ADVERBS = {
    "daily": Grain.DAY, "weekly": Grain.WEEK, "monthly": Grain.MONTH, "quarterly": Grain.QUARTER,
    "yearly": Grain.YEAR, "annually": Grain.YEAR, "annual": Grain.YEAR,
}  # fmt: skip
PEAKS = {
    **dict.fromkeys("best busiest strongest highest biggest largest top peak".split(), True),
    **dict.fromkeys("worst quietest slowest weakest lowest".split(), False),
}  # of a period: whether the one with the most is meant
_LAST = {"last", "past", "previous", "prior"}
_YEAR_AGO = (
    ("last", "year"),
    ("of", "last", "year"),
    ("in", "last", "year"),
    ("a", "year", "ago"),
    ("one", "year", "ago"),
)
_JOINTS = frozenset(("and", "or", ",", "&", "/", "vs", "versus", "against"))
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


_NOTHING = Token("", 0, 0, TokenKind.PUNCTUATION)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of days named by a label; start and end are None where the range is open."""

    start: date | None
    end: date | None
    label: str


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Tokens [first, last) of the question, and the range or the grain they name."""

    first: int
    last: int
    span: Span | None = None
    grain: Grain | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """The caller's day, the first day of their week (0 is Monday) and the first month of their fiscal year."""

    day: date
    week_starts_on: int = 0
    fiscal_year_starts_in: int = 1

    @classmethod
    def of(cls, day: date, catalog: Catalog) -> "Today":
        """A day as the catalog's people count."""
        return cls(day, catalog.week_starts_on, catalog.fiscal_year_starts_in)


def floor(day: date, grain: Grain, week_starts_on: int = 0) -> date:
    """The first day of the unit that holds `day`."""
    if grain is Grain.WEEK:
        return day - timedelta(days=(day.weekday() - week_starts_on) % 7)
    if grain is Grain.MONTH:
        return day.replace(day=1)
    if grain is Grain.QUARTER:
        return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    if grain is Grain.YEAR:
        return date(day.year, 1, 1)
    return day


def shift(day: date, grain: Grain, count: int) -> date:
    """The first day of a unit moved by `count` units. Years are held within 1..9998."""
    if grain in (Grain.DAY, Grain.WEEK):
        days = count * (7 if grain is Grain.WEEK else 1)
        return date.fromordinal(min(max(day.toordinal() + days, 1), date(9998, 1, 1).toordinal()))
    months = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain] * count
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9998 * 12)
    return date(index // 12, index % 12 + 1, 1)


def is_running(start: date | None, end: date | None, today: date) -> bool:
    """Whether days of a period are still to come and others are gone."""
    return start is not None and end is not None and start <= today < end - timedelta(days=1)


class Reader:
    """Words from a position on; rules look ahead through it."""

    def __init__(self, tokens: Sequence[Token], position: int, today: Today):
        self.tokens, self.position, self.today = tokens, position, today

    def word(self, offset: int) -> str:
        index = self.position + offset
        return self._token(index).lemma

    def form(self, offset: int) -> str:
        index = self.position + offset
        return self._token(index).form

    def _token(self, index: int) -> Token:
        """Quoted words are a value, whatever they say."""
        token = self.tokens[index] if 0 <= index < len(self.tokens) else _NOTHING
        return _NOTHING if token.kind is TokenKind.QUOTED else token

    def number(self, offset: int) -> int | None:
        index = self.position + offset
        if not 0 <= index < len(self.tokens):
            return None
        token = self.tokens[index]
        if token.number is None or token.number != int(token.number) or token.text[0] in "$€£" or "%" in token.text:
            return None
        return int(token.number)

    def year(self, offset: int) -> int | None:
        number = self.number(offset)
        text = self.form(offset)
        return number if number and 1900 <= number <= 2199 and len(text) == 4 else None

    def mention(self, length: int, span: Span | None = None, grain: Grain | None = None) -> TimeMention:
        return TimeMention(self.position, self.position + length, span, grain)

    def unit(self, start: date, grain: Grain, count: int = 1, label: str = "") -> Span:
        return Span(start, shift(start, grain, count), label)

    def floor(self, grain: Grain) -> date:
        return floor(self.today.day, grain, self.today.week_starts_on)


def point(reader: Reader, offset: int, *, bare_year: bool = True, bare_month: bool = True) -> tuple[Span, int] | None:
    """The range named at an offset and how many tokens it takes."""
    if reader.word(offset) == "the" and reader.word(offset + 1) in _LAST | {"current", "year", "same", *_ORDINALS}:
        inner = point(reader, offset + 1, bare_year=bare_year, bare_month=bare_month)
        return (inner[0], inner[1] + 1) if inner else None
    return (
        _relative(reader, offset)
        or _quarter(reader, offset)
        or _month(reader, offset, bare_month)
        or _day(reader, offset)
        or _year(reader, offset, bare_year)
    )


def _relative(reader: Reader, offset: int) -> tuple[Span, int] | None:
    word, following = reader.word(offset), reader.word(offset + 1)
    today = reader.today.day
    if word in ("today", "yesterday"):
        day = today if word == "today" else shift(today, Grain.DAY, -1)
        return reader.unit(day, Grain.DAY, 1, word), 1
    if word == "so" and following == "far" and reader.word(offset + 2) == "this":
        inner = _to_date(reader, reader.word(offset + 3))
        return (inner, 4) if inner else None
    if following == "to" and reader.word(offset + 2) == "date" and (inner := _to_date(reader, word)):
        return inner, 3
    if word in ("ytd", "mtd", "qtd"):
        inner = _to_date(reader, {"y": "year", "m": "month", "q": "quarter"}[word[0]])
        return (inner, 1) if inner else None
    if word in ("this", "current") and following in UNITS and following != "date":
        grain = UNITS[following]
        return reader.unit(reader.floor(grain), grain, 1, f"this {following}"), 2
    if word == "same":
        return _a_year_ago(reader, offset)
    if word in _LAST:
        return _last(reader, offset)
    number = reader.number(offset)
    unit = UNITS.get(following)
    if number and unit and reader.word(offset + 2) == "ago" and number < 10000:
        start = shift(reader.floor(unit), unit, -number)
        return reader.unit(start, unit, 1, f"{number} {unit}s ago"), 3
    return None


def _a_year_ago(reader: Reader, offset: int) -> tuple[Span, int] | None:
    """ "The same month last year": as the current one."""
    unit = reader.word(offset + 1)
    said = next((one for one in _YEAR_AGO if all(reader.word(offset + 2 + n) == w for n, w in enumerate(one))), None)
    grain = UNITS.get(unit)
    if said is None or grain not in (Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.DAY):
        return None
    start = floor(shift_year(reader.today.day), grain, reader.today.week_starts_on)
    return reader.unit(start, grain, 1, f"the same {unit} last year"), 2 + len(said)


def shift_year(day: date) -> date:
    """The same day a year before; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _to_date(reader: Reader, unit: str) -> Span | None:
    grain = UNITS.get(unit)
    if not grain:
        return None
    return Span(reader.floor(grain), shift(reader.today.day, Grain.DAY, 1), f"{unit} to date")


def _last(reader: Reader, offset: int) -> tuple[Span, int] | None:
    """last month; past 30 days; last two quarters; last March; last 24 hours is not a matter of days: not read."""
    word, following = reader.word(offset), reader.word(offset + 1)
    full = 1 if following in ("full", "complete", "calendar") else 0
    following = reader.word(offset + 1 + full)
    if following in UNITS and following not in ("date", "day"):  # "the last day" is no yesterday
        grain = UNITS[following]
        start = shift(reader.floor(grain), grain, -1)
        return reader.unit(start, grain, 1, f"last {following}"), 2 + full
    if following in MONTHS and word == "last" and reader.year(offset + 2 + full) is None:
        month = MONTHS[following]
        today = reader.today.day
        start = date(today.year - (1 if month >= today.month else 0), month, 1)
        return reader.unit(start, Grain.MONTH, 1, f"{following.capitalize()} {start.year}"), 2 + full
    number = reader.number(offset + 1)
    unit = UNITS.get(reader.word(offset + 2))
    if number and unit and reader.word(offset + 2) != "date" and 0 < number < 10000:
        end = reader.floor(unit)
        return Span(shift(end, unit, -number), end, f"the last {number} {unit}s"), 3
    return None


def _quarter(reader: Reader, offset: int) -> tuple[Span, int] | None:
    """q3 2024; 2024 q3; third quarter of 2024; q1 (of this year)."""
    word = reader.word(offset)
    length, number, year = 0, 0, None
    if word in ("q1", "q2", "q3", "q4"):
        number, length = int(word[1]), 1
    elif word in _ORDINALS and reader.word(offset + 1) == "quarter":
        number, length = _ORDINALS[word], 2
    elif (before := reader.year(offset)) and (following := reader.word(offset + 1)) in ("q1", "q2", "q3", "q4"):
        number, length, year = int(following[1]), 2, before
    if not number:
        return None
    if year is None:
        year, used = _trailing_year(reader, offset + length)
        length += used
    start = date(year, 3 * number - 2, 1)
    return reader.unit(start, Grain.QUARTER, 1, f"Q{number} {year}"), length


def _trailing_year(reader: Reader, offset: int) -> tuple[int, int]:
    """The year named after a month or a quarter, else the current one, and the tokens it takes."""
    skip = 1 if reader.word(offset) in ("of", "in", ",") else 0
    if year := reader.year(offset + skip):
        return year, skip + 1
    if reader.word(offset + skip) in ("this", "last") and reader.word(offset + skip + 1) == "year":
        return reader.today.day.year - (reader.word(offset + skip) == "last"), skip + 2
    return reader.today.day.year, 0


def _month(reader: Reader, offset: int, bare: bool) -> tuple[Span, int] | None:
    """March 2025; in March (the latest one that has begun); 15 March 2025; March 15, 2025."""
    if (number := reader.number(offset)) and reader.word(offset + 1) in MONTHS and number <= 31:
        return _calendar_day(reader, offset, number, reader.word(offset + 1), 2)
    word = reader.word(offset)
    bare = bare or _is_before_another(reader, offset)
    if word not in MONTHS or (word in ("may", "mar", "march") and not bare and not reader.year(offset + 1)):
        return None
    day = reader.number(offset + 1)
    if day and day <= 31 and not UNITS.get(reader.word(offset + 2)):
        return _calendar_day(reader, offset, day, word, 2)
    year, used = _trailing_year(reader, offset + 1)
    if not used:
        if not bare:
            return None
        year -= MONTHS[word] > reader.today.day.month
    start = date(year, MONTHS[word], 1)
    return reader.unit(start, Grain.MONTH, 1, f"{start:%B} {year}"), 1 + used


def _is_before_another(reader: Reader, offset: int) -> bool:
    """ "March vs April 2025"."""
    joint = 2 if (reader.form(offset + 1), reader.form(offset + 2)) == ("vs", ".") else 1
    following = offset + joint + 1
    told = reader.form(offset + 1) in _JOINTS and reader.word(following) in MONTHS
    return told and (reader.year(following + 1) is not None or _is_before_another(reader, following))


def _calendar_day(reader: Reader, offset: int, day: int, month: str, length: int) -> tuple[Span, int] | None:
    year, used = _trailing_year(reader, offset + length)
    try:
        start = date(year, MONTHS[month], day)
    except ValueError:
        return None
    return reader.unit(start, Grain.DAY, 1, f"{start:%B} {day}, {year}"), length + used


def _day(reader: Reader, offset: int) -> tuple[Span, int] | None:
    index = reader.position + offset
    if index >= len(reader.tokens) or reader.tokens[index].kind is not TokenKind.DATE:
        return None
    try:
        start = date.fromisoformat(reader.tokens[index].text)
    except ValueError:
        return None
    return reader.unit(start, Grain.DAY, 1, start.isoformat()), 1


def _year(reader: Reader, offset: int, bare: bool) -> tuple[Span, int] | None:
    """2025, but bare only where a preposition came before: "orders over 2000" is no year."""
    skip = 1 if reader.word(offset) == "year" else 0
    year = reader.year(offset + skip)
    if not year or not (bare or skip):
        return None
    return reader.unit(date(year, 1, 1), Grain.YEAR, 1, str(year)), 1 + skip
