"""Rows of text on their way to a table: kept on disk in batches, each with the columns known when it was written."""
# ruff: noqa: S608  (the SQL is ours; names and texts of the file pass through quoted() and literal())

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from services.integration.files import errors
from services.integration.files.duck import is_full, literal
from services.integration.files.limits import ReadingLimits

_ROWS = 50_000
_CELLS = 1_000_000
_CHARACTERS = 16 << 20


class Staging:
    """Collects rows of one table; columns may come as they are found."""

    def __init__(self, folder: Path, prefix: str, limits: ReadingLimits) -> None:
        self._folder, self._prefix, self._limits = folder, prefix, limits
        self._columns: dict[str, int] = {}
        self._cells: list[list[str | None]] = []
        self._pending = 0
        self._characters = 0
        self._files: list[Path] = []
        self.row_count = 0

    @property
    def origins(self) -> tuple[str, ...]:
        return tuple(self._columns)

    def declare(self, origins: Iterable[str]) -> None:
        """Makes columns that may stay empty."""
        for origin in origins:
            self._place(origin)

    def add(self, row: Mapping[str, str | None]) -> None:
        """Adds a row; what it doesn't name is empty."""
        for origin, value in row.items():
            cells = self._cells[self._place(origin)]
            cells.extend([None] * (self._pending - len(cells)))
            cells.append(value or None)
            self._characters += len(value) if value else 0
        self._pending += 1
        self.row_count += 1
        full = self._pending >= _ROWS or self._characters >= _CHARACTERS
        if full or (self._pending & 255 == 0 and self._pending * len(self._columns) >= _CELLS):
            self._flush()

    def _place(self, origin: str) -> int:
        at = self._columns.get(origin)
        if at is None:
            at = self._columns[origin] = len(self._columns)
            self._cells.append([])
            if at >= self._limits.columns:
                raise errors.too_complex(
                    f"A table has more than {self._limits.columns} columns",
                    "Keep the fields that are needed, or turn repeated fields into rows, and upload it again.",
                )
        return at

    def _flush(self) -> None:
        if not self._pending:
            return
        arrays = []
        for cells in self._cells:
            cells.extend([None] * (self._pending - len(cells)))
            arrays.append(pa.array(cells, pa.string()))
            cells.clear()
        table = pa.Table.from_arrays(arrays, names=[f"c{at}" for at in range(len(arrays))])
        file = self._folder / f"{self._prefix}.{len(self._files)}.staged"
        self._files.append(file)
        try:
            pq.write_table(table, file, compression="snappy", use_dictionary=False, write_statistics=False)
        except OSError as failure:
            if is_full(failure):
                raise errors.storage_full() from None
            raise
        self._pending, self._characters = 0, 0

    def relation(self) -> str:
        """What stands after FROM to read all rows; there has to be one."""
        self._flush()
        files = ", ".join(literal(str(file)) for file in self._files)
        return f"(FROM read_parquet([{files}], union_by_name = true))"
