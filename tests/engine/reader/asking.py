"""Asks the engine a question of a small catalog, on one day."""

from datetime import UTC, datetime

from services.ml_gateway.engine import Index, Outcome, plan

NOW = datetime(2026, 2, 10, tzinfo=UTC)


def asked(question: str, index: Index) -> Outcome:
    return plan(question, index, now=NOW, timezone="UTC")
