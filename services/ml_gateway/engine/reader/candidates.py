"""The queries that the likeliest labellings make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.reader.assembling import Assembled, assemble
from services.ml_gateway.engine.reader.items import Sentence
from services.ml_gateway.engine.reader.labeller import Labelling, Weights, labellings

LABELLINGS = 12
CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """A query, the labelling that makes it, and the place of the query among those that the labelling makes."""

    query: Query
    labelling: Labelling
    variant: int
    notes: tuple[str, ...]


def candidates(sentence: Sentence, index: Index, weights: Weights) -> tuple[Candidate, ...]:
    """No query twice; those of likelier labellings first."""
    found: dict[Query, Candidate] = {}
    for labelling in labellings(sentence, index, weights, LABELLINGS):
        made: Sequence[Assembled] = assemble(labelling.parts, sentence, index)
        for variant, one in enumerate(made):
            found.setdefault(one.query, Candidate(one.query, labelling, variant, one.notes))
    return tuple(found.values())[:CANDIDATES]
