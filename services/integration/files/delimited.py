"""CSV, TSV and their like: DuckDB's reader for texts without a fault, our own for those with some."""
# ruff: noqa: S608  (the SQL is ours; names and texts of the file pass through quoted() and literal())

from dataclasses import replace
from pathlib import Path

import duckdb

from services.integration.files import errors, naming, totals
from services.integration.files.choosing import Evidence
from services.integration.files.dialect import Dialect, find_dialect
from services.integration.files.duck import Telling, is_full, literal
from services.integration.files.encodings import Text, as_utf8
from services.integration.files.job import Job
from services.integration.files.limits import ReadingLimits
from services.integration.files.model import BrokenRow, FileFormat, PreparedFile, Reading
from services.integration.files.repairing import SHOWN, repair
from services.integration.files.tables import TextTable

_SAMPLE = 512 * 1024


def prepare_delimited(job: Job) -> Telling[PreparedFile]:
    """Reads a delimited text; returns the PreparedFile. Raises Refused as the module errors says."""
    text: Text = yield from as_utf8(job.path, job.out, job.reading.encoding, 0.0, 0.1, job.limits.line)
    dialect = _dialect(text.path, job.reading, job.limits)
    found = replace(job.reading, delimiter=dialect.delimiter, encoding=text.encoding, has_header=bool(dialect.header))
    evidence = Evidence(decimal_comma=1 if dialect.delimiter == ";" else 0)
    table = TextTable(
        "", naming.identifier(job.stem, "data"), _relation(text.path, dialect, job.limits), dialect.origins,
        totals=_totals(text, dialect),
    )  # fmt: skip
    plain_start = not any("\n" in cell for cell in dialect.header)  # DuckDB skips lines, and a header may have several
    if not text.damaged and not dialect.pads and plain_start:
        try:
            prepared = yield from job.write([table], evidence, 0.1, 1.0)
            return PreparedFile(FileFormat.CSV, found, prepared)
        except duckdb.Error as failure:
            if is_full(failure):
                raise errors.storage_full() from None
            # DuckDB found a fault in the text: the careful way tells what and where.
    mended = yield from repair(text.path, job.out, dialect, job.reading.broken_rows, job.limits, 0.1, 0.4)
    plain = _relation(mended.path, replace(dialect, delimiter=",", first_row=0), job.limits)
    table = replace(table, relation=plain, broken_row_count=mended.broken_count, broken_rows=mended.broken)
    prepared = yield from job.write([table], evidence, 0.4, 1.0)
    return PreparedFile(FileFormat.CSV, found, prepared)


def _totals(text: Text, dialect: Dialect) -> BrokenRow | None:
    last = totals.last_record(text.path, dialect.delimiter)
    return BrokenRow(0, totals.PROBLEM, dialect.delimiter.join(last)[:SHOWN]) if totals.labelled(last) else None


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
    # Rows of nothing but delimiters are what spreadsheets put below a table.
    filled = f"coalesce({', '.join(f'c{at}' for at in range(dialect.width))}) IS NOT NULL"
    return (
        f"(FROM read_csv({literal(str(path))}, auto_detect=false, delim={literal(dialect.delimiter)}, "
        f"quote='\"', escape='\"', header=false, skip={dialect.first_row}, columns={{{columns}}}, "
        f"max_line_size={limits.line}, strict_mode=true, nullstr='') WHERE {filled})"
    )
