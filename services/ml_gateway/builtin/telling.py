"""The events of an answer's query, whether the engine planned it or a person wrote it. Pure."""

from infinure.ml_gateway.v1 import answer_event_pb2 as events
from infinure.ml_gateway.v1 import chart_pb2, result_pb2

from services.ml_gateway.builtin import messages, vouched
from services.ml_gateway.builtin.vouched import Written
from services.ml_gateway.engine import Planned
from services.ml_gateway.model import KnownCatalog, QueryResult


def interpretation(plan: Planned | Written, known: KnownCatalog) -> events.Interpretation:
    if isinstance(plan, Planned):
        return messages.interpretation(plan, known)
    return vouched.interpretation(plan, known)


def query(plan: Planned | Written, known: KnownCatalog) -> events.Query:
    return messages.query(plan, known) if isinstance(plan, Planned) else vouched.query(plan, known)


def rows(plan: Planned | Written, result: QueryResult) -> result_pb2.Rows:
    """Raises ValueError where the result hasn't the plan's columns."""
    return messages.rows(plan, result) if isinstance(plan, Planned) else vouched.rows(result)


def chart(plan: Planned | Written, result: QueryResult) -> chart_pb2.Chart:
    return messages.chart(plan) if isinstance(plan, Planned) else vouched.chart(plan, result)
