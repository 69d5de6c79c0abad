"""From a relation of texts to a Parquet file with types: what every format of text ends in."""
# ruff: noqa: S608  (the SQL is ours; names and texts of the file pass through quoted() and literal())

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from services.integration.catalog.model import ColumnType
from services.integration.catalog.sensitive import looks_sensitive
from services.integration.files import errors, naming, totals
from services.integration.files.choosing import Choice, Evidence
from services.integration.files.duck import Duck, Telling, is_full, literal, quoted
from services.integration.files.inference import Inferred, cell, infer
from services.integration.files.model import SHOWN_BROKEN_ROWS, BrokenRow, PreparedColumn, PreparedTable, TableReading

SAMPLES = 5
_SAMPLE_LENGTH = 100  # characters
PARQUET = "FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880"


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table whose cells are all text: relation is what stands after FROM and has VARCHAR columns c0, c1, …"""

    origin: str
    name: str
    relation: str
    columns: tuple[str, ...]  # origins
    broken_row_count: int = 0
    broken_rows: tuple[BrokenRow, ...] = ()
    totals: BrokenRow | None = None  # the last row, if it says that it is one of totals


def write_table(
    duck: Duck,
    table: TextTable,
    name: str,
    reading: TableReading,
    file: Path,
    evidence: Evidence,
    start: float,
    end: float,
) -> Telling[PreparedTable]:
    """Infers the types of a table and writes it to `file`; returns the PreparedTable (left out if it has no rows)."""
    corrections = {column.origin: column for column in reading.columns}
    forced = {
        at: corrected.type
        for at, origin in enumerate(table.columns)
        if (corrected := corrections.get(origin)) and corrected.type is not None
    }
    half = start + (end - start) / 2
    table, inferred = yield from _without_totals(duck, table, forced, evidence, start, half)
    names = _names(table.columns, reading)
    kept = [
        at
        for at, origin in enumerate(table.columns)
        if not (
            corrections[origin].left_out if origin in corrections else _is_nothing(at, origin, inferred.choices[at])
        )
    ]
    left_out = reading.left_out or not inferred.row_count or not kept
    samples: list[tuple[str, ...]] = [()] * len(table.columns)
    if not left_out:
        yield from _write(duck, table, inferred.choices, kept, names, file, half, end, inferred.row_count)
        for at, found in zip(kept, first_values(duck, file, [names[at] for at in kept]), strict=True):
            samples[at] = found if not looks_sensitive(f"{table.columns[at]} {names[at]}") else ()
    columns = tuple(
        _column(origin, names[at], choice, inferred.row_count, samples[at], at not in kept)
        for at, (origin, choice) in enumerate(zip(table.columns, inferred.choices, strict=True))
    )
    return PreparedTable(
        table.origin, name, "" if left_out else file.name, inferred.row_count, columns,
        table.broken_row_count, table.broken_rows, left_out,
    )  # fmt: skip


def _without_totals(
    duck: Duck, table: TextTable, forced: Mapping[int, ColumnType], evidence: Evidence, start: float, end: float
) -> Telling[tuple[TextTable, Inferred]]:
    """The table, without its last row if that is proven to be one of totals, and its types."""
    width = len(table.columns)
    if table.totals is not None:
        ((row_count,),) = yield from duck.run(f"SELECT count(*) FROM {table.relation}", "counting rows", start, start)
        if row_count > 1:
            body, last = totals.body_and_last(table.relation, row_count)
            inferred = yield from infer(duck, body, width, forced, evidence, start, end)
            cells = [cell(at, choice.careful) for at, choice in enumerate(inferred.choices)]
            if (yield from totals.proves(duck, body, last, inferred.choices, cells)):
                shown = (*table.broken_rows, table.totals)[:SHOWN_BROKEN_ROWS]
                count = table.broken_row_count + 1
                return replace(table, relation=body, broken_row_count=count, broken_rows=shown), inferred
    return table, (yield from infer(duck, table.relation, width, forced, evidence, start, end))


def _is_nothing(at: int, origin: str, choice: Choice) -> bool:
    # no name and no value: a delimiter at the end of every line, or an empty column of a sheet
    return origin == str(at + 1) and not choice.present


def _names(origins: Sequence[str], reading: TableReading) -> list[str]:
    given = {column.origin: column.name for column in reading.columns if column.name}
    return naming.unique(
        given.get(origin) or naming.identifier(origin, f"column_{at}") for at, origin in enumerate(origins, 1)
    )


def _write(
    duck: Duck, table: TextTable, choices: Sequence[Choice], kept: Sequence[int], names: Sequence[str], file: Path,
    start: float, end: float, row_count: int,
) -> Telling[None]:  # fmt: skip
    inner = ", ".join(f"{cell(at, choices[at].careful)} AS x{at}" for at in kept)
    outer = ", ".join(f"{choices[at].sql} AS {quoted(names[at])}" for at in kept)
    sql = f"COPY (SELECT {outer} FROM (SELECT {inner} FROM {table.relation})) TO {literal(str(file))} ({PARQUET})"
    try:
        yield from duck.run(sql, "writing rows", start, end, row_count)
    except (duckdb.Error, OSError) as failure:
        file.unlink(missing_ok=True)
        if is_full(failure):
            raise errors.storage_full() from None
        raise


def first_values(duck: Duck, file: Path, names: Sequence[str]) -> list[tuple[str, ...]]:
    """A few of the first distinct values of each column of a Parquet file, as text."""
    listed = ", ".join(f"left({quoted(name)}::VARCHAR, {_SAMPLE_LENGTH})" for name in names)
    rows = duck.rows(f"SELECT {listed} FROM (FROM read_parquet({literal(str(file))}) LIMIT 50)")
    return [tuple(dict.fromkeys(row[at] for row in rows if row[at] is not None))[:SAMPLES] for at in range(len(names))]


def _column(
    origin: str, name: str, choice: Choice, row_count: int, samples: tuple[str, ...], left_out: bool
) -> PreparedColumn:
    kind = choice.type if choice.type not in {ColumnType.OTHER, ColumnType.UUID, ColumnType.JSON} else ColumnType.TEXT
    empty = row_count - choice.present + choice.empty_count
    return PreparedColumn(
        origin, name, kind, choice.possible, choice.note, samples, empty, choice.unfit_count, left_out
    )
