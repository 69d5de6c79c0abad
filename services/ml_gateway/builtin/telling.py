"""The events of an answer's query, whether the engine planned it or a person wrote it. Pure."""

from infinure.ml_gateway.v1 import answer_event_pb2 as events
from infinure.ml_gateway.v1 import chart_pb2, result_pb2

from services.ml_gateway.builtin import messages, vouched
from services.ml_gateway.builtin.vouched import Vouched
from services.ml_gateway.engine import Planned
from services.ml_gateway.model import KnownCatalog, QueryResult


def interpretation(plan: Planned | Vouched, known: KnownCatalog) -> events.Interpretation:
    if isinstance(plan, Vouched):
        return vouched.interpretation(plan, known)
    return messages.interpretation(plan, known)


def query(plan: Planned | Vouched, known: KnownCatalog) -> events.Query:
    return vouched.query(plan, known) if isinstance(plan, Vouched) else messages.query(plan, known)


def rows(plan: Planned | Vouched, result: QueryResult) -> result_pb2.Rows:
    """Raises ValueError where the result hasn't the plan's columns."""
    return vouched.rows(result) if isinstance(plan, Vouched) else messages.rows(plan, result)


def chart(plan: Planned | Vouched, result: QueryResult) -> chart_pb2.Chart:
    return vouched.chart(plan, result) if isinstance(plan, Vouched) else messages.chart(plan)
