"""CSV, TSV and their like: DuckDB's reader for texts without a fault, our own for those with some."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from services.integration.files import errors, naming
from services.integration.files.dialect import Dialect, find_dialect
from services.integration.files.duck import Duck, Message, is_full, literal
from services.integration.files.encodings import Text, as_utf8
from services.integration.files.limits import ReadingLimits
from services.integration.files.model import Reading
from services.integration.files.repairing import repair
from services.integration.files.tables import TextTable

_SAMPLE = 512 * 1024


@dataclass(frozen=True, slots=True)
class Delimited:
    """A delimited text as a table, and the reading completed by what was found."""

    table: TextTable
    reading: Reading


def read_delimited(
    duck: Duck, path: Path, out: Path, stem: str, reading: Reading, limits: ReadingLimits, start: float, end: float
) -> Iterator[Message]:
    """Makes a relation of a delimited text; returns Delimited. Raises Refused as the module errors says."""
    text: Text = yield from as_utf8(path, out, reading.encoding, start, start + (end - start) * 0.3)
    dialect = _dialect(text.path, reading, limits)
    found = replace(
        reading, delimiter=dialect.delimiter, encoding=text.encoding, has_header=bool(dialect.header)
    )
    table = TextTable("", naming.identifier(stem, "data"), "", dialect.origins)
    relation = _relation(text.path, dialect, limits)
    if not text.damaged and not dialect.pads and (yield from _flawless(duck, relation, start, end)):
        return Delimited(replace(table, relation=relation), found)
    mended = yield from repair(text.path, out, dialect, reading.broken_rows, limits, start + (end - start) * 0.3, end)
    plain = _relation(mended.path, replace(dialect, delimiter=",", first_row=0), limits)
    table = replace(table, relation=plain, broken_row_count=mended.broken_count, broken_rows=mended.broken)
    return Delimited(table, found)


def _dialect(path: Path, reading: Reading, limits: ReadingLimits) -> Dialect:
    with path.open("rb") as file:
        beginning = file.read(_SAMPLE)
        if b"\n" not in beginning:
            beginning += file.read(limits.line)
            if len(beginning) > limits.line and b"\n" not in beginning:
                raise errors.too_complex(
                    f"The file's first line is longer than {limits.line >> 20} MB",
                    "Check that it is a table with a line for each row, and that its lines are ended.",
                )
        complete = not file.read(1)
    dialect = find_dialect(beginning.decode("utf-8", "ignore"), complete, reading.delimiter, reading.has_header)
    if dialect is None:
        raise errors.empty("The file holds no rows")
    if dialect.width > limits.columns:
        raise errors.too_complex(
            f"The table has {dialect.width} columns and at most {limits.columns} are read",
            "Keep the columns that are needed, or turn repeated columns into rows, and upload it again.",
        )
    return dialect


def _relation(path: Path, dialect: Dialect, limits: ReadingLimits) -> str:
    columns = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(dialect.width))
    return (
        f"read_csv({literal(str(path))}, auto_detect=false, delim={literal(dialect.delimiter)}, quote='\"', escape='\"', "
        f"header=false, skip={dialect.first_row}, columns={{{columns}}}, max_line_size={limits.line}, "
        f"strict_mode=true, nullstr='')"
    )


def _flawless(duck: Duck, relation: str, start: float, end: float) -> Iterator[Message]:
    """Whether DuckDB reads the whole text without a fault."""
    try:
        yield from duck.run(f"SELECT count(*) FROM {relation}", "reading rows", start + (end - start) * 0.3, end)
    except (duckdb.InvalidInputException, duckdb.Error) as failure:
        if is_full(failure):
            raise errors.storage_full() from None
        return False
    return True
