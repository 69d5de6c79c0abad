"""What is known of a source: tables, columns, keys, and what the semantic model says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.integration.catalog.semantic_terms import GlossaryWord


class ColumnType(StrEnum):
    """The family of a column's type; OTHER can't be asked about."""

    OTHER = "other"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    TIMESTAMP = "timestamp"
    TIMESTAMP_TZ = "timestamp_tz"
    TIME = "time"
    UUID = "uuid"
    JSON = "json"


class ColumnRole(StrEnum):
    """What a column is for: to identify or point to rows, to add up or average, to group by, to date, to read."""

    UNKNOWN = ""
    KEY = "key"
    MEASURE = "measure"
    DIMENSION = "dimension"
    TIME = "time"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """samples are distinct values as text, all of them if samples_complete; min_value, max_value are "" if unknown.

    value_synonyms are pairs of a stored value and what people say for it; unit_format is "currency:EUR", "percent"
    or "". A sensitive column looks personal or secret: it has neither samples nor a range.
    """

    name: str
    type: ColumnType
    native_type: str
    nullable: bool = True
    description: str = ""
    label: str = ""
    synonyms: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    samples_complete: bool = False
    distinct_count: int | None = None
    min_value: str = ""
    max_value: str = ""
    unit_format: str = ""
    hidden: bool = False
    value_synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    role: ColumnRole = ColumnRole.UNKNOWN
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """row_count is an estimate unless row_count_exact. display_column names a row to a person; "" if unknown.

    change_time is when rows last changed, as far as the source tells; latest_time the newest moment of the default
    time column, as text, "" if unknown.
    """

    schema: str
    name: str
    columns: tuple[Column, ...]
    is_view: bool = False
    description: str = ""
    row_count: int = 0
    row_count_exact: bool = False
    primary_key: tuple[str, ...] = ()
    label: str = ""
    synonyms: tuple[str, ...] = ()
    default_time_column: str = ""
    display_column: str = ""
    hidden: bool = False
    change_time: datetime | None = None
    latest_time: str = ""


@dataclass(frozen=True, slots=True)
class Relationship:
    """Each row of the first table points to at most one row of the second.

    from_model: said by the semantic model. inferred: read from names, types and values, as sure as `confidence` (0 to
    1) says. Neither: declared in the source.
    """

    from_schema: str
    from_table: str
    from_columns: tuple[str, ...]
    to_schema: str
    to_table: str
    to_columns: tuple[str, ...]
    from_model: bool = False
    name: str = ""
    inferred: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Metric:
    """A named figure: an expression over a table, or the ratio of two others. higher_is_better: None if neither."""

    name: str
    label: str
    description: str = ""
    synonyms: tuple[str, ...] = ()
    schema: str = ""
    table: str = ""
    expression: str = ""
    filter: str = ""
    time_column: str = ""
    unit_format: str = ""
    numerator: str = ""
    denominator: str = ""
    higher_is_better: bool | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A first question; role "" means everyone."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """version is a digest of everything else but the times: the same source read again unchanged keeps it.

    notes say what the reader of the catalog should know, such as tables that were left out. week_starts_on is the day
    that weeks begin on, 0 for Monday to 6; fiscal_year_starts_in the month that fiscal years begin in, from 1.
    """

    dialect: str
    read_time: datetime
    tables: tuple[Table, ...]
    relationships: tuple[Relationship, ...] = ()
    metrics: tuple[Metric, ...] = ()
    questions: tuple[Question, ...] = ()
    semantic_model_version: str = ""
    version: str = ""
    notes: tuple[str, ...] = ()
    glossary: tuple[GlossaryWord, ...] = ()
    week_starts_on: int = 0
    fiscal_year_starts_in: int = 1
