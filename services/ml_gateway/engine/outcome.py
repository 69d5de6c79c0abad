"""What planning ends in: a plan, one clarifying question, or a refusal. Never an exception, never a guess."""

from dataclasses import dataclass
from enum import StrEnum

from services.ml_gateway.engine.model import DataType, Format, TableKey
from services.ml_gateway.engine.query.model import Query


class ChartKind(StrEnum):
    NUMBER = "number"
    LINE = "line"
    BAR = "bar"
    TABLE = "table"


class RefusalReason(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    LANGUAGE = "language"  # not written in a language that is understood
    NOT_A_DATA_QUESTION = "not_a_data_question"  # greetings, small talk, general knowledge
    NOT_UNDERSTOOD = "not_understood"  # `words` could not be placed
    NO_SUCH_DATA = "no_such_data"  # understood, but the catalog has nothing of the kind
    UNSUPPORTED = "unsupported"  # a construct that is not answered yet
    UNSAFE_JOIN = "unsafe_join"  # would count rows more than once


class ClarificationKind(StrEnum):
    TIME_COLUMN = "time_column"
    COLUMN = "column"
    VALUE = "value"
    MEASURE = "measure"
    AGGREGATE = "aggregate"
    TABLE = "table"
    CONDITION = "condition"
    SHOWN = "shown"  # which columns
    GROUP = "group"  # a number by something, or in all
    ORDER = "order"
    LIMIT = "limit"
    EQUAL_ROWS = "equal_rows"  # listed once or each time
    READING = "reading"  # of several of these at once


class MeaningKind(StrEnum):
    MEASURE = "measure"
    DIMENSION = "dimension"
    FILTER = "filter"
    TIME = "time"
    ORDER = "order"
    LIMIT = "limit"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Meaning:
    """Characters [start, end) of the question, counted in code points, and what they were taken to mean.

    table and column are names of the catalog, empty where none is concerned. score, 0..1, says how sure it is.
    """

    start: int
    end: int
    text: str
    meaning: str
    kind: MeaningKind
    table: str = ""
    column: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Interpretation:
    summary: str
    meanings: tuple[Meaning, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """A column of the result; name is its name in the SQL, label what a person reads."""

    name: str
    label: str
    data_type: DataType
    format: Format = Format.NONE
    unit: str = ""
    grain: str = ""  # day, week, month, quarter or year where the column is a cut date
    is_measure: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A suggestion; x, y and series are names of output columns."""

    kind: ChartKind
    x: str = ""
    y: tuple[str, ...] = ()
    series: str = ""


@dataclass(frozen=True, slots=True)
class Dropping:
    """Rows of `table` that have no matching row of `lacking` are left out of the answer.

    sql gives one row of two numbers: how many such rows there are, and how many rows the table has. The conditions of
    the question are not in it. upward: the row names one that isn't there, or none; else nothing refers to the row.
    """

    table: TableKey
    lacking: TableKey
    relationship: int
    upward: bool
    sql: str


@dataclass(frozen=True, slots=True)
class Planned:
    """SQL for the question. fingerprint is equal for equal SQL over equal tables. confidence is 0..1.

    follows says that it was read against what was asked before, so that the question alone would not give it.
    dropping are the rows that the SQL's joins may leave out, each with the SQL that counts them.
    """

    sql: str
    reading: Query
    columns: tuple[OutputColumn, ...]
    interpretation: Interpretation
    chart: Chart
    confidence: float
    tables: tuple[TableKey, ...]
    fingerprint: str
    title: str = ""
    follows: bool = False
    dropping: tuple[Dropping, ...] = ()

    @property
    def assumptions(self) -> tuple[str, ...]:
        return self.interpretation.assumptions


@dataclass(frozen=True, slots=True)
class ClarificationOption:
    """One way to read the question; asking `question` instead answers it that way."""

    id: str
    label: str
    question: str


@dataclass(frozen=True, slots=True)
class NeedsClarification:
    """One question back, with 2 to 4 options. [start, end) is the part of the question that is unclear.

    confidence, 0..1: how likely what was meant is among the options; 0 where that isn't known.
    """

    kind: ClarificationKind
    message: str
    options: tuple[ClarificationOption, ...]
    start: int = 0
    end: int = 0
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no answer; words are those that could not be placed, suggestions are names that exist."""

    reason: RefusalReason
    message: str
    words: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


Outcome = Planned | NeedsClarification | Refused
