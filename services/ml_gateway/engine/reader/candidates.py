"""The queries that the likeliest labellings make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.reader.assembling import Assembled, assemble
from services.ml_gateway.engine.reader.items import Sentence
from services.ml_gateway.engine.reader.labeller import Labelling, Weights, labellings

LABELLINGS = 10
CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A query, the labelling that makes it, and the place of the query among those that the labelling makes.

    division: which way of dividing the question into items (0 is the likeliest).
    """

    query: Query
    sentence: Sentence
    labelling: Labelling
    division: int
    variant: int
    notes: tuple[str, ...]


def candidates(found: Sequence[Sentence], index: Index, weights: Weights) -> tuple[Candidate, ...]:
    """No query twice; those of likelier labellings first."""
    made: dict[Query, Candidate] = {}
    for division, sentence in enumerate(found):
        for labelling in labellings(sentence, index, weights, LABELLINGS if division == 0 else LABELLINGS // 2):
            assembled: Sequence[Assembled] = assemble(labelling.parts, sentence, index)
            for variant, one in enumerate(assembled):
                candidate = Candidate(one.query, sentence, labelling, division, variant, one.notes)
                made.setdefault(one.query, candidate)
    order = sorted(made.values(), key=lambda one: (-one.labelling.score, one.division, one.variant))
    return tuple(order[:CANDIDATES])
