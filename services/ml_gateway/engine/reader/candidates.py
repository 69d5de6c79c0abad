"""The queries that the likeliest labellings make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.reader.assembling import Assembled, assemble
from services.ml_gateway.engine.reader.business.obeying import obedient
from services.ml_gateway.engine.reader.business.rules import by_rule
from services.ml_gateway.engine.reader.items import Sentence
from services.ml_gateway.engine.reader.labeller import Labelling, Weights, labellings, likelihood

LABELLINGS = 10
CANDIDATES = 20
_BY_RULE = 6  # kept beyond these


@dataclass(frozen=True, slots=True)
class Candidate:
    """A query, the labelling that makes it, and the place of the query among those that the labelling makes.

    division: which way of dividing the question into items (0 is the likeliest). ruled: a rule gives the same query.
    """

    query: Query
    sentence: Sentence
    labelling: Labelling
    division: int
    variant: int
    notes: tuple[str, ...]
    ruled: bool = False


def candidates(found: Sequence[Sentence], index: Index, weights: Weights) -> tuple[Candidate, ...]:
    """No query twice; those of likelier labellings first."""
    made: dict[Query, Candidate] = {}
    ruled: set[Query] = set()
    for division, sentence in enumerate(found):
        for labelling in labellings(sentence, index, weights, LABELLINGS if division == 0 else LABELLINGS // 2):
            assembled: Sequence[Assembled] = assemble(labelling.parts, sentence, index)
            for variant, one in enumerate(assembled):
                candidate = Candidate(one.query, sentence, labelling, division, variant, one.notes)
                made.setdefault(one.query, candidate)
        for divided, parts in by_rule(sentence, index):
            labelling = Labelling(parts, likelihood(divided, parts, index, weights))
            for variant, one in enumerate(assemble(parts, divided, index)):
                made.setdefault(one.query, Candidate(one.query, divided, labelling, division, variant, one.notes))
                ruled.add(one.query)
    kept = obedient(tuple(replace(one, ruled=one.query in ruled) for one in made.values()))
    order = sorted(kept, key=lambda one: (-one.labelling.score, one.division, one.variant))
    return (*order[:CANDIDATES], *[one for one in order[CANDIDATES:] if one.ruled][:_BY_RULE])
