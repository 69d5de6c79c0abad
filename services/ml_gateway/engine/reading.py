"""A reading: what a question is taken to ask, free of SQL and of words. Compiling it is mechanical."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.ml_gateway.engine.model import ColumnKey, TableKey


class Aggregate(StrEnum):
    COUNT = "count"  # rows of a table
    COUNT_DISTINCT = "count_distinct"
    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"
    METRIC = "metric"


class Grain(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Operator(StrEnum):
    EQUAL = "="
    NOT_EQUAL = "<>"
    GREATER = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    BETWEEN = "between"
    CONTAINS = "contains"
    STARTS_WITH = "starts with"
    ENDS_WITH = "ends with"
    IS_NULL = "is null"
    NOT_NULL = "is not null"


@dataclass(frozen=True, slots=True)
class Hop:
    """One step along a relationship (its number in the catalog); upward goes from the many to the one."""

    relationship: int
    upward: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A table in a query: where one arrives from the base table by a path. Two roles are two places."""

    table: TableKey
    path: tuple[Hop, ...] = ()

    @property
    def fans_out(self) -> bool:
        """Whether a row of the base table can meet many rows here."""
        return any(not hop.upward for hop in self.path)


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    place: Place
    column: str

    @property
    def key(self) -> ColumnKey:
        return ColumnKey(self.place.table, self.column)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number to compute over a part's base table: an aggregate of a column, a count of rows, or a named metric."""

    aggregate: Aggregate
    column: PlacedColumn | None = None
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Dimension:
    """What to group by: columns, or a date cut to a grain. entity: the rows of a table, shown by these columns."""

    columns: tuple[PlacedColumn, ...]
    grain: Grain | None = None
    entity: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a column; several values mean any of them (or, for BETWEEN, both ends, included)."""

    column: PlacedColumn
    operator: Operator
    values: tuple[str | float | bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Existence:
    """Rows of the base table for which a row exists (or does not) at a place below it; time is that row's."""

    place: Place
    negated: bool = False
    time: "TimeFilter | None" = None


@dataclass(frozen=True, slots=True)
class TimeFilter:
    """start <= column < end, as calendar days in the caller's time zone; None is open."""

    column: PlacedColumn
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Part:
    """Numbers over one base table. All parts of a reading have the same dimensions, each placed from its own base."""

    base: TableKey
    measures: tuple[Measure, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    columns: tuple[PlacedColumn, ...] = ()  # of a list: no measures then
    filters: tuple[Filter, ...] = ()
    existences: tuple[Existence, ...] = ()
    times: tuple[TimeFilter, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """A number shown: a measure by its position over all parts, or that divided by another. metric names it if one."""

    measure: int
    divisor: int | None = None
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Having:
    """A condition on an output (by position) after grouping."""

    output: int
    operator: Operator
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """By an output's position, else a dimension's, else a column of the list's table."""

    descending: bool
    output: int | None = None
    dimension: int | None = None
    column: PlacedColumn | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """With outputs: one row per group. Without: a list of the one part's columns. distinct drops equal rows."""

    parts: tuple[Part, ...]
    outputs: tuple[Output, ...] = ()
    having: tuple[Having, ...] = ()
    order: Order | None = None
    limit: int | None = None
    distinct: bool = False

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        return self.parts[0].dimensions

    @property
    def places(self) -> tuple[Place, ...]:
        """Everywhere that the parts and the order reach, but for what a metric's own expression adds."""
        columns = [self.order.column] if self.order and self.order.column else []
        places: list[Place] = []
        for part in self.parts:
            columns += [measure.column for measure in part.measures if measure.column]
            columns += [column for dimension in part.dimensions for column in dimension.columns]
            columns += [*part.columns, *(one.column for one in part.filters), *(one.column for one in part.times)]
            places += [existence.place for existence in part.existences]
        return (*(column.place for column in columns), *places)

    @property
    def measures(self) -> tuple[tuple[Part, Measure], ...]:
        return tuple((part, measure) for part in self.parts for measure in part.measures)
