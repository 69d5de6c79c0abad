"""Which format a column is read by, from how many of its values fit each: pure functions over counts."""
# ruff: noqa: S608  (the SQL is ours; names and texts of the file pass through quoted() and literal())

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from services.integration.catalog.model import ColumnType
from services.integration.files import formats
from services.integration.files.duck import literal
from services.integration.files.formats import BY_KEY, RANK, RIVALS, Format

MOST_SCALE = 8  # digits behind the point that are kept exactly; measurements with more are floating-point numbers
MOST_DIGITS = 30
LARGEST_INTEGER = 9.22e18
_WIDTH = 5  # measures of one format


@dataclass(frozen=True, slots=True)
class Tally:
    """How one format fared: values that fit, empty markers among the others, and three figures by kind of format.

    numbers: digits behind the point, the largest magnitude, (least, greatest, count) of currency signs.
    dates: values with a time of day, (least, greatest day of the month), values written with points.
    booleans: least, greatest value.
    """

    fit: int
    markers: int
    first: Any = None
    second: Any = None
    third: Any = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many values of a column are present, how many of them are markers of emptiness in a text, and the tallies.

    spaced are those with spaces around them, if not careful; careful: they were left out before counting.
    """

    present: int = 0
    text_markers: int = 0
    spaced: int = 0
    careful: bool = True
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    formats: Mapping[str, Format] = field(default_factory=dict)

    @staticmethod
    def measures(x: str, v: str, one: Format, markers: str) -> list[str]:
        """SQL aggregates of a format's values v of the texts x; read() takes them in this order.

        markers is the list of them in SQL; "" if they aren't to be counted yet.
        """
        figures = ["NULL", "NULL", "NULL"]
        if one.type is ColumnType.DECIMAL:
            scale = f"max(length({v}) - strpos({v}, '.')) FILTER (contains({v}, '.'))"
            signs = "NULL"
            if one.marks:
                sign = f"nullif(regexp_extract({x}, {literal(one.marks)}, 1), '')"
                signs = f"[min({sign}), max({sign}), count({sign})::VARCHAR]"
            figures = [scale, f"max(abs(try_cast({v} AS DOUBLE)))", signs]
        elif one.type in {ColumnType.DATE, ColumnType.TIMESTAMP}:
            timed = f"count(*) FILTER ({v}::TIME <> TIME '00:00:00')" if one.type is ColumnType.TIMESTAMP else "0"
            rival = one.key in RIVALS
            figures = [timed, f"[min(day({v})), max(day({v}))]" if rival else "NULL",
                       f"count({v}) FILTER (contains({x}, '.'))" if rival else "0"]  # fmt: skip
        elif one.type is ColumnType.BOOLEAN:
            figures = [f"min({v})", f"max({v})", "NULL"]
        marked = f"count(*) FILTER ({v} IS NULL AND lower({x}) IN ({markers}))" if markers else "0"
        return [f"count({v})", marked, *figures]

    @classmethod
    def read(cls, figures: list[Any], wanted: Sequence[Format], careful: bool) -> "Count":
        """Takes a column's measures off the front of a row's figures."""
        present, spaced, text_markers = figures[:3]
        del figures[:3]
        tallies = {}
        for one in wanted:
            tallies[one.key] = Tally(*figures[:_WIDTH])
            del figures[:_WIDTH]
        return cls(present, text_markers, spaced, careful, tallies, {one.key: one for one in wanted})

    def fitting(self) -> list[Format]:
        """The formats that every value fits, the most telling first."""
        found = [one for key, one in self.formats.items() if self._fits(one, self.tallies[key])]
        return sorted(found, key=lambda one: RANK[one.key])

    def _fits(self, one: Format, tally: Tally) -> bool:
        if not tally.fit or tally.fit + tally.markers != self.present:
            return False
        if one.type is ColumnType.BOOLEAN:  # all "no" may be Norway
            return one.key == "true/false" or tally.first != tally.second
        if one.type is ColumnType.DECIMAL:
            if not tally.first and tally.second >= LARGEST_INTEGER:
                return False  # an identifier too long for a number
            if one.marks:
                least, greatest, count = tally.third
                return bool(least == greatest and (least != "%" or int(count) == tally.fit))
        return one.key not in {"compact", "compact_time"} or tally.fit >= 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the file's unmistakable columns, and its delimiter, say of how its people write.

    decimal_comma and day_first are votes: above 0 for, below 0 against.
    """

    decimal_comma: int = 0
    day_first: int = 0

    def with_vote_of(self, count: Count) -> "Evidence":
        """With the vote of a column, if it can be read in one way only."""
        fitting = count.fitting()
        if not fitting:
            return self
        key, keys = fitting[0].key.removesuffix("_decorated"), {one.key for one in fitting}
        if RIVALS.get(fitting[0].key) in keys:
            return self
        if key in {"eu", "space_comma"}:
            return replace(self, decimal_comma=self.decimal_comma + 2)
        if key == "us" or (key == "plain" and count.tallies[fitting[0].key].first):
            return replace(self, decimal_comma=self.decimal_comma - 1)
        if key.startswith(("dmy", "mdy")):
            return replace(self, day_first=self.day_first + (1 if key.startswith("dmy") else -1))
        return self


@dataclass(frozen=True, slots=True)
class Choice:
    """How a column is read: sql makes its typed value of its trimmed text x0 (x1, …), NULL where that is empty."""

    type: ColumnType
    sql: str
    possible: tuple[ColumnType, ...]
    note: str = ""
    empty_count: int = 0  # of rows with text that means nothing; rows with no text at all come on top
    unfit_count: int = 0
    present: int = 0
    fits: bool = True
    careful: bool = True  # spaces around the text have to go first


def choose(count: Count, evidence: Evidence, x: str = "x0") -> Choice:
    """The most telling reading that every value fits; text if there is none."""
    fitting = count.fitting()
    if not fitting:
        return _text(count, x, fits=False)
    best, note = _settle(fitting, count, evidence)
    tally = count.tallies[best.key]
    quick = best.quick if best.quick and not tally.markers else best.sql
    kind, sql, more = _typed(best, tally, quick(x))
    possible = {kind, ColumnType.TEXT}
    possible |= {one.type for one in fitting if one.type is not ColumnType.DECIMAL}
    if kind in {ColumnType.INTEGER, ColumnType.DECIMAL}:
        possible |= {ColumnType.DECIMAL, ColumnType.NUMBER}
    if kind is ColumnType.DATE:
        possible.add(ColumnType.TIMESTAMP)
    notes = "; ".join(one for one in (note or best.note, more) if one)
    return Choice(
        kind,
        sql,
        tuple(one for one in ColumnType if one in possible),
        notes,
        tally.markers,
        0,
        count.present,
        careful=count.careful,
    )


def _settle(fitting: Sequence[Format], count: Count, evidence: Evidence) -> tuple[Format, str]:
    """The reading to take where two fit all values, and what to say of it."""
    best = fitting[0]
    rival = next((one for one in fitting if one.key == RIVALS.get(best.key)), None)
    if rival is None:
        return best, ""
    tally = count.tallies[best.key]
    if best.type is ColumnType.DECIMAL:
        if best.key.startswith("plain") and not tally.first:
            return best, ""  # whole numbers without any sign are the same in both
        if evidence.decimal_comma > 0:
            comma = "decimal comma" if best.key.startswith("us") else "point between thousands"
            return rival, f"{comma}, as the rest of the file suggests"
        if best.key.startswith("plain"):
            return best, "read with a decimal point, though it could be a point between thousands"
        return best, "read with a comma between thousands, though it could be a decimal comma"
    days, months = (best, rival) if best.key.startswith("dmy") else (rival, best)
    chosen = _order(count.tallies[days.key], count.tallies[months.key], evidence, days, months)
    other = (months if chosen is days else days).note.split(",")[0]
    return chosen, f"read with {chosen.note}, though every value would also fit {other}"


def _order(by_day: Tally, by_month: Tally, evidence: Evidence, days: Format, months: Format) -> Format:
    if evidence.day_first:
        return days if evidence.day_first > 0 else months
    if by_day.third == by_day.fit:  # 1.2.2024: points are only used where the day comes first
        return days
    constant = [tally.second[0] == tally.second[1] for tally in (by_day, by_month)]
    if constant[0] != constant[1]:  # a month's first, month after month
        return days if constant[0] else months
    return days if evidence.decimal_comma > 0 else months


def _typed(one: Format, tally: Tally, value: str) -> tuple[ColumnType, str, str]:
    """The exact type for a format's values, the SQL that makes it, and a note."""
    if one.type is ColumnType.TIMESTAMP and not tally.first:
        return ColumnType.DATE, f"({value})::DATE", ""
    if one.type is not ColumnType.DECIMAL:
        return one.type, value, ""
    sign = tally.third[0] if one.marks else None
    note = "" if sign is None else ("in percent: 12 % is 12" if sign == "%" else f"amounts in {sign}")
    kind, sql_type = number_type(tally)
    return kind, f"try_cast({value} AS {sql_type})", note


def number_type(tally: Tally) -> tuple[ColumnType, str]:
    """The narrowest exact type for numbers of that scale and magnitude; floating-point if there is none."""
    scale, magnitude = tally.first or 0, tally.second or 0.0
    if scale == 0:
        return ColumnType.INTEGER, "BIGINT"
    digits = max(1, math.floor(math.log10(magnitude)) + 1 if magnitude >= 1 else 1)
    if scale > MOST_SCALE or digits + scale > MOST_DIGITS:
        return ColumnType.NUMBER, "DOUBLE"
    return ColumnType.DECIMAL, f"DECIMAL({18 if digits + scale <= 18 else 38}, {scale})"


_TEXT_MARKERS = ", ".join(literal(marker) for marker in formats.TEXT_MARKERS)


def _text(count: Count, x: str, fits: bool, unfit: int = 0) -> Choice:
    sql = f"CASE WHEN strlen({x}) <= 6 AND lower({x}) IN ({_TEXT_MARKERS}) THEN NULL ELSE {x} END"
    if not count.text_markers:
        sql = x
    note = "" if count.present else "no values"
    return Choice(
        ColumnType.TEXT,
        sql,
        (ColumnType.TEXT,),
        note,
        count.text_markers,
        unfit,
        count.present,
        fits or not (count.present and count.formats),
        count.careful,
    )


# --- types that a person gave ----------------------------------------------------------------------------------------
def _number_as(one: Format, kind: ColumnType) -> Format:
    def integer(x: str) -> str:
        v = one.sql(x)
        return (
            f"CASE WHEN regexp_full_match({v}, '-?[0-9]+(\\.0*)?') THEN try_cast(split_part({v}, '.', 1) AS BIGINT) END"
        )

    def number(x: str) -> str:
        return f"try_cast({one.sql(x)} AS DOUBLE)"

    if kind is ColumnType.DECIMAL:
        return replace(one, marks="")
    return Format(one.key, kind, integer if kind is ColumnType.INTEGER else number, one.note)


def _moment_as(one: Format, kind: ColumnType, target: str) -> Format:
    return Format(one.key, kind, lambda x: f"({one.sql(x)})::{target}", one.note)


def _any_truth(x: str) -> str:
    true = ", ".join(literal(words[0]) for words in (*formats.TRUTH_WORDS, ("1", "0"), ("x", "")))
    false = ", ".join(literal(words[1]) for words in (*formats.TRUTH_WORDS, ("1", "0")))
    return f"CASE WHEN lower({x}) IN ({true}) THEN true WHEN lower({x}) IN ({false}) THEN false END"


def forced_formats(kind: ColumnType) -> tuple[Format, ...]:
    """The ways in which text can be read as a type that a person gave; none for text."""
    if kind in {ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.DECIMAL}:
        numbers = (*formats.NUMBERS, formats.LENIENT_NUMBER, *formats.DECORATED)
        exponent = (formats.EXPONENT,) if kind is ColumnType.NUMBER else ()
        return (*(_number_as(one, kind) for one in numbers), *exponent)
    if kind is ColumnType.BOOLEAN:
        return (Format("words", kind, _any_truth),)
    if kind is ColumnType.TIME:
        return (formats.CLOCK, formats.CLOCK_12)
    target = {ColumnType.DATE: "DATE", ColumnType.TIMESTAMP: "TIMESTAMP", ColumnType.TIMESTAMP_TZ: "TIMESTAMPTZ"}.get(
        kind
    )
    if target is None:
        return ()
    moments = {ColumnType.DATE, ColumnType.TIMESTAMP, ColumnType.TIMESTAMP_TZ}
    return tuple(_moment_as(one, kind, target) for one in formats.PREFERENCE if one.type in moments)


def choose_forced(x: str, count: Count, kind: ColumnType) -> Choice:
    """The reading of a type that a person gave by which most values fit; the others become empty and are counted."""
    if not count.formats:
        return _text(count, x, fits=True)
    best = max(count.formats.values(), key=lambda one: (count.tallies[one.key].fit, -RANK.get(one.key, 0)))
    tally = count.tallies[best.key]
    sql = best.sql(x)
    if kind is ColumnType.DECIMAL:
        scale = min(tally.first or 0, 10)
        sql = f"try_cast({sql} AS DECIMAL({18 if scale + 12 <= 18 and (tally.second or 0) < 1e9 else 38}, {scale}))"
    unfit = count.present - tally.fit - tally.markers
    note = best.note if best.key in BY_KEY else ""
    return Choice(kind, sql, (kind, ColumnType.TEXT), note, tally.markers, unfit, count.present)
