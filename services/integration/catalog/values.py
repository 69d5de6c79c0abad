"""What a sample of a column's values says: how many there are, which is the smallest, what they really are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from services.integration.catalog.model import ColumnType

NUMBERS = frozenset({ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.DECIMAL})
TIMES = frozenset({ColumnType.DATE, ColumnType.TIMESTAMP, ColumnType.TIMESTAMP_TZ})
_WHOLE = 1e15  # floats beyond aren't exact to the unit
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|\+00:?00)?")


@dataclass(frozen=True, slots=True)
class Seen:
    """Values of some of a column's rows, or of all: how often each (as text) was there; kinds are Python's types."""

    rows: int
    counts: Mapping[str, int]
    kinds: frozenset[type] = frozenset()
    filled: int = field(default=0)

    @property
    def distinct(self) -> int:
        return len(self.counts)


def seen(values: Sequence[Any]) -> Seen:
    """The tally of one column."""
    counts = Counter(as_text(value) for value in values if value is not None)
    return Seen(len(values), counts, frozenset(type(v) for v in values if v is not None), counts.total())


def untagged(value: str) -> int | float | str | bytes:
    """A value of SQLite from its text with the first letter of its type before it: i, r, t, or b for bytes."""
    tag, text = value[:1], value[1:]
    if tag == "i":
        return int(text)
    if tag == "r":
        return float(text)
    return text if tag == "t" else b""


def as_text(value: Any) -> str:
    """The value as the catalog writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE:
        return str(int(value))
    return str(value)


def estimated_distinct(sample: Seen, rows: int) -> int:
    """Distinct values of all `rows` rows by the Duj1 estimator (Haas and Stokes, 1998), as PostgreSQL's ANALYZE."""
    n, d = sample.filled, sample.distinct
    if not n or sample.rows >= rows:
        return d
    total = rows * n / sample.rows  # rows with a value
    once = sum(1 for count in sample.counts.values() if count == 1)
    if once == n:
        return round(total)  # no value came twice: as good as a key
    return round(min(total, max(d, n * d / ((n - once) + once * n / total))))


def span(values: Iterable[str], family: ColumnType) -> tuple[str, str]:
    """The smallest and the largest value of a number or time column; ("", "") if there is none."""
    if family in NUMBERS:
        numbers = sorted((number, text) for text in values if (number := as_number(text)) is not None)
        return (numbers[0][1], numbers[-1][1]) if numbers else ("", "")
    texts = [text for text in values if text]
    return (min(texts), max(texts)) if texts and family in TIMES else ("", "")


def as_number(text: str) -> Decimal | None:
    """The finite number that the text is."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def written(text: str, family: ColumnType) -> str:
    """The value in the one form that all dialects share: no zeros that say nothing, a blank before the hour."""
    if family in (ColumnType.DECIMAL, ColumnType.NUMBER) and re.fullmatch(r"-?\d+\.\d+", text):
        return text.rstrip("0").rstrip(".")
    if family in (ColumnType.TIMESTAMP, ColumnType.TIMESTAMP_TZ):
        return re.sub(r"(\.\d*?)0+(?=$|[+Z])", lambda m: m[1] if len(m[1]) > 1 else "", text.replace("T", " "))
    return text


def family_of(values: Seen, declared: ColumnType, native: str) -> ColumnType:
    """What a column of SQLite holds, where a declaration binds nothing: the declared family if the values agree.

    Dates count only in the ISO forms that SQLite's own functions read and that sort as they follow one another.
    Numbers that are stored as text stay text.
    """
    if not values.counts:
        return declared if declared is not ColumnType.OTHER or native else ColumnType.TEXT
    if bytes in values.kinds:
        return ColumnType.OTHER
    if values.kinds == {str}:
        return _of_texts(values.counts, declared)
    if str in values.kinds:  # some numbers, some texts: as text all can be shown
        return ColumnType.TEXT
    if declared is ColumnType.BOOLEAN and set(values.counts) <= {"0", "1"}:
        return declared
    if declared in (ColumnType.DECIMAL, ColumnType.NUMBER):
        return declared
    return ColumnType.NUMBER if float in values.kinds else ColumnType.INTEGER


def _of_texts(values: Iterable[str], declared: ColumnType) -> ColumnType:
    if declared in (ColumnType.JSON, ColumnType.TIME):
        return declared
    if all(is_date(value) for value in values):
        return ColumnType.DATE
    if all(is_date(value) or is_moment(value) for value in values):
        zoned = all(value.endswith(("Z", "+00", "+00:00", "+0000")) for value in values)
        return ColumnType.TIMESTAMP_TZ if zoned else ColumnType.TIMESTAMP
    return ColumnType.TEXT


def is_date(value: str) -> bool:
    """Whether it is a day of the calendar as ISO 8601 writes it."""
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_moment(value: str) -> bool:
    """Whether it is a date with a time of day, without an offset or with that of UTC."""
    found = _MOMENT.fullmatch(value)
    return found is not None and is_date(found[1])
