"""Questions that are a bare name of a figure: "revenue by month" has no verb and no "which"."""

from __future__ import annotations

import re

from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reader.scoring.describing import CROSSED, parts_of, shape

_SENTENCE = re.compile(
    r"^(?:please|can|could|would|will|i|we|you|for|in|of|among|who|whose|whom|where|when|why|how|show|list|find|give|"
    r"get|return|count|tell|name|display|provide|select|retrieve|fetch|see|identify|calculate|compute|determine|"
    r"report|are|is|was|were|do|does|did|has|have|had)\b|\b(?:what|which)\b"
)
_SPLIT = re.compile(r"^how many (?:\S+ ){1,6}?(?:(?:by|per) (?:\S+ ?){1,4}|are there\W*)$")

_SHAPES = ("shape", "shown", "limit")


def is_headline(sentence: Sentence) -> bool:
    """Whether it asks for a figure by its bare name."""
    text = " ".join(token.form for token in sentence.tokens)
    return not _SENTENCE.search(text) or bool(_SPLIT.search(text))


def bare(candidate: Candidate) -> dict[str, float]:
    """What there is in the query of a headline: there it is chosen otherwise than in sentences."""
    query, parts = candidate.query, dict(parts_of(candidate.query))
    return {
        **{f"headline{CROSSED}{name}": 1.0 for name in parts},
        **{f"headline {name}": value for name, value in shape(query, parts).items() if name.startswith(_SHAPES)},
        f"headline ruled={candidate.ruled}": 1.0,
        f"headline distinct={query.distinct} group={bool(query.group)}": 1.0,
        f"headline rows={query.subject is not None}": 1.0,
    }
