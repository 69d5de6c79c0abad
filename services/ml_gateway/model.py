"""What passes between engines, the data and the one who asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp
from infinure.integration.v1.catalog_pb2 import Catalog
from infinure.ml_gateway.v1.answer_event_pb2 import (
    Clarification,
    Completed,
    Interpretation,
    Query,
    Refusal,
    Status,
    TextDelta,
)
from infinure.ml_gateway.v1.chart_pb2 import Chart
from infinure.ml_gateway.v1.result_pb2 import Row, Rows, ValueType

# What an engine may say; accepted and section are chat's, failed is the gateway's.
EngineEvent = Status | Interpretation | Query | Rows | Chart | TextDelta | Clarification | Refusal | Completed


@dataclass(frozen=True, slots=True)
class Question:
    """A question to be read at the moment `now`, its days cut in the IANA zone `time_zone`.

    source_id is the source to ask; empty lets the engine choose among the caller's. answer_id is the answer's, None for
    a question that nobody is told the answer of. choice says what was chosen, if the question is the answer to one
    asked back. with_learning is False where nothing that the organization taught shall count.
    turns are what was said before, oldest first: the question may lean on it. bar is how likely right a reading must be
    to be answered; None for as much as the engine is set to.
    may_write_sql: whether SQL that is typed as a question is run, as far as the boundary lets it.
    """

    text: str
    source_id: str
    time_zone: str
    now: datetime
    answer_id: UUID | None = None
    choice: "Choice | None" = None
    with_learning: bool = True
    turns: Sequence["Turn"] = ()
    bar: float | None = None
    may_write_sql: bool = False

    def earlier(self, source_id: str) -> tuple[str, ...]:
        """What was said before of a source, oldest first; what nobody answered may have been about any."""
        return tuple(turn.text for turn in self.turns if turn.source_id in ("", source_id))


@dataclass(frozen=True, slots=True)
class Turn:
    """Something said earlier in the same conversation; source_id is empty where nothing was asked for it."""

    text: str
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option that was chosen: of the question asked before, whose unclear words were these (empty for the whole)."""

    question: str
    words: str
    option_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the caller's; state_text says what keeps one from being asked that isn't ready."""

    id: str
    name: str
    ready: bool
    state_text: str = ""


@dataclass(frozen=True, slots=True)
class KnownCatalog:
    """A caller's catalog. Equal organization, source and version mean equal content."""

    organization_id: UUID
    source_id: str
    version: str
    catalog: Catalog

    @property
    def key(self) -> tuple[UUID, str, str]:
        return self.organization_id, self.source_id, self.version


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query gave, as the caller may see it.

    sql is what ran, as the boundary rendered it. rows are the first ones, names and types the columns'; row_count is
    how many the query gave, truncated says that the source had more than that or that rows were left out here. seconds
    is the time from sending the query to its last row.
    """

    sql: str
    tables: Sequence[str]
    policy_version: str
    scope_note: str
    names: Sequence[str]
    types: Sequence[ValueType.ValueType]
    rows: Sequence[Row]
    row_count: int
    truncated: bool
    data_time: Timestamp
    seconds: float
