"""Reads any uploaded file into Parquet tables: the one function that a worker runs."""

import errno
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from services.integration.files import errors, naming
from services.integration.files.delimited import prepare_delimited
from services.integration.files.duck import Duck, Message, Telling, is_full, warm_up
from services.integration.files.excel import prepare_excel
from services.integration.files.job import Job
from services.integration.files.json_files import prepare_json, prepare_json_lines
from services.integration.files.limits import ReadingLimits
from services.integration.files.model import SQLITE_NAME, FileFormat, PreparedFile, Reading, from_plain, to_plain
from services.integration.files.parquet import prepare_parquet
from services.integration.files.sniffing import find_format
from services.integration.files.sqlite_files import prepare_sqlite

__all__ = ["prepare", "warm_up"]

_READERS: Mapping[FileFormat, Callable[[Job], Telling[PreparedFile]]] = {
    FileFormat.CSV: prepare_delimited,
    FileFormat.JSON: prepare_json,
    FileFormat.JSON_LINES: prepare_json_lines,
    FileFormat.EXCEL: prepare_excel,
    FileFormat.PARQUET: prepare_parquet,
    FileFormat.SQLITE: prepare_sqlite,
}


def prepare(arguments: Mapping[str, Any]) -> Iterator[Message]:
    """Reads the file `path` that is called `file_name`, as the plain Reading `reading` says, into the folder `out`.

    `out` has to exist and be empty; `limits` may hold fields of ReadingLimits. Yields
    {"progress": {"stage", "fraction", "row_count"}} at least every half second and last {"prepared": …}, a plain
    PreparedFile whose tables name their files in `out`.
    Raises Refused: UPLOAD_EMPTY, UPLOAD_UNREADABLE, UPLOAD_ROWS_BROKEN, UPLOAD_TOO_COMPLEX or STORAGE_FULL; nothing is
    left in `out` then.
    """
    path, out = Path(arguments["path"]), Path(arguments["out"])
    limits = ReadingLimits(**(arguments.get("limits") or {}))
    reading = from_plain(Reading, arguments.get("reading") or {})
    stem = naming.file_stem(str(arguments.get("file_name") or path.name))
    kept: set[str] = set()
    try:
        found: PreparedFile = yield from _read(path, out, stem, reading, limits)
        kept = {table.file for table in found.tables if table.file}
        if found.format is FileFormat.SQLITE:
            kept.add(SQLITE_NAME)
    except MemoryError:
        raise errors.too_complex("The file takes more memory than there is for one file") from None
    except (OSError, duckdb.Error) as failure:
        raise _translated(failure) from None
    finally:
        _clean(out, kept)
    yield {"prepared": to_plain(found)}


def _read(path: Path, out: Path, stem: str, reading: Reading, limits: ReadingLimits) -> Telling[PreparedFile]:
    reader = _READERS[find_format(path)]
    duck = Duck(out, limits)
    try:
        return (yield from reader(Job(duck, path, out, stem, reading, limits)))
    finally:
        duck.close()


def _translated(failure: OSError | duckdb.Error) -> Exception:
    if is_full(failure):
        return errors.storage_full()
    if isinstance(failure, duckdb.OutOfMemoryException) or (
        isinstance(failure, OSError) and failure.errno == errno.ENOMEM
    ):
        return errors.too_complex("The file takes more memory than there is for one file")
    if isinstance(failure, duckdb.Error):
        return errors.unreadable("The file can't be read", "Save it again as UTF-8 CSV and upload that.")
    return failure


def _clean(out: Path, kept: set[str]) -> None:
    for entry in out.iterdir():
        if entry.name in kept:
            continue
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
