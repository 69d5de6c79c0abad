"""A question back about a follow-up that is surely one, while the reader isn't sure what its words ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from services.ml_gateway.engine.clarifying.asking import LEAST
from services.ml_gateway.engine.dialog.following import taken
from services.ml_gateway.engine.dialog.model import Before, Followed, Reads
from services.ml_gateway.engine.dialog.rewriting import rewritten
from services.ml_gateway.engine.dialog.sureness import if_read
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import ClarificationOption, NeedsClarification, Outcome
from services.ml_gateway.engine.query.model import Query

_FEWEST = 2


def doubtful(
    way: Followed, whole: Outcome, before: Before, reads: Reads, index: Index, weights: Mapping[str, float]
) -> NeedsClarification | None:
    """What is asked back about the whole question that a follow-up was read as, where its options come to different
    queries after what was asked before, and the right one is likely enough among them. whole: how that question ends
    by itself.
    """
    if not isinstance(whole, NeedsClarification) or not way.signs:
        return None
    likely = whole.confidence * if_read(way.signs, weights)
    if likely < LEAST:
        return None
    found: dict[Query, ClarificationOption] = {}
    for option in whole.options:
        attempt = replace(way.attempt, reading=rewritten(option.question, ()))
        made = next((one.query for one in taken(attempt, before, reads, index) if one.query is not None), None)
        if made is not None:
            found.setdefault(made, option)
    if len(found) < _FEWEST:
        return None
    return replace(whole, options=tuple(found.values()), confidence=round(likely, 3))
