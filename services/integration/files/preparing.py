"""Reads any uploaded file into Parquet tables: the one function that a worker runs."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from services.integration.files import errors, naming
from services.integration.files.choosing import Evidence
from services.integration.files.delimited import Delimited, read_delimited
from services.integration.files.duck import Duck, Message
from services.integration.files.duck import warm_up as warm_up  # run once, before workers are forked
from services.integration.files.limits import ReadingLimits
from services.integration.files.model import FileFormat, PreparedFile, Reading, from_plain, to_plain
from services.integration.files.tables import write_table


def prepare(arguments: Mapping[str, Any]) -> Iterator[Message]:
    """Reads the file `path` that is called `file_name`, as the plain Reading `reading` says, into the folder `out`.

    `limits` may hold fields of ReadingLimits. Yields {"progress": {"stage", "fraction", "row_count"}} at least every half
    second and last {"prepared": …}, a plain PreparedFile whose tables name their files in `out`.
    Raises Refused: UPLOAD_EMPTY, UPLOAD_UNREADABLE, UPLOAD_ROWS_BROKEN, UPLOAD_TOO_COMPLEX or STORAGE_FULL; nothing is left
    in `out` then.
    """
    path, out = Path(arguments["path"]), Path(arguments["out"])
    reading = from_plain(Reading, arguments.get("reading") or {})
    limits = ReadingLimits(**(arguments.get("limits") or {}))
    stem = naming.file_stem(str(arguments.get("file_name") or path.name))
    duck = Duck(out, limits)
    try:
        found: Delimited = yield from read_delimited(duck, path, out, stem, reading, limits, 0.0, 0.3)
        evidence = Evidence(decimal_comma=1 if found.reading.delimiter == ";" else 0)
        table = yield from write_table(
            duck, found.table, reading.table(""), out / "0.parquet", evidence, 0.3, 1.0
        )
    finally:
        duck.close()
    if not table.row_count:
        raise errors.empty("The file holds a header and no rows")
    yield {"prepared": to_plain(PreparedFile(FileFormat.CSV, replace(found.reading), (table,)))}
