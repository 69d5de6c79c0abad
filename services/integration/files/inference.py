"""The types of a table's columns, from all of its values.

A sample says which formats are possible; one pass over the whole table counts how many values fit the likeliest, a
second tries the rest for the columns where those failed. A format is taken only if every value fits, so one "n.n." in a
million numbers makes a column text, and a person may then say that it is a number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from services.integration.catalog.model import ColumnType
from services.integration.files.choosing import Choice, Count, Evidence, choose, choose_forced, forced_formats
from services.integration.files.duck import Duck, Message, literal
from services.integration.files.formats import BY_KEY, MARKERS, PREFERENCE, RANK, RIVALS, TEXT_MARKERS, Format

SAMPLE_CELLS = 400_000
SAMPLE_ROWS = 2_000
FEW = 20  # with fewer distinct values in the sample, a column's extremes are looked at too
AT_ONCE = 400  # columns in one statement: DuckDB plans wider ones slowly

_MARKERS = ", ".join(literal(marker) for marker in MARKERS)
_TEXT_MARKERS = ", ".join(literal(marker) for marker in TEXT_MARKERS)


@dataclass(frozen=True, slots=True)
class Inferred:
    """row_count is of the table; choices are of its columns, in order."""

    row_count: int
    choices: tuple[Choice, ...]


def infer(
    duck: Duck, relation: str, columns: int, forced: Mapping[int, ColumnType], evidence: Evidence, start: float, end: float
) -> Iterator[Message]:
    """Types of the VARCHAR columns c0, c1, … of a relation (what can stand after FROM); returns Inferred.

    forced are types that a person gave. Tells progress from the fraction start to end.
    """
    middle = start + (end - start) * 0.7
    fitting = yield from _candidates(duck, relation, columns, start)
    first: dict[int, list[Format]] = {}
    for column in range(columns):
        if column in forced:
            first[column] = list(forced_formats(forced[column]))
        else:
            first[column] = _likeliest(fitting[column])
    row_count, counts = yield from _count(duck, relation, columns, first, start, middle)
    again: dict[int, list[Format]] = {}
    for column in range(columns):
        if column not in forced and not choose(counts[column], Evidence()).fits:
            tried = {one.key for one in first[column]}
            again[column] = [one for one in fitting[column] if one.key not in tried]
    again = {column: rest for column, rest in again.items() if rest}
    if again:
        _, more = yield from _count(duck, relation, columns, again, middle, end)
        for column in again:
            counts[column] = counts[column].merged(more[column])
    return Inferred(row_count, _decide(counts, forced, evidence))


def _decide(counts: Sequence[Count], forced: Mapping[int, ColumnType], evidence: Evidence) -> tuple[Choice, ...]:
    # Columns that can be read in one way only say how the others are meant.
    for column, count in enumerate(counts):
        if column not in forced:
            evidence = evidence.with_vote_of(count)
    return tuple(
        choose_forced(f"x{column}", count, forced[column]) if column in forced else choose(count, evidence, f"x{column}")
        for column, count in enumerate(counts)
    )


def _likeliest(fitting: Sequence[Format]) -> list[Format]:
    if not fitting:
        return []
    best = fitting[0]
    chosen = [best]
    keys = {one.key for one in fitting}
    for key in (RIVALS.get(best.key), "plain" if best.key in {"compact", "compact_time"} else None):
        if key in keys and key is not None:
            chosen.append(BY_KEY[key])
    return chosen


def _candidates(duck: Duck, relation: str, columns: int, start: float) -> Iterator[Message]:
    rows = max(50, min(SAMPLE_ROWS, SAMPLE_CELLS // max(columns, 1)))
    sample = yield from duck.run(f"SELECT * FROM {relation} LIMIT {rows}", "looking at the first rows", start, start)
    values = [_distinct(row[column] for row in sample) for column in range(columns)]
    sparse = [column for column in range(columns) if len(values[column]) < FEW and len(sample) == rows]
    for at in range(0, len(sparse), AT_ONCE):
        some = sparse[at : at + AT_ONCE]
        listed = ", ".join(f"min(x{column}, {FEW}), max(x{column}, {FEW})" for column in some)
        inner = ", ".join(f"nullif(trim(c{column}), '') AS x{column}" for column in some)
        extremes = yield from duck.run(
            f"SELECT {listed} FROM (SELECT {inner} FROM {relation})", "looking for values", start, start
        )
        for position, column in enumerate(some):
            low, high = extremes[0][2 * position] or [], extremes[0][2 * position + 1] or []
            values[column] = _distinct([*values[column], *low, *high])
    return _fitting(duck, values)


def _distinct(values: object) -> list[str]:
    found = {str(value).strip(" ") for value in values if value is not None}  # type: ignore[attr-defined]
    return [value for value in found if value and value.lower() not in MARKERS and len(value) <= 100] + [
        value[:101] for value in list(found) if len(value) > 100
    ][:1]


def _fitting(duck: Duck, values: Sequence[Sequence[str]]) -> list[list[Format]]:
    """For each column the formats that all its sampled values fit, the most telling first."""
    table = pa.table({
        "k": pa.array([column for column, found in enumerate(values) for _ in found], pa.int32()),
        "v": pa.array([value for found in values for value in found], pa.string()),
    })
    duck.register("sampled", table)
    # A rival that differs from "plain" only if there are points matters only then.
    fits = ", ".join(f"count({one.sql('v')})" for one in PREFERENCE)
    counted = duck.rows(f"SELECT k, count(*), count(*) FILTER (contains(v, '.')), {fits} FROM sampled GROUP BY k")
    duck.unregister("sampled")
    found: list[list[Format]] = [[] for _ in values]
    for column, total, pointed, *counts in counted:
        fitting = [one for one, count in zip(PREFERENCE, counts, strict=True) if count == total]
        if not pointed and any(one.key == "plain" for one in fitting):
            # whole numbers: the styles are all one, and those with points and commas are only tried if it fails
            fitting.sort(key=lambda one: (one.key.startswith("eu"), RANK[one.key]))
        found[column] = fitting
    return found


def _count(
    duck: Duck, relation: str, columns: int, wanted: Mapping[int, Sequence[Format]], start: float, end: float
) -> Iterator[Message]:
    row_count, counts = 0, [Count() for _ in range(columns)]
    steps = range(0, columns, AT_ONCE)
    for step in steps:
        some = [column for column in range(step, min(step + AT_ONCE, columns)) if column in wanted]
        if not some and row_count:
            continue
        inner = ["1 AS one"]
        for column in some:
            inner.append(f"nullif(trim(c{column}), '') AS x{column}")
        middle = ["one"]
        outer = ["count(*)"]
        for column in some:
            middle.append(f"x{column}")
            outer.append(f"count(x{column})")
            outer.append(f"count(*) FILTER (strlen(x{column}) <= 6 AND lower(x{column}) IN ({_TEXT_MARKERS}))" if not wanted[column] else "0")
            for at, one in enumerate(wanted[column]):
                middle.append(f"{one.sql(f'x{column}')} AS v{column}_{at}")
                outer.extend(Count.measures(f"x{column}", f"v{column}_{at}", one, _MARKERS))
        sql = f"SELECT {', '.join(outer)} FROM (SELECT {', '.join(middle)} FROM (SELECT {', '.join(inner)} FROM {relation}))"
        width = (end - start) / len(steps)
        at = start + width * (step // AT_ONCE)
        (row,) = yield from duck.run(sql, "finding out types", at, at + width, row_count)
        row_count, *figures = row
        for column in some:
            counts[column] = Count.read(figures, wanted[column])
    return row_count, counts


