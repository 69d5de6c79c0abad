"""Bounds of profiling, and what keeps a catalog small enough to be one message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from services.integration.catalog.model import Column, Table
from services.integration.catalog.values import NUMBERS, TIMES

# Types whose smallest and largest values say something.
RANGED = NUMBERS | TIMES


@dataclass(frozen=True, slots=True)
class ProfileLimits:
    """Seconds, rows, values and bytes that profiling may spend.

    total_seconds: for the whole source; what isn't profiled by then stays without counts and samples.
    statement_ms, table_ms: for one statement, and for what is measured over all rows of one table.
    exact_rows: a table estimated at more is sampled instead of counted.
    sampled_rows, sampled_values: what is fetched of one table at most, so small tables come whole.
    complete_values: a text column of more distinct values gives only some_values of them.
    """

    total_seconds: float = 20.0
    statement_ms: int = 3_000
    table_ms: int = 20_000
    connections: int = 3
    exact_rows: int = 1_000_000
    sampled_rows: int = 10_000
    sampled_values: int = 1_000_000
    complete_values: int = 500
    some_values: int = 50
    value_characters: int = 200
    column_bytes: int = 16 * 1024
    table_bytes: int = 128 * 1024
    catalog_bytes: int = 1024 * 1024
    description_bytes: int = 384 * 1024


def with_samples(column: Column, values: Iterable[str], *, complete: bool, limits: ProfileLimits) -> Column:
    """The column with those of the values that fit. One long text makes it a column of prose, which gets none."""
    found = sorted({value for value in values if value.strip()})
    if any(len(value) > limits.value_characters for value in found):
        return column
    kept: list[str] = []
    size = 0
    for value in found if complete else found[: limits.some_values]:
        size += len(value.encode())
        if size > limits.column_bytes:
            complete = False
            break
        kept.append(value)
    return replace(column, samples=tuple(kept), samples_complete=complete)


def bounded(tables: Iterable[Table], limits: ProfileLimits) -> tuple[Table, ...]:
    """The tables with their samples cut to the limits of a table and of the catalog; the smallest lists stay.

    Comments stay in the tables' order until there are too many of them.
    """
    trimmed = [_trim([table], limits.table_bytes)[0] for table in tables]
    return tuple(_described(_trim(trimmed, limits.catalog_bytes), limits.description_bytes))


def _described(tables: list[Table], room: int) -> list[Table]:
    found = []
    for table in tables:
        room -= len(table.description.encode()) + sum(len(column.description.encode()) for column in table.columns)
        if room < 0:
            bare = tuple(replace(column, description="") for column in table.columns)
            table = replace(table, description="", columns=bare)
        found.append(table)
    return found


def _trim(tables: list[Table], most: int) -> list[Table]:
    sizes = sorted(
        (sum(len(value.encode()) for value in column.samples), t, c)
        for t, table in enumerate(tables)
        for c, column in enumerate(table.columns)
        if column.samples
    )
    total, dropped = 0, set()
    for size, t, c in sizes:
        total += size
        if total > most:
            dropped.add((t, c))
    if not dropped:
        return tables
    return [
        replace(
            table,
            columns=tuple(
                replace(column, samples=(), samples_complete=False) if (t, c) in dropped else column
                for c, column in enumerate(table.columns)
            ),
        )
        for t, table in enumerate(tables)
    ]
