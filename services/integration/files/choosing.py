"""Which format a column is read by, from how many of its values fit each: pure functions over counts."""
# ruff: noqa: S608  (the SQL is ours; names and texts of the file pass through quoted() and literal())

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.integration.catalog.model import ColumnType
from services.integration.files import formats
from services.integration.files.counting import Count, Tally
from services.integration.files.duck import literal
from services.integration.files.formats import RIVALS, Format

MOST_SCALE = 8  # digits behind the point that are kept exactly; measurements with more are floating-point numbers
MOST_DIGITS = 30


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
        if key == "us" or key == "whole_zero" or (key == "plain" and count.tallies[fitting[0].key].first):
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
        return as_text(count, x, fits=False)
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


def as_text(count: Count, x: str, fits: bool, unfit: int = 0) -> Choice:
    """The column as text, without what means nothing."""
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
