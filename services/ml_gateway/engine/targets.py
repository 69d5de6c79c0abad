"""What words can mean."""

from dataclasses import dataclass, field
from enum import StrEnum

from services.ml_gateway.engine.model import TableKey


class TargetKind(StrEnum):
    TABLE = "table"
    COLUMN = "column"
    VALUE = "value"
    METRIC = "metric"
    FLAG = "flag"  # a boolean column named as a quality: "active"
    LITERAL = "literal"  # what some column must hold: no value of the catalog, so no column is known

    __hash__ = str.__hash__  # an enumeration's own is written in Python


class LiteralKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Target:
    """What words can mean. relationship, if given, fixes the role in which the table is meant.

    A literal has a kind and a value (text as written, a number in digits, a date as YYYY-MM-DD), and no table.
    """

    kind: TargetKind = field(hash=False)
    table: TableKey
    column: str = ""
    value: str = ""
    metric: str = ""
    relationship: int | None = None
    literal: LiteralKind | None = field(default=None, hash=False)
