"""Whether two results say the same. Pure.

The same rows, as often; the columns in any order, but the same number of them; the order of rows only where it is
asked for. Numbers are the same within 0.01 %, however they are written; texts are compared as they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

Value = float | str | None
Row = tuple[Value, ...]

_RELATIVE, _ABSOLUTE = 1e-4, 1e-6
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_NUMBER_CHARACTERS = 17  # longer ones are codes that a float doesn't hold
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00:00(\.0+)?")
# Rows that are compared each with each, where sorting by rounded numbers puts equal ones apart.
_PAIRWISE_ROWS = 400
# Ways to pair columns that are tried, each as dear as its rows are many.
_BUDGET = 20_000
_ROWS_PER_COST = 20

_Key = tuple[int, float, str]


def same(expected: Sequence[Sequence[object]], found: Sequence[Sequence[object]], *, ordered: bool) -> bool:
    """Whether `found` is `expected`, up to the order of columns, and of rows unless `ordered`."""
    if len(expected) != len(found):
        return False
    if not expected:
        return True
    if len(expected[0]) != len(found[0]):
        return False
    wanted = [tuple(map(plain, row)) for row in expected]
    given = [tuple(map(plain, row)) for row in found]
    return _Pairing(wanted, given, ordered).exists()


def plain(value: object) -> Value:
    """A value as it is compared: a number that text is, a date of a moment at midnight, bytes as their text."""
    if value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    stripped = text.strip()
    if len(stripped) <= _NUMBER_CHARACTERS and _NUMBER.fullmatch(stripped):
        return float(stripped)
    midnight = _MIDNIGHT.fullmatch(stripped)
    return midnight[1] if midnight else text


class _Pairing:
    """Looks for the columns of one result in the other."""

    def __init__(self, wanted: Sequence[Row], given: Sequence[Row], ordered: bool) -> None:
        self._wanted = wanted
        self._given = given
        self._ordered = ordered
        self._cost = 0

    def exists(self) -> bool:
        width = len(self._wanted[0])
        columns = [self._column(self._given, place) for place in range(width)]
        alike: list[list[int]] = []
        for place in range(width):
            column = self._column(self._wanted, place)
            fitting = [other for other in range(width) if _all_equal(column, columns[other])]
            if not fitting:
                return False
            # The same place first: most results differ in nothing.
            alike.append(sorted(fitting, key=lambda other: (other != place, other)))
        order = sorted(range(width), key=lambda place: len(alike[place]))
        return self._search(alike, order, {})

    def _search(self, alike: Sequence[Sequence[int]], order: Sequence[int], chosen: dict[int, int]) -> bool:
        if self._cost > _BUDGET:
            return False
        if len(chosen) == len(order):
            self._cost += max(1, len(self._wanted) // _ROWS_PER_COST)
            arranged = [tuple(row[chosen[place]] for place in range(len(order))) for row in self._given]
            return _same_rows(self._wanted, arranged) and (not self._ordered or _same_order(self._wanted, arranged))
        place = order[len(chosen)]
        for other in alike[place]:
            if other not in chosen.values() and self._search(alike, order, chosen | {place: other}):
                return True
        return False

    @staticmethod
    def _column(rows: Sequence[Row], place: int) -> list[Row]:
        return sorted(((row[place],) for row in rows), key=_row_key)


def _equal(one: Value, other: Value) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        if one == other or (math.isnan(one) and math.isnan(other)):
            return True
        return abs(one - other) <= _ABSOLUTE + _RELATIVE * max(abs(one), abs(other))
    return one == other


def _rows_equal(one: Row, other: Row) -> bool:
    return len(one) == len(other) and all(map(_equal, one, other))


def _all_equal(some: Sequence[Row], others: Sequence[Row]) -> bool:
    return len(some) == len(others) and all(map(_rows_equal, some, others))


def _same_rows(wanted: Sequence[Row], given: Sequence[Row]) -> bool:
    """As multisets."""
    if _all_equal(sorted(wanted, key=_row_key), sorted(given, key=_row_key)):
        return True
    if len(wanted) > _PAIRWISE_ROWS:
        return False
    left = list(given)
    for row in wanted:
        place = next((place for place, other in enumerate(left) if _rows_equal(row, other)), None)
        if place is None:
            return False
        del left[place]
    return True


def _same_order(wanted: Sequence[Row], given: Sequence[Row]) -> bool:
    """The same sequence; or a column that is sorted, and says something, has the same: then only ties differ."""
    if _all_equal(wanted, given):
        return True
    for place in range(len(wanted[0])):
        expected, found = [row[place] for row in wanted], [row[place] for row in given]
        keys = [_key(value) for value in expected]
        is_sorted = keys in (sorted(keys), sorted(keys, reverse=True))
        if len(set(keys)) > 1 and is_sorted and all(map(_equal, expected, found)):
            return True
    return False


def _row_key(row: Row) -> tuple[tuple[_Key, ...], tuple[float, ...], tuple[float, ...]]:
    """Texts first, then rounded numbers: what is equal within the tolerance should come to stand together."""
    numbers = tuple(value for value in row if isinstance(value, float))
    rounded = tuple(float(f"{value:.3g}") for value in numbers)
    return tuple(_key(value) for value in row if not isinstance(value, float)), rounded, numbers


def _key(value: Value) -> _Key:
    if value is None:
        return (0, 0.0, "")
    return (1, value, "") if isinstance(value, float) else (2, 0.0, value)
