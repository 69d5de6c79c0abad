"""The types of a table's columns, from all of its values.

A sample says which formats are possible; one pass over the whole table counts how many values fit the likeliest, a
second tries the rest for the columns where those failed. A format is taken only if every value fits, so one "n.n." in a
million numbers makes a column text, and a person may then say that it is a number.
"""
# ruff: noqa: S608  (the SQL is ours; names and texts of the file pass through quoted() and literal())

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from services.integration.catalog.model import ColumnType
from services.integration.files.choosing import Choice, Evidence, choose
from services.integration.files.correcting import choose_forced, forced_formats
from services.integration.files.counting import Count
from services.integration.files.duck import Duck, Telling, literal
from services.integration.files.formats import MARKERS, PREFERENCE, RIVALS, TEXT_MARKERS, Format

SAMPLE_CELLS = 400_000
SAMPLE_ROWS = 2_000
TRIED = 300  # sampled values of a column on which all formats are tried
FEW = 20  # with fewer values in the sample, a column's extremes are looked at too
_LONGEST_VALUE = 101  # characters of a sampled value: no format is longer
AT_ONCE = 400  # columns in one statement: DuckDB plans wider ones slowly

_MARKERS = ", ".join(literal(marker) for marker in MARKERS)
_TEXT_MARKERS = ", ".join(literal(marker) for marker in TEXT_MARKERS)


@dataclass(frozen=True, slots=True)
class Inferred:
    """row_count is of the table; choices are of its columns, in order."""

    row_count: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is counted of a column: the formats to try; careful: around spaces and markers of emptiness."""

    formats: tuple[Format, ...]
    careful: bool


def infer(
    duck: Duck,
    relation: str,
    columns: int,
    forced: Mapping[int, ColumnType],
    evidence: Evidence,
    start: float,
    end: float,
) -> Telling[Inferred]:
    """Types of the VARCHAR columns c0, c1, … of a relation (what can stand after FROM); returns Inferred.

    forced are types that a person gave. Tells progress from the fraction start to end.
    """
    middle = start + (end - start) * 0.7
    sampled = yield from _sample(duck, relation, columns, start)
    fitting = _fitting(duck, sampled)
    questions = {
        column: _Question(forced_formats(forced[column]), careful=True)
        if column in forced
        else _Question(_likeliest(fitting[column]), careful=_untidy(sampled[column]))
        for column in range(columns)
    }
    row_count, counts = yield from _count(duck, relation, questions, start, middle)
    # Where the likeliest failed, or a text turns out to be untidy, everything possible is counted with care.
    again = {
        column: _Question(tuple(fitting[column]), careful=True)
        for column, question in questions.items()
        if (not question.careful and (counts[column].spaced or not choose(counts[column], evidence).fits))
        or (column not in forced and question.careful and set(fitting[column]) - set(question.formats)
            and not choose(counts[column], evidence).fits)
    }  # fmt: skip
    if again:
        _, more = yield from _count(duck, relation, again, middle, end)
        counts.update(more)
    return Inferred(row_count, _decide([counts[column] for column in range(columns)], forced, evidence))


def _decide(counts: Sequence[Count], forced: Mapping[int, ColumnType], evidence: Evidence) -> tuple[Choice, ...]:
    # Columns that can be read in one way only say how the others are meant.
    for column, count in enumerate(counts):
        if column not in forced:
            evidence = evidence.with_vote_of(count)
    return tuple(
        choose_forced(f"x{column}", count, forced[column])
        if column in forced
        else choose(count, evidence, f"x{column}")
        for column, count in enumerate(counts)
    )


def _likeliest(fitting: Sequence[Format]) -> tuple[Format, ...]:
    if not fitting:
        return ()
    best = fitting[0]
    rivals = {RIVALS.get(best.key), "whole" if best.key.startswith("compact") else None}
    return (best, *(one for one in fitting[1:] if one.key in rivals))


def _sample(duck: Duck, relation: str, columns: int, start: float) -> Telling[list[set[str]]]:
    """Distinct values of the first rows of each column; of nearly empty columns also the extremes."""
    rows = max(50, min(SAMPLE_ROWS, SAMPLE_CELLS // max(columns, 1)))
    sample = yield from duck.run(f"SELECT * FROM {relation} LIMIT {rows}", "looking at the first rows", start, start)
    values = [{row[column] for row in sample if row[column]} for column in range(columns)]
    sparse = [
        column for column in range(columns) if len(sample) == rows and sum(1 for row in sample if row[column]) < FEW
    ]
    for at in range(0, len(sparse), AT_ONCE):
        some = sparse[at : at + AT_ONCE]
        listed = ", ".join(f"min(c{column}, {FEW}), max(c{column}, {FEW})" for column in some)
        (extremes,) = yield from duck.run(f"SELECT {listed} FROM {relation}", "looking for values", start, start)
        for position, column in enumerate(some):
            values[column].update(extremes[2 * position] or (), extremes[2 * position + 1] or ())
    return values


def _untidy(values: Iterable[str]) -> bool:
    return any(value[0] == " " or value[-1] == " " or value.lower() in MARKERS for value in values if value)


def _fitting(duck: Duck, sampled: Sequence[Iterable[str]]) -> list[list[Format]]:
    """For each column the formats that all its sampled values fit, the most telling first."""
    values = [{value.strip(" ")[:_LONGEST_VALUE] for value in found} for found in sampled]
    told = [_spread([value for value in found if value and value.lower() not in MARKERS]) for found in values]
    table = pa.table(
        {
            "k": pa.array([column for column, found in enumerate(told) for _ in found], pa.int32()),
            "v": pa.array([value for found in told for value in found], pa.string()),
        }
    )
    duck.register("sampled", table)
    distinct = sorted({value for found in told for value in found})
    hints = {hint for hint in {one.hint for one in PREFERENCE} if any(re.search(hint, value) for value in distinct)}
    tried = [one for one in PREFERENCE if one.hint in hints]
    fits = ", ".join(f"count({one.sql('v')})" for one in tried)
    counted = duck.rows(f"SELECT k, count(*), {fits} FROM sampled GROUP BY k")
    duck.unregister("sampled")
    found: list[list[Format]] = [[] for _ in values]
    for column, total, *counts in counted:
        found[column] = [one for one, count in zip(tried, counts, strict=True) if count == total]
    return found


def _spread(values: list[str]) -> list[str]:
    """Some of many values, from the smallest to the largest."""
    return sorted(values)[:: max(1, len(values) // TRIED)] if len(values) > TRIED else values


def _count(
    duck: Duck, relation: str, questions: Mapping[int, _Question], start: float, end: float
) -> Telling[tuple[int, dict[int, Count]]]:
    """The number of rows and the Count of each column asked about, by a scan of the table for every AT_ONCE columns."""
    row_count, counts, asked = 0, {}, sorted(questions)
    for step in range(0, len(asked), AT_ONCE):
        some = asked[step : step + AT_ONCE]
        inner, middle, outer = ["1 AS one"], ["one"], ["count(*)"]
        for column in some:
            question, x = questions[column], f"x{column}"
            inner.append(f"{cell(column, question.careful)} AS {x}")
            middle.append(x)
            tidy = "0" if question.careful else f"count(*) FILTER (starts_with({x}, ' ') OR ends_with({x}, ' '))"
            text = f"count(*) FILTER (strlen({x}) <= 6 AND lower({x}) IN ({_TEXT_MARKERS}))"
            careless = (
                bool(question.formats) and not question.careful
            )  # no text unless all fails, and then it's careful
            outer += [f"count({x})", "0" if careless else tidy, "0" if careless else text]
            for at, one in enumerate(question.formats):
                value = f"v{column}_{at}"
                middle.append(f"{one.sql(x)} AS {value}")
                outer += Count.measures(x, value, one, _MARKERS if question.careful else "")
        cells = f"SELECT {', '.join(inner)} FROM {relation}"
        sql = f"SELECT {', '.join(outer)} FROM (SELECT {', '.join(middle)} FROM ({cells}))"
        width = (end - start) * len(some) / len(asked)
        at_fraction = start + (end - start) * step / len(asked)
        (row,) = yield from duck.run(sql, "finding out types", at_fraction, at_fraction + width, row_count)
        row_count, *figures = row
        for column in some:
            counts[column] = Count.read(figures, questions[column].formats, questions[column].careful)
    return row_count, counts


def cell(column: int, careful: bool) -> str:
    """A column's text as SQL, without spaces around it if careful; NULL if nothing is left."""
    return f"nullif(trim(c{column}), '')" if careful else f"c{column}"
