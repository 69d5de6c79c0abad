"""Whether two results say the same: rows in any order unless one was asked for, columns in any order."""

import math
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import sqlglot

Rows = Sequence[tuple[Any, ...]]
_RELATIVE, _ABSOLUTE = 1e-4, 1e-6


def same(found: Rows, gold: Rows, *, ordered: bool) -> bool:
    """Equal numbers of rows and columns, and some order of columns in which the rows are equal; numbers nearly."""
    if len(found) != len(gold):
        return False
    if not gold:
        return True
    if len(found[0]) != len(gold[0]):
        return False
    arrangements = permutations(range(len(gold[0])))
    return any(
        _equal([tuple(row[place] for place in places) for row in found], gold, ordered) for places in arrangements
    )


def is_ordered(sql: str) -> bool:
    """Whether the order of the rows is part of the answer: the outermost SELECT has one."""
    return sqlglot.parse_one(sql, read="sqlite").args.get("order") is not None


def _equal(found: Rows, gold: Rows, ordered: bool) -> bool:
    if not all(map(_equal_row, sorted(found, key=_sorting), sorted(gold, key=_sorting))):
        return False
    return not ordered or all(map(_equal_row, found, gold)) or _sorted_alike(found, gold)


def _sorted_alike(found: Rows, gold: Rows) -> bool:
    """Only rows that tie change places: a column by which gold is sorted has the same values, one after the other."""
    for one, other in zip(zip(*found, strict=True), zip(*gold, strict=True), strict=True):
        keys = [_key(value) for value in other]
        if len(set(keys)) > 1 and keys in (sorted(keys), sorted(keys, reverse=True)) and _equal_row(one, other):
            return True
    return False


def _equal_row(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return all(map(_equal_value, one, other))


def _equal_value(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)
    return bool(one == other)


def _sorting(row: tuple[Any, ...]) -> tuple[list[tuple[int, float, str]], list[tuple[int, float, str]]]:
    """Texts first: numbers that differ by a rounding must not sort equal rows apart."""
    keys = [_key(value) for value in row]
    return [key for key in keys if key[0] != 1], [key for key in keys if key[0] == 1]


def _key(value: Any) -> tuple[int, float, str]:
    if value is None:
        return 0, 0.0, ""
    if isinstance(value, int | float):
        return 1, float(value), ""
    return 2, 0.0, str(value)
