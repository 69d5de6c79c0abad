"""The catalog an engine plans over: what the caller may see, and nothing else.

A column that policy hides or masks is simply not here, so it can be neither linked nor named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

TRUSTED = 0.6  # an inferred key less sure than this is no key


class DataType(StrEnum):
    """What a column holds, as far as planning cares."""

    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"  # wall-clock time, taken to be in the caller's time zone
    TIMESTAMP_TZ = "timestamp_tz"  # an instant
    OTHER = "other"

    __hash__ = str.__hash__  # an enumeration's own is written in Python

    @property
    def numeric(self) -> bool:
        return self in (DataType.INTEGER, DataType.NUMBER)

    @property
    def temporal(self) -> bool:
        return self in (DataType.DATE, DataType.TIMESTAMP, DataType.TIMESTAMP_TZ)


class Role(StrEnum):
    """What a column is for, where whoever read the source could tell."""

    UNKNOWN = ""
    KEY = "key"
    MEASURE = "measure"
    DIMENSION = "dimension"
    TIME = "time"
    TEXT = "text"


class Format(StrEnum):
    """How a number is to be read; `unit` beside it names the currency or the unit."""

    NONE = "none"
    INTEGER = "integer"
    DECIMAL = "decimal"
    CURRENCY = "currency"
    PERCENT = "percent"  # a ratio: 0.25 reads as 25 %


class Direction(StrEnum):
    """Which way of a metric is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, order=True)
class TableKey:
    """A table's exact name; schema is empty where a database has none (SQLite)."""

    schema: str = field(hash=False)  # keys are looked up all the time, and names nearly always tell them apart
    name: str


@dataclass(frozen=True, slots=True, order=True)
class ColumnKey:
    """A column's exact name in its table."""

    table: TableKey
    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what is known of it.

    samples are distinct values as text; samples_complete says that there are no others. distinct_count is None
    when it was not measured. value_synonyms pairs what people say with the value that is stored: ("Germany", "DE").
    hidden columns are not shown unasked, but can be asked for.
    """

    name: str
    data_type: DataType
    nullable: bool = True
    label: str = ""
    description: str = ""
    synonyms: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    samples_complete: bool = False
    distinct_count: int | None = None
    format: Format = Format.NONE
    unit: str = ""
    value_synonyms: tuple[tuple[str, str], ...] = ()
    hidden: bool = False
    role: Role = Role.UNKNOWN


@dataclass(frozen=True, slots=True)
class Table:
    """A table; row_count is None when unknown; time_column names the date a bare "last month" is about."""

    schema: str
    name: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    label: str = ""
    description: str = ""
    synonyms: tuple[str, ...] = ()
    row_count: int | None = None
    time_column: str = ""
    label_column: str = ""

    @property
    def key(self) -> TableKey:
        return TableKey(self.schema, self.name)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A foreign key: many rows of `table` point to at most one row of `target`.

    inferred says that nobody declared it: it was read from names and values, as sure as confidence (0 to 1) says.

    role (and synonyms) name the target's part where a table points to another twice, as in "origin" and "destination";
    when empty the words are read from the key column's name.
    """

    table: TableKey
    columns: tuple[str, ...]
    target: TableKey
    target_columns: tuple[str, ...]
    role: str = ""
    synonyms: tuple[str, ...] = ()
    inferred: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Metric:
    """A number that the semantic model defines.

    expression is an aggregate in SQL over `table`; a bare column is of that table, `t.c` is a column of a table reached
    from it over many-to-one keys (so that it can't multiply rows). filters are conditions in the same language.
    time_column, if given, is the date that time ranges are about. A ratio has no expression of its own: it divides the
    metric called numerator by the one called denominator, which may be of another table.
    """

    name: str
    table: TableKey
    expression: str = ""
    label: str = ""
    description: str = ""
    synonyms: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    time_column: ColumnKey | None = None
    numerator: str = ""
    denominator: str = ""
    format: Format = Format.NONE
    unit: str = ""
    direction: Direction = Direction.NEITHER


@dataclass(frozen=True)
class Catalog:
    """Everything that a question may be answered from. dialect is the source's SQL dialect, as sqlglot names it.

    fiscal_year_starts_in is the number of the month that begins a fiscal year, which is called by the calendar year in
    which it ends. glossary pairs words of the organization's own with what they stand for: ("GMV", "gross revenue").
    """

    tables: tuple[Table, ...]
    relationships: tuple[Relationship, ...] = ()
    metrics: tuple[Metric, ...] = ()
    dialect: str = "postgres"
    version: str = ""
    week_starts_on: int = field(default=0)  # 0 is Monday
    glossary: tuple[tuple[str, str], ...] = ()
    fiscal_year_starts_in: int = 1

    def trusted(self) -> "Catalog":
        """The catalog without inferred keys that are too unsure to join over."""
        sure = tuple(r for r in self.relationships if not r.inferred or r.confidence >= TRUSTED)
        return self if len(sure) == len(self.relationships) else replace(self, relationships=sure)

    @cached_property
    def by_key(self) -> Mapping[TableKey, Table]:
        return {table.key: table for table in self.tables}

    @cached_property
    def keys_of(self) -> Mapping[TableKey, tuple[Relationship, ...]]:
        """The relationships out of each table that has any."""
        found: dict[TableKey, list[Relationship]] = {}
        for relationship in self.relationships:
            found.setdefault(relationship.table, []).append(relationship)
        return {table: tuple(keys) for table, keys in found.items()}

    @cached_property
    def keys_to(self) -> Mapping[TableKey, tuple[tuple[int, Relationship], ...]]:
        """The relationships into each table that has any, with their numbers."""
        found: dict[TableKey, list[tuple[int, Relationship]]] = {}
        for number, relationship in enumerate(self.relationships):
            found.setdefault(relationship.target, []).append((number, relationship))
        return {table: tuple(keys) for table, keys in found.items()}

    @cached_property
    def equal(self) -> frozenset[frozenset[ColumnKey]]:
        """Pairs of columns of two tables that a key makes equal."""
        return frozenset(
            frozenset((ColumnKey(one.table, own), ColumnKey(one.target, other)))
            for one in self.relationships
            for own, other in zip(one.columns, one.target_columns, strict=False)
            if one.table != one.target
        )

    @cached_property
    def columns(self) -> Mapping[ColumnKey, Column]:
        return {ColumnKey(table.key, column.name): column for table in self.tables for column in table.columns}
