"""Reading the catalog of a SQLite file. See catalog.reader.Reader."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from services.integration.executors.confined_reader import ConfinedReader
from services.integration.executors.sqlite import ADDRESS_SPACE_BYTES, work_arguments
from services.integration.workers import Work, Workers, WorkLimits


class SqliteReader(ConfinedReader):
    def __init__(self, workers: Workers, path: Path) -> None:
        work = Work(
            "services.integration.executors.sqlite_work:catalog",
            work_arguments(path),
            readable=(path,),
            limits=WorkLimits(address_space_bytes=ADDRESS_SPACE_BYTES),
        )
        super().__init__(workers, work)


def sqlite_dial(workers: Workers, path: Path) -> Callable[[], Awaitable[SqliteReader]]:
    """A catalog.reader.Dial."""

    async def dial() -> SqliteReader:
        return SqliteReader(workers, path)

    return dial
