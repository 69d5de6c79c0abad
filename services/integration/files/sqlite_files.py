"""SQLite databases: checked and kept as they are. Nothing that a hostile schema holds is trusted."""
# ruff: noqa: S608  (the SQL is ours; names and texts of the file pass through quoted() and literal())

import shutil
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import Any

from services.integration.catalog.model import ColumnType
from services.integration.catalog.sensitive import looks_sensitive
from services.integration.files import errors
from services.integration.files.duck import TELL_EVERY, Telling, is_full, quoted, told
from services.integration.files.job import Job
from services.integration.files.model import SQLITE_NAME, FileFormat, PreparedColumn, PreparedFile, PreparedTable

_ADVICE = "Repair it with sqlite3's .recover command or make a fresh copy with VACUUM INTO, and upload that."
_SECONDS = 3.0  # for the figures of one table or view; a view can take for ever
_LONGEST = 16 << 20  # bytes of one value while looking
_SAMPLES = 5
_SHOWN = 100


def prepare_sqlite(job: Job) -> Telling[PreparedFile]:
    """Checks a SQLite database and copies it as database.sqlite; returns the PreparedFile. Raises Refused."""
    yield told("copying the database", 0.0)
    copy = job.out / SQLITE_NAME
    _copy(job.path, copy)
    connection = _open(copy)
    try:
        yield from _in_thread(lambda: _check(connection), "checking the database", 0.05, 0.5)
        listed = [
            (name, kind) for name, kind in connection.execute(
                "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'view') "
                "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name"
            )
        ]  # fmt: skip
        job.check_tables(len(listed))
        tables: list[PreparedTable] = []
        for at, (name, kind) in enumerate(listed):
            start = 0.5 + 0.5 * at / len(listed)
            found: list[PreparedTable | None] = []
            yield from _in_thread(
                lambda name=name, kind=kind, found=found: found.append(_table(connection, job, name, kind)),
                "looking at tables", start, start,
            )  # fmt: skip
            tables += [table for table in found if table is not None]
    except sqlite3.Error:
        raise errors.unreadable("The SQLite database is damaged", _ADVICE) from None
    finally:
        connection.close()
    if not any(table.row_count for table in tables):
        raise errors.empty("No table of the database has rows")
    return PreparedFile(FileFormat.SQLITE, job.reading, tuple(tables))


def _copy(source: Path, copy: Path) -> None:
    with source.open("rb") as file:
        header = file.read(100)
    page = int.from_bytes(header[16:18], "big")
    if len(header) < 100 or (page != 1 and (page < 512 or page & (page - 1))):
        raise errors.unreadable("The SQLite database is damaged", _ADVICE)
    pages, size = int.from_bytes(header[28:32], "big"), source.stat().st_size
    if header[24:28] == header[92:96] and pages * (65536 if page == 1 else page) > size:
        raise errors.unreadable("The SQLite database is cut off", "Copy the whole file and upload it again.")
    try:
        shutil.copyfile(source, copy)
        if header[18] == 2 or header[19] == 2:
            # The write-ahead log isn't here, and without it such a file can't be opened where nothing may be written.
            with copy.open("r+b") as file:
                file.seek(18)
                file.write(b"\x01\x01")
    except OSError as failure:
        if is_full(failure):
            raise errors.storage_full() from None
        raise


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None
    )
    # bytes that aren't UTF-8 are somebody's old data, not a reason to refuse all
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for setting in (
        "trusted_schema = OFF",
        "query_only = ON",
        "cell_size_check = ON",
        "mmap_size = 0",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _in_thread(work: Any, stage: str, start: float, end: float) -> Telling[None]:
    failures: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as failure:  # handed to the caller's thread, below
            failures.append(failure)

    thread = Thread(target=run, daemon=True)
    began = time.monotonic()
    thread.start()
    while thread.is_alive():
        thread.join(TELL_EVERY)
        if thread.is_alive():
            passed = time.monotonic() - began
            yield told(stage, start + (end - start) * passed / (passed + 5))  # how far it is can't be asked
    if failures:
        raise failures[0]


def _check(connection: sqlite3.Connection) -> None:
    verdict = connection.execute("PRAGMA quick_check(1)").fetchall()
    if verdict != [("ok",)]:
        raise errors.unreadable("The SQLite database is damaged", _ADVICE)


def _table(connection: sqlite3.Connection, job: Job, name: str, kind: str) -> PreparedTable | None:
    try:
        described = connection.execute("SELECT name, type, hidden FROM pragma_table_xinfo(?)", (name,)).fetchall()
    except sqlite3.OperationalError:
        return None  # a view of a table that is gone, or by a function that isn't trusted
    visible = [(column, declared) for column, declared, hidden in described if hidden != 1]
    if not visible:
        return None
    job.check_columns(len(visible))
    reading = job.reading.table(name)
    deadline = time.monotonic() + _SECONDS
    connection.set_progress_handler(lambda: int(time.monotonic() > deadline), 100_000)
    try:
        listed = ", ".join(quoted(column) for column, _ in visible)
        rows = connection.execute(f"SELECT {listed} FROM {quoted(name)} LIMIT 50").fetchall()
        filled = ", ".join(f"count({quoted(column)})" for column, _ in visible)
        (counts,) = connection.execute(f"SELECT count(*), {filled} FROM {quoted(name)}").fetchall()
    except (sqlite3.Error, MemoryError):
        if kind == "view":
            return None  # it can't be asked about in reasonable time, or at all
        rows, counts = [], _rough(connection, name, len(visible))
    finally:
        connection.set_progress_handler(None, 0)
    corrections = {column.origin: column for column in reading.columns}
    columns = tuple(
        PreparedColumn(
            column, column, found := _family(declared), (found,),
            sample_values=_samples(column, [row[at] for row in rows]),
            empty_count=counts[0] - counts[at + 1], left_out=column in corrections and corrections[column].left_out,
        )
        for at, (column, declared) in enumerate(visible)
    )  # fmt: skip
    return PreparedTable(name, name, "", counts[0], columns, left_out=reading.left_out)


def _rough(connection: sqlite3.Connection, name: str, columns: int) -> Sequence[int]:
    """The number of rows alone, where counting every column took too long."""
    connection.set_progress_handler(None, 0)
    (count,) = connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()
    return [count, *([count] * columns)]


def _samples(column: str, values: Sequence[object]) -> tuple[str, ...]:
    if looks_sensitive(column):
        return ()
    texts = [str(value)[:_SHOWN] for value in values if value is not None and not isinstance(value, bytes)]
    return tuple(dict.fromkeys(texts))[:_SAMPLES]


_FAMILIES: tuple[tuple[str, ColumnType], ...] = (
    ("bool", ColumnType.BOOLEAN), ("datetime", ColumnType.TIMESTAMP), ("timestamp", ColumnType.TIMESTAMP),
    ("date", ColumnType.DATE), ("int", ColumnType.INTEGER), ("char", ColumnType.TEXT), ("clob", ColumnType.TEXT),
    ("text", ColumnType.TEXT), ("json", ColumnType.TEXT), ("real", ColumnType.NUMBER), ("floa", ColumnType.NUMBER),
    ("doub", ColumnType.NUMBER), ("dec", ColumnType.DECIMAL), ("num", ColumnType.DECIMAL),
    ("money", ColumnType.DECIMAL), ("time", ColumnType.TIME), ("blob", ColumnType.OTHER),
)  # fmt: skip


def _family(declared: str) -> ColumnType:
    lower = (declared or "").lower()
    return next((family for word, family in _FAMILIES if word in lower), ColumnType.TEXT)
