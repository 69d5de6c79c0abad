"""What a file is read as: the mirror of upload.proto, as frozen dataclasses that go to and from JSON documents."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from services.integration.catalog.model import ColumnType

SHOWN_BROKEN_ROWS = 20  # how many broken rows are shown to the file's owner
SQLITE_NAME = "database.sqlite"


class FileFormat(StrEnum):
    """What a file is by its content."""

    CSV = "csv"
    JSON = "json"
    JSON_LINES = "json_lines"
    EXCEL = "excel"
    PARQUET = "parquet"
    SQLITE = "sqlite"


class BrokenRows(StrEnum):
    """What becomes of rows that can't be read: left out and counted, or the file is refused."""

    SKIP = "skip"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """A correction of how one column is read; type None keeps what was found."""

    origin: str
    name: str = ""
    type: ColumnType | None = None
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class TableReading:
    """A correction of how one table is read; what it doesn't name stays as found."""

    origin: str
    name: str = ""
    left_out: bool = False
    columns: tuple[ColumnReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read. What is empty or None is found out from the file."""

    delimiter: str = ""
    encoding: str = ""
    has_header: bool | None = None
    broken_rows: BrokenRows = BrokenRows.SKIP
    tables: tuple[TableReading, ...] = ()

    def table(self, origin: str) -> TableReading:
        """The correction of the table of that origin; one that corrects nothing if there is none."""
        return next((table for table in self.tables if table.origin == origin), TableReading(origin))


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that couldn't be read: its line from 1 (0 if unknown), what is wrong, and the start of what stands there.

    text is a tenant's data: it is shown to the file's owner and never logged.
    """

    line: int
    problem: str
    text: str


@dataclass(frozen=True, slots=True)
class PreparedColumn:
    """A column as read. sample_values are empty for a column whose name looks sensitive."""

    origin: str
    name: str
    type: ColumnType
    possible_types: tuple[ColumnType, ...] = (ColumnType.TEXT,)
    note: str = ""
    sample_values: tuple[str, ...] = ()
    empty_count: int = 0
    unfit_count: int = 0
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class PreparedTable:
    """A table as read; file is its Parquet file's name in the out folder, "" if it was left out or is in SQLite."""

    origin: str
    name: str
    file: str
    row_count: int
    columns: tuple[PreparedColumn, ...] = ()
    broken_row_count: int = 0
    broken_rows: tuple[BrokenRow, ...] = ()
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """A file made ready: reading is what was asked for, completed by what was found."""

    format: FileFormat
    reading: Reading
    tables: tuple[PreparedTable, ...]


Document = TypeVar("Document")


def to_plain(document: Any) -> dict[str, Any]:
    """A dataclass of this module as a document of JSON types; from_plain gives the same value back."""
    plain: dict[str, Any] = asdict(document)
    return plain


def from_plain(kind: type[Document], plain: Mapping[str, Any]) -> Document:
    """The dataclass that the document says; absent fields take their defaults.

    Raises ValueError if the document isn't of that shape: it may come from a worker that a hostile file owns.
    """
    value = _read(kind, plain)
    assert isinstance(value, kind)
    return value


def _read(kind: Any, value: Any) -> Any:
    if isinstance(kind, UnionType):  # X | None
        (inner,) = (argument for argument in get_args(kind) if argument is not NoneType)
        return None if value is None else _read(inner, value)
    if get_origin(kind) is tuple:
        if not isinstance(value, list | tuple):
            raise ValueError("a list was expected")
        return tuple(_read(get_args(kind)[0], one) for one in value)
    if is_dataclass(kind):
        if not isinstance(value, Mapping):
            raise ValueError(f"a document was expected for {kind}")
        hints, build = get_type_hints(kind), cast(Any, kind)
        known = {field.name for field in fields(kind)}
        try:
            return build(**{name: _read(hints[name], one) for name, one in value.items() if name in known})
        except TypeError as error:
            raise ValueError(f"fields are missing for {kind}") from error
    if issubclass(kind, StrEnum):
        return kind(value)
    if type(value) is not kind:
        raise ValueError(f"{kind.__name__} was expected")
    return value
