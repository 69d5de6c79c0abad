"""DuckDB as the reader and writer of tables: bounded in memory and disk, telling its progress."""

import threading
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from services.integration.files import errors
from services.integration.files.limits import ReadingLimits

Message = dict[str, Any]
Row = tuple[Any, ...]
Result = TypeVar("Result")
Telling = Generator[Message, None, Result]  # work that tells its progress and returns a result: `yield from` gives it
TELL_EVERY = 0.3  # seconds between two messages of a long piece of work


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def told(stage: str, fraction: float, row_count: int = 0) -> Message:
    """A progress message; fraction is of the whole work, 0 to 1."""
    return {"progress": {"stage": stage, "fraction": round(min(max(fraction, 0.0), 1.0), 4), "row_count": row_count}}


# Opened before a worker is confined and forked: DuckDB looks at /proc when it opens, and gives up without it.
_opened: list[duckdb.DuckDBPyConnection] = []


def warm_up() -> None:
    """In the process that workers are forked from: no thread is started yet. Doing it again changes nothing."""
    if _opened:
        return
    configuration: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "async_threads": 0,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,
    }
    _opened.append(duckdb.connect(":memory:", config=configuration))


class Duck:
    """One DuckDB connection in memory that spills into the out folder."""

    def __init__(self, out: Path, limits: ReadingLimits) -> None:
        warm_up()
        self._connection = _opened.pop()
        for setting in (
            f"memory_limit = '{limits.memory}B'",
            f"temp_directory = {literal(str(out / 'spill'))}",
            f"max_temp_directory_size = '{limits.spilled}B'",
            f"threads = {limits.threads}",
            "TimeZone = 'UTC'",
            "enable_progress_bar = true",  # or nothing is known of how far a statement is
            "enable_progress_bar_print = false",
        ):
            self._connection.execute(f"SET {setting}").fetchall()

    def close(self) -> None:
        self._connection.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows of a statement that is done in a moment."""
        return self._connection.execute(sql, parameters or None).fetchall()

    def register(self, name: str, table: Any) -> None:
        """Makes an Arrow table readable under a name."""
        self._connection.register(name, table)

    def unregister(self, name: str) -> None:
        self._connection.unregister(name)

    def run(self, sql: str, stage: str, start: float, end: float, row_count: int = 0) -> Telling[list[Row]]:
        """Runs a statement, telling how far it is between the fractions start and end; returns (yield from) its rows.

        Raises what DuckDB raises; Refused STORAGE_FULL if the disk is full.
        """
        outcome: list[list[Row]] = []
        failures: list[Exception] = []

        def work() -> None:
            try:
                outcome.append(self._connection.execute(sql).fetchall())
            except Exception as failure:  # handed to the caller's thread, below
                failures.append(failure)

        worker = threading.Thread(target=work, daemon=True)
        yield told(stage, start, row_count)
        worker.start()
        try:
            while worker.is_alive():
                worker.join(TELL_EVERY)
                if worker.is_alive():
                    done = max(self._connection.query_progress(), 0.0) / 100
                    yield told(stage, start + (end - start) * min(done, 1.0), row_count)
        finally:
            if worker.is_alive():  # the caller went away in the middle
                self._connection.interrupt()
                worker.join()
        if failures:
            if is_full(failures[0]):
                raise errors.storage_full() from None
            raise failures[0]
        return outcome[0]


def is_full(failure: BaseException) -> bool:
    """Whether the failure says that the disk, or what of it may be used, is full."""
    if isinstance(failure, OSError):
        return failure.errno in {27, 28, 122}  # EFBIG (a worker's file limit), ENOSPC, EDQUOT
    text = str(failure)
    words = (
        "No space left",
        "Could not write",
        "File too large",
        "max_temp_directory_size",
        "disk quota",
        "failed to offload",
    )
    return isinstance(failure, duckdb.Error) and any(word.lower() in text.lower() for word in words)
