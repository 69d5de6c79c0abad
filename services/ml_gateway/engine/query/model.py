"""The intermediate form: what a question asks, before it is known how the tables join.

Columns are named, joins are not: the join path is found when the query is compiled. Numbers are computed over the rows
of the table that they are about, each row once; what only conditions name below that table must exist (a semi-join: no
row is multiplied). Lists are joined row by row, unless they have a subject.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.reading import Grain, Operator


class Function(StrEnum):
    COUNT = "count"
    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"
    MEDIAN = "median"
    PERCENTILE = "percentile"

    __hash__ = str.__hash__  # an enumeration's own is written in Python


@dataclass(frozen=True, slots=True)
class Rows:
    """A table's rows, in the role that a relationship (its number in the catalog) gives them; None: by the nearest."""

    table: TableKey
    role: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A column, of its table in a role.

    alike: columns of other tables that stand in for it, in groups and conditions of numbers about those tables' rows:
    one month for the orders by their date and the refunds by theirs, whether or not keys connect the two.
    """

    key: ColumnKey
    role: int | None = None
    alike: tuple[Field, ...] = field(default=(), hash=False)

    @property
    def rows(self) -> Rows:
        return Rows(self.key.table, self.role)


class Cycle(StrEnum):
    """What comes again: a whole number each. Weekdays are 1 (Monday) to 7; in grouped results they and months are shown
    by their English names."""

    HOUR_OF_DAY = "hour of day"
    WEEKDAY = "weekday"
    DAY_OF_MONTH = "day of month"
    MONTH_OF_YEAR = "month of year"
    QUARTER_OF_YEAR = "quarter of year"

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Bucket:
    """A date cut to a grain (the first day of it, as a date; an hour, as a timestamp), or its number in a cycle.

    fiscal: QUARTER, YEAR and QUARTER_OF_YEAR as the catalog's fiscal year has them. In grouped results such a quarter
    is shown as "FY2025 Q1", a year as "FY2025": the one that ends in 2025.
    """

    field: Field
    grain: Grain | Cycle
    fiscal: bool = False


class Unit(StrEnum):
    DAYS = "days"
    HOURS = "hours"

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Duration:
    """How long it is from one moment to another, negative where the end comes first. Between two timestamps with its
    fraction (whole seconds at least); where one of the two is a date, whole calendar days in the asker's time zone.
    """

    start: Field | date
    end: Field | date
    unit: Unit = Unit.DAYS


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A function over a column, over what a row's columns make, or the count of a table's rows (only COUNT takes rows).

    Each row of the table that it is about counts once, however many rows are joined to it. `where` narrows the rows of
    this number alone: "orders of 2024 beside those of 2025", "the share of orders that were cancelled". Where it is
    subtracted or added, the sum of no rows is zero.

    fraction: of a PERCENTILE, what part of the values come before it, 0..1; between two values it is interpolated.
    """

    function: Function
    of: Field | Rows | Duration | Arithmetic | Each
    distinct: bool = False
    where: Condition | None = None
    fraction: float = 0.5


@dataclass(frozen=True, slots=True)
class Each:
    """A number of each value of `by`, for an aggregate over them: "the average number of orders per customer", "the
    most orders that a customer has". Only Aggregate.of takes it. What the query groups by tells them apart further:
    with a month in `group`, a customer counts in each month with orders.

    with_none: rows of the one table in `by` count though they have none: their counts and sums are zero.
    """

    of: Expression
    by: tuple[Rows | Field | Bucket, ...]
    with_none: bool = False


@dataclass(frozen=True, slots=True)
class MetricValue:
    """A number that the semantic model defines."""

    name: str


class ArithmeticOperator(StrEnum):
    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    DIVIDED_BY = "/"  # never by zero, never of integers: 1/2 is 0.5

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Arithmetic:
    operator: ArithmeticOperator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Share:
    """What part of the total over all groups a group has, 0..1; with `per`, of the total over the groups that have the
    same values of these: "each product's share within its category". What is in `per` is grouped by too.
    """

    of: Expression
    per: tuple[Field | Bucket, ...] = ()


@dataclass(frozen=True, slots=True)
class Running:
    """The total of a group and of all that come before it along the dates, for each value of the other groups.
    Only counts of rows and sums have one: the mean of a year isn't the sum of its months' means.
    """

    of: Expression
    along: Bucket


@dataclass(frozen=True, slots=True)
class Change:
    """How much more a group has than the one before it along the dates, for each value of the other groups: the
    difference, or, relative, that divided by the one before (0.25 is a quarter more). None where the calendar's period
    before has no group, and nothing is divided by zero.

    since: how far back, if not to the bucket right before: YEAR compares a month with the same month a year before.
    back: how many of these: 2 compares 2025 with 2023.
    Periods that only serve the comparison are left out by a `having` on the bucket, not by `where`.
    """

    of: Expression
    along: Bucket
    relative: bool = False
    since: Grain | None = None
    back: int = 1


Windowed = Share | Running | Change
Expression = Field | Bucket | Duration | Aggregate | MetricValue | Arithmetic | Share | Running | Change | Each
Literal = str | float | bool | date


@dataclass(frozen=True, slots=True)
class Compare:
    """right: one literal; two for BETWEEN; several for EQUAL (any of them) and NOT_EQUAL (none of them); an expression,
    for two columns of a row; or a query that shows one column: one value, and for EQUAL and NOT_EQUAL perhaps several
    (among them, none of them). IS_NULL and NOT_NULL take nothing. CONTAINS and its like don't regard case.
    """

    left: Expression
    operator: Operator
    right: tuple[Literal, ...] | Expression | Query = ()


@dataclass(frozen=True, slots=True)
class During:
    """start <= field < end, as calendar days in the asker's time zone; None is open."""

    field: Field
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Both:
    """All of the conditions hold."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the conditions holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition


@dataclass(frozen=True, slots=True)
class Exists:
    """There is a row of a table, connected with the subject's row, for which `where` holds; with `having`, as many
    such rows (or such an aggregate of them) as it asks for. Two of them may be about two rows: "took both A and B".
    Conditions that stand side by side in `Query.where` without it are about the same row.
    """

    rows: Rows
    where: Condition | None = None
    having: Compare | None = None


Condition = Compare | During | Both | Either | Not | Exists


@dataclass(frozen=True, slots=True)
class Ordering:
    by: Expression
    descending: bool = False


class SetOperator(StrEnum):
    UNION = "union"
    INTERSECT = "intersect"
    EXCEPT = "except"

    __hash__ = str.__hash__


class _Walked:
    """walked: the query's nodes, once they were asked for."""

    __slots__ = ("walked",)
    walked: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Query(_Walked):
    """show: one column each.

    subject: what a row is about. A list with a subject has one row for each of its rows that the conditions hold for,
    whatever makes them hold; without, it has a row for every match, as people join tables: "patients with a visit"
    names a patient once per visit (of 70 train questions where the two differ, 63 want that). Sums and means with a
    subject are over its rows: the mean price over the orders, not over the products. None for numbers: the table of
    what is counted or summed.
    also: tables that were named and that a row must be connected with though nothing else uses them.
    group: one row per value of these; Rows stand for an entity: one row for each row of that table, whatever of it is
    shown. A query whose shown values are aggregates gives one row without a group.
    having: of the groups. Shares, running totals and changes are worked out before it, over all groups.
    per: with `limit`, the limit holds within each value of these ("the two best of each region").
    """

    show: tuple[Expression, ...]
    subject: Rows | None = None
    also: tuple[Rows, ...] = ()
    where: Condition | None = None
    group: tuple[Expression | Rows, ...] = ()
    having: Condition | None = None
    order: tuple[Ordering, ...] = ()
    limit: int | None = None
    per: tuple[Expression | Rows, ...] = ()
    distinct: bool = False
    combined: tuple[SetOperator, Query] | None = None
