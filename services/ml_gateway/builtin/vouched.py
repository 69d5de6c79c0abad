"""A query that stands as a person wrote it, verified or typed: the engine has no plan of it, its result tells the
columns. Pure.
"""

from dataclasses import dataclass

from infinure.ml_gateway.v1 import answer_event_pb2 as events
from infinure.ml_gateway.v1 import chart_pb2, result_pb2

from services.ml_gateway.builtin.typed import Typed
from services.ml_gateway.engine.naming import title, words
from services.ml_gateway.learning.model import VerifiedAnswer
from services.ml_gateway.model import KnownCatalog, QueryResult

_NUMBERS = frozenset(
    {result_pb2.VALUE_TYPE_INTEGER, result_pb2.VALUE_TYPE_NUMBER, result_pb2.VALUE_TYPE_DECIMAL},
)
_TIMES = frozenset({result_pb2.VALUE_TYPE_DATE, result_pb2.VALUE_TYPE_TIME})


@dataclass(frozen=True, slots=True)
class Vouched:
    """Stands where a plan would."""

    answer: VerifiedAnswer

    @property
    def sql(self) -> str:
        return self.answer.sql

    @property
    def fingerprint(self) -> str:
        return self.answer.fingerprint

    @property
    def tables(self) -> tuple[str, ...]:
        return self.answer.tables

    @property
    def title(self) -> str:
        return title(self.answer.question.strip().rstrip("?"))

    @property
    def summary(self) -> str:
        return self.answer.summary or title(self.answer.question)


Written = Vouched | Typed


def interpretation(written: Written, known: KnownCatalog) -> events.Interpretation:
    return events.Interpretation(
        summary=written.summary,
        confidence=1.0,
        source_id=known.source_id,
        source_name=known.catalog.source_name,
    )


def query(written: Written, known: KnownCatalog) -> events.Query:
    return events.Query(
        source_id=known.source_id, dialect=known.catalog.dialect, sql=written.sql, tables=written.tables
    )


def rows(result: QueryResult) -> result_pb2.Rows:
    columns = [
        result_pb2.ResultColumn(name=name, label=title(words(name)), type=kind, is_measure=_is_measure(name, kind))
        for name, kind in zip(result.names, result.types, strict=True)
    ]
    return result_pb2.Rows(
        columns=columns, rows=result.rows, total_row_count=result.row_count, truncated=result.truncated
    )


def chart(written: Written, result: QueryResult) -> chart_pb2.Chart:
    """One number by itself; one thing or time against numbers; else the rows alone."""
    name = written.title
    measured = list(map(_is_measure, result.names, result.types))
    numbers = [place for place, is_measure in enumerate(measured) if is_measure]
    others = [place for place, is_measure in enumerate(measured) if not is_measure]
    if len(numbers) == 1 and not others and result.row_count == 1:
        return chart_pb2.Chart(kind=chart_pb2.CHART_KIND_NUMBER, title=name, y_columns=numbers)
    if numbers and len(others) == 1:
        over_time = result.types[others[0]] in _TIMES
        kind = chart_pb2.CHART_KIND_LINE if over_time else chart_pb2.CHART_KIND_BAR
        return chart_pb2.Chart(kind=kind, title=name, x_column=others[0], y_columns=numbers)
    return chart_pb2.Chart(kind=chart_pb2.CHART_KIND_TABLE, title=name)


def _is_measure(name: str, kind: result_pb2.ValueType.ValueType) -> bool:
    """Whether the column counts or measures. A number that names its row doesn't: "customer_id"."""
    return kind in _NUMBERS and words(name).split()[-1:] != ["id"]
