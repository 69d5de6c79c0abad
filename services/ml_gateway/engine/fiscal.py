"""Periods of the catalog's fiscal year: "this fiscal year", "FY25", "last fiscal quarter", "Q2 FY2025".

A fiscal year is called by the calendar year in which it ends. Where it begins in January it is the calendar's.
"""

from datetime import date

from services.ml_gateway.engine.periods import Reader, Span, shift
from services.ml_gateway.engine.reading import Grain

_NAMES = ("fiscal", "financial")
_LAST = ("last", "past", "previous", "prior")
_UNITS = {"year": Grain.YEAR, "quarter": Grain.QUARTER}
_QUARTERS = ("q1", "q2", "q3", "q4")


def fiscal_point(reader: Reader, offset: int) -> tuple[Span, int] | None:
    """The range named at an offset and how many tokens it takes."""
    if not any(_is_fiscal(reader, offset + ahead) for ahead in range(4)):
        return None
    return _relative(reader, offset) or _to_date(reader, offset) or _quarter(reader, offset) or _year(reader, offset)


def _is_fiscal(reader: Reader, offset: int) -> bool:
    form = reader.form(offset)
    return form in _NAMES or form == "fy" or (form.startswith("fy") and form[2:].isdigit())


def _relative(reader: Reader, offset: int) -> tuple[Span, int] | None:
    """this fiscal year; last fiscal quarter; the last two fiscal years."""
    word = reader.word(offset)
    if reader.word(offset + 1) in _NAMES and (grain := _UNITS.get(reader.word(offset + 2))):
        if word in ("this", "current"):
            return _of(reader, grain, 0), 3
        if word in _LAST:
            return _of(reader, grain, -1), 3
        if word == "next":
            return _of(reader, grain, 1), 3
    number, grain = reader.number(offset + 1), _UNITS.get(reader.word(offset + 3))
    if word in _LAST and number and 0 < number < 1000 and reader.word(offset + 2) in _NAMES and grain:
        end = _begin(reader, grain)
        label = f"the last {number} fiscal {grain.value}s"
        return Span(shift(end, grain, -number), end, label), 4
    return None


def _to_date(reader: Reader, offset: int) -> tuple[Span, int] | None:
    """fiscal year to date; fiscal ytd."""
    if reader.word(offset) not in _NAMES:
        return None
    grain = _UNITS.get(reader.word(offset + 1))
    length = 4
    if not grain or (reader.word(offset + 2), reader.word(offset + 3)) != ("to", "date"):
        grain, length = {"ytd": Grain.YEAR, "qtd": Grain.QUARTER}.get(reader.word(offset + 1)), 2
    if not grain:
        return None
    tomorrow = shift(reader.today.day, Grain.DAY, 1)
    return Span(_begin(reader, grain), tomorrow, f"fiscal {grain.value} to date"), length


def _quarter(reader: Reader, offset: int) -> tuple[Span, int] | None:
    """fiscal Q2 2025; Q2 FY2025; Q2 of fiscal year 2025."""
    lead = 1 if reader.word(offset) in _NAMES else 0
    word = reader.word(offset + lead)
    if word not in _QUARTERS:
        return None
    used = lead + 1
    skip = 1 if reader.word(offset + used) in ("of", "in", ",") else 0
    if named := _named_year(reader, offset + used + skip):
        year, length = named
        used += skip + length
    elif lead and (number := reader.year(offset + used + skip)):
        year, used = number, used + skip + 1
    elif lead:
        year = _ends_in(reader, _begin(reader, Grain.YEAR))
    else:
        return None
    start = shift(_first_day(reader, year), Grain.QUARTER, int(word[1]) - 1)
    return reader.unit(start, Grain.QUARTER, 1, f"fiscal {word.upper()} {year}"), used


def _year(reader: Reader, offset: int) -> tuple[Span, int] | None:
    named = _named_year(reader, offset)
    if not named:
        return None
    year, length = named
    return reader.unit(_first_day(reader, year), Grain.YEAR, 1, f"fiscal year {year}"), length


def _named_year(reader: Reader, offset: int) -> tuple[int, int] | None:
    """fiscal year 2025; fiscal 2025; FY 2025; FY2025; FY25: the year and how many tokens it takes."""
    form = reader.form(offset)
    if form.startswith("fy") and form[2:].isdigit() and len(form) in (4, 6):
        number = int(form[2:])
        return (number if number > 99 else 2000 + number), 1
    if form not in (*_NAMES, "fy"):
        return None
    used = 2 if form in _NAMES and reader.word(offset + 1) == "year" else 1
    if year := reader.year(offset + used):
        return year, used + 1
    short = reader.number(offset + used)
    if form == "fy" and short and short <= 99 and len(reader.form(offset + used)) == 2:
        return 2000 + short, used + 1
    return None


def _of(reader: Reader, grain: Grain, away: int) -> Span:
    start = shift(_begin(reader, grain), grain, away)
    if grain is Grain.YEAR:
        return reader.unit(start, grain, 1, f"fiscal year {_ends_in(reader, start)}")
    year = start if start.month == reader.today.fiscal_year_starts_in else _year_of(reader, start)
    number = ((start.month - reader.today.fiscal_year_starts_in) % 12) // 3 + 1
    return reader.unit(start, grain, 1, f"fiscal Q{number} {_ends_in(reader, year)}")


def _begin(reader: Reader, grain: Grain) -> date:
    """The first day of the fiscal year, or quarter, of today."""
    day = reader.today.day
    if grain is Grain.YEAR:
        return _year_of(reader, day)
    return shift(day.replace(day=1), Grain.MONTH, -((day.month - reader.today.fiscal_year_starts_in) % 3))


def _year_of(reader: Reader, day: date) -> date:
    first = reader.today.fiscal_year_starts_in
    return date(day.year - (day.month < first), first, 1)


def _ends_in(reader: Reader, start: date) -> int:
    return start.year + (reader.today.fiscal_year_starts_in > 1)


def _first_day(reader: Reader, year: int) -> date:
    first = reader.today.fiscal_year_starts_in
    return date(year - (first > 1), first, 1)
