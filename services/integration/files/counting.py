"""How many values of a column fit each format: what is asked of a whole table, and the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.integration.catalog.model import ColumnType
from services.integration.files.duck import literal
from services.integration.files.formats import RANK, RIVALS, Format

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
