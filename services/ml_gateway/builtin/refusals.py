"""Refusals that the data's side gives cause for, and questions to suggest instead."""

from collections.abc import Sequence

from infinure.ml_gateway.v1 import answer_event_pb2 as events

from services.ml_gateway.engine import Index, Refused
from services.ml_gateway.engine.suggesting import answerable
from services.ml_gateway.model import KnownCatalog, Question, Source

CONNECT = (
    "There is no data source to ask yet. Connect one under Data sources, or ask whoever manages your organization's "
    "data."
)


def no_source(sources: Sequence[Source]) -> events.Refusal:
    """Nothing can be asked; says what to do."""
    text = CONNECT
    if sources:
        states = "; ".join(f"{source.name}: {source.state_text or 'not ready yet'}" for source in sources[:3])
        text = f"None of your data sources can be asked now ({states}). Try again in a moment, or see Sources."
    return events.Refusal(reason=events.REFUSAL_REASON_NO_SOURCE, text=text)


def not_permitted(said: str, suggestions: Sequence[str]) -> events.Refusal:
    """The boundary's own sentence names whom to ask."""
    text = said or "You may not see this data. Ask whoever manages your organization's data sources."
    return events.Refusal(reason=events.REFUSAL_REASON_NOT_PERMITTED, text=text, suggestions=suggestions)


def too_complex() -> events.Refusal:
    text = "That takes a larger query than may run. Ask for less at once: fewer groups or a shorter time."
    return events.Refusal(reason=events.REFUSAL_REASON_NOT_SUPPORTED, text=text)


def typed(said: str) -> events.Refusal:
    """A query that the asker wrote and the boundary doesn't run, in its own words."""
    text = f"That SQL can't be run: {said}." if said else "That SQL can't be run."
    return events.Refusal(reason=events.REFUSAL_REASON_NOT_SUPPORTED, text=text)


def outdated_verified() -> events.Refusal:
    """A person's query that the boundary accepted when it was verified, and does no more."""
    text = "The verified query for this question can't run any more. Ask whoever verified it to look at it."
    return events.Refusal(reason=events.REFUSAL_REASON_NOT_SUPPORTED, text=text)


def suggestions(
    question: Question, known: KnownCatalog, index: Index, refused: Refused | None, bar: float
) -> list[str]:
    """Questions that have an answer here, planned to be sure: the semantic model's own first, then the engine's."""
    offered = (*known.catalog.suggested_questions, *(refused.suggestions if refused else ()))
    found = answerable(offered, index, besides=question.text, now=question.now, timezone=question.time_zone, bar=bar)
    return list(found)
