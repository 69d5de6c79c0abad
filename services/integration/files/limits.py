"""How much of a file is read before it is refused."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Limits of one file; sizes in bytes. What is over them is refused as UPLOAD_TOO_COMPLEX.

    The numbers leave room for every honest file of up to 2 GB and keep the work inside a worker's memory and time.
    """

    columns: int = 2_000  # of one table; wider ones are nobody's to ask about, and cost seconds only to plan
    tables: int = 200  # sheets, JSON arrays or tables of a database
    line: int = 8 * MEBIBYTE  # of text, line breaks inside quotes included; also one JSON object
    rows: int = 1_000_000_000  # of one table
    depth: int = 64  # of nested JSON
    unpacked: int = 2_048 * MEBIBYTE  # all that a workbook unpacks to
    unpack_ratio: int = 500  # unpacked bytes to packed ones of a workbook part over 64 MiB; real sheets stay under 100
    cells: int = 50_000_000  # of one sheet: a sheet is held in memory while it is read
    parquet_unpacked: int = 16_384 * MEBIBYTE  # by a Parquet file's own metadata
    parquet_cells: int = 5_000_000_000  # rows by columns, by that metadata
    memory: int = 1_024 * MEBIBYTE  # of DuckDB; beyond it works in the out folder
    spilled: int = 8_192 * MEBIBYTE  # what it may put there meanwhile
    threads: int = 2
