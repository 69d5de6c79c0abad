"""Reading the catalog of Parquet files. See catalog.reader.Reader."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from services.integration.executors.confined_reader import ConfinedReader
from services.integration.executors.duckdb import ADDRESS_SPACE_BYTES, work_arguments
from services.integration.workers import Work, Workers, WorkLimits


class DuckdbReader(ConfinedReader):
    """`tables` are Parquet files by the table's name, in the schema "main"."""

    def __init__(self, workers: Workers, tables: Mapping[str, Path]) -> None:
        work = Work(
            "services.integration.executors.duckdb_work:catalog",
            work_arguments(tables),
            readable=tuple(tables.values()),
            limits=WorkLimits(address_space_bytes=ADDRESS_SPACE_BYTES),
        )
        super().__init__(workers, work)


def duckdb_dial(workers: Workers, tables: Mapping[str, Path]) -> Callable[[], Awaitable[DuckdbReader]]:
    """A catalog.reader.Dial."""

    async def dial() -> DuckdbReader:
        return DuckdbReader(workers, tables)

    return dial
