"""Which engine answers for whom."""

from collections.abc import Callable
from uuid import UUID

from services.ml_gateway.ports import AnswerEngine

Route = Callable[[UUID], AnswerEngine]


def always(engine: AnswerEngine) -> Route:
    """One engine for every organization."""

    def route(organization_id: UUID) -> AnswerEngine:
        return engine

    return route
