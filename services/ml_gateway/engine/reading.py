"""What queries are made of beside columns: grains, comparisons, and the ways from table to table."""

from dataclasses import dataclass
from enum import StrEnum

from services.ml_gateway.engine.model import TableKey


class Grain(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    __hash__ = str.__hash__  # an enumeration's own is written in Python


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

    __hash__ = str.__hash__


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
