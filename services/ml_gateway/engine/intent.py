"""What the words ask for before it is known how the tables join: the halfway house to a reading."""

from dataclasses import dataclass, field

from services.ml_gateway.engine.index import Target
from services.ml_gateway.engine.linking import Link
from services.ml_gateway.engine.outcome import Meaning
from services.ml_gateway.engine.reading import Aggregate, Grain, Operator
from services.ml_gateway.engine.timeranges import Span


@dataclass(slots=True)
class WantedMeasure:
    """COUNT of a table, a metric, or an aggregate of a column. aggregate is None where the words name none."""

    target: Target
    aggregate: Aggregate | None
    link: Link


@dataclass(slots=True)
class WantedDimension:
    target: Target
    link: Link


@dataclass(slots=True)
class WantedFilter:
    target: Target
    operator: Operator
    values: tuple[str | float | bool, ...]
    link: Link
    all_of: bool = False  # joined by "and": where one row may have many, that asks for all of them


@dataclass(slots=True)
class Intent:
    """Filled by reading the items of a question from left to right. penalty lowers confidence."""

    measures: list[WantedMeasure] = field(default_factory=list)
    dimensions: list[WantedDimension] = field(default_factory=list)
    filters: list[WantedFilter] = field(default_factory=list)
    existences: list[tuple[Link, bool]] = field(default_factory=list)
    mentioned: list[Link] = field(default_factory=list)  # tables that are only context
    projections: list[Link] = field(default_factory=list)  # columns named without a part to play
    span: Span | None = None
    span_at: tuple[int, int] = (0, 0)
    grain: Grain | None = None
    time_column: Link | None = None  # "using ship date"
    verbs: list[int] = field(default_factory=list)  # tokens that may name a date
    told_by_value: list[int] = field(default_factory=list)  # verbs that are a value too: "cancelled"
    having: list[tuple[int, Operator, tuple[float, ...]]] = field(default_factory=list)
    subject: Link | None = None
    ranked_by: Link | None = None
    rank_adjective: tuple[str, ...] = ()
    rank_at: int = 0
    superlative: bool = False  # "the highest": one row, where no number is given
    compared_adjective: tuple[tuple[str, ...], Operator, tuple[float, ...]] | None = None  # "older than 30"
    descending: bool | None = None
    limit: int | None = None
    listing: bool = False
    distinct: bool = False
    order_link: Link | None = None
    order_descending: bool = False
    named: set[int] = field(default_factory=set)  # tokens of names, by which "number" is one more name
    used: set[int] = field(default_factory=set)
    meanings: list[Meaning] = field(default_factory=list)
    penalty: float = 0.0
    unsupported: str = ""
    needs_measure: bool = False
    weakly_grouped: bool = False  # only "each" said so: without a number that is a list
    everything: bool = False  # "all information about"
    asks_values: bool = False  # "which countries": distinct values
    first_measure: int = 10**6  # the token at which the first measure stands
    asks_place_or_time: bool = False  # "where is"
