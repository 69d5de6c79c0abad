"""What every reader of a format is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from services.integration.files import errors, naming
from services.integration.files.choosing import Evidence
from services.integration.files.duck import Duck, Telling
from services.integration.files.limits import ReadingLimits
from services.integration.files.model import PreparedTable, Reading
from services.integration.files.tables import TextTable, write_table


@dataclass(frozen=True, slots=True)
class Job:
    """The file, the folder for what is made of it, what the user calls it, and how it is to be read."""

    duck: Duck
    path: Path
    out: Path
    stem: str
    reading: Reading
    limits: ReadingLimits

    def write(
        self, tables: Sequence[TextTable], evidence: Evidence, start: float, end: float
    ) -> Telling[tuple[PreparedTable, ...]]:
        """Writes tables of text with the types found, as 0.parquet, 1.parquet, …; returns the PreparedTables.

        Raises Refused UPLOAD_EMPTY if none has a row, UPLOAD_TOO_COMPLEX if there are too many tables or columns.
        """
        self.check_tables(len(tables))
        names = self.names([(table.origin, table.name) for table in tables])
        prepared: list[PreparedTable] = []
        for at, (table, name) in enumerate(zip(tables, names, strict=True)):
            self.check_columns(len(table.columns))
            file = self.out / f"{at}.parquet"
            done = [start + (end - start) * part / len(tables) for part in (at, at + 1)]
            prepared.append(
                (
                    yield from write_table(
                        self.duck, table, name, self.reading.table(table.origin), file, evidence, *done
                    )
                )
            )
        if not any(table.row_count for table in prepared):
            broken = sum(table.broken_row_count for table in prepared)
            raise errors.empty(
                f"None of the file's {broken} rows can be read" if broken else "The file holds a header and no rows"
            )
        return tuple(prepared)

    def names(self, tables: Sequence[tuple[str, str]]) -> list[str]:
        """Names for tables of (origin, proposed name), those that the user gave among them; all different."""
        return naming.unique(self.reading.table(origin).name or name for origin, name in tables)

    def check_tables(self, count: int) -> None:
        if count > self.limits.tables:
            raise errors.too_complex(f"The file holds {count} tables and at most {self.limits.tables} are read")

    def check_columns(self, count: int) -> None:
        if count > self.limits.columns:
            raise errors.too_complex(
                f"A table has {count} columns and at most {self.limits.columns} are read",
                "Keep the columns that are needed, or turn repeated columns into rows, and upload it again.",
            )
