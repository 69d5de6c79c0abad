"""Whether two results are the same. Pure.

Rows are compared as multisets, or in order where that is expected; columns by what they hold, in any order, but as
many; numbers to nine significant digits, whatever their type; a moment at midnight UTC as its day. Names don't count.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from infinure.ml_gateway.v1.result_pb2 import Cell, Row

_Values = tuple[str, ...]
# Ways to pair columns that are tried; more than these only many columns of equal content need.
_MOST_PAIRINGS = 5040


def difference(expected: Sequence[Row], got: Sequence[Row], *, ordered: bool) -> str:
    """What differs, in a few words and without data; empty where nothing does."""
    if len(expected) != len(got):
        return f"{_counted(len(got), 'row')} instead of {len(expected)}"
    if not expected:
        return ""
    wanted, found = [_row(row) for row in expected], [_row(row) for row in got]
    width, others = len(wanted[0]), {len(row) for row in (*wanted, *found)}
    if len(others) > 1:
        return f"{_counted(len(found[0]), 'column')} instead of {width}"
    for tried, pairing in enumerate(_pairings(wanted, found)):
        paired = [tuple(row[place] for place in pairing) for row in found]
        if (paired == wanted) if ordered else (Counter(paired) == Counter(wanted)):
            return ""
        if tried >= _MOST_PAIRINGS:
            break
    if ordered and not difference(expected, got, ordered=False):
        return "the rows are in another order"
    return "the values differ"


def _pairings(wanted: Sequence[_Values], found: Sequence[_Values]) -> Iterator[tuple[int, ...]]:
    """For each wanted column a found one that holds the same values, each used once."""
    width = len(wanted[0])
    contents = [Counter(row[place] for row in found) for place in range(width)]
    fitting = [
        [place for place in range(width) if contents[place] == Counter(row[column] for row in wanted)]
        for column in range(width)
    ]

    def paired(chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(chosen) == width:
            yield chosen
            return
        for place in fitting[len(chosen)]:
            if place not in chosen:
                yield from paired((*chosen, place))

    return paired(())


def _row(row: Row) -> _Values:
    return tuple(_value(cell) for cell in row.cells)


def _value(cell: Cell) -> str:
    match cell.WhichOneof("value"):
        case None:
            return ""
        case "boolean":
            return f"n{float(cell.boolean):.9g}"
        case "integer":
            return _number(cell.integer)
        case "number":
            return _number(cell.number)
        case "decimal":
            return _number(cell.decimal)
        case "date":
            return f"d{cell.date}"
        case "time":
            text = cell.time.ToJsonString()
            return f"d{text.removesuffix('T00:00:00Z')}"
        case _:
            return f"t{cell.text}"


def _number(value: int | float | str) -> str:
    try:
        return f"n{float(value) + 0.0:.9g}"
    except (ValueError, OverflowError):
        return f"t{value}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
