"""How likely it is that the best candidate is right: a logistic model over what sets it apart from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, inf, log

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.pruning.dropped import dropped
from services.ml_gateway.engine.reader.pruning.omitting import (
    is_ranked_otherwise,
    is_unqualified,
    looks_in_vain,
    omitted,
    strays,
    unsound,
)
from services.ml_gateway.engine.reader.scoring.describing import CROSSED
from services.ml_gateway.engine.reader.scoring.headlines import headline_signs
from services.ml_gateway.engine.reader.scoring.heads import ending, opening
from services.ml_gateway.engine.reader.scoring.kinds import kind_signs, merged
from services.ml_gateway.engine.reader.scoring.ranking import Ranked
from services.ml_gateway.engine.reader.scoring.settling import is_deaf
from services.ml_gateway.engine.reader.wording.standing import OPEN

_NOTES = ("nothing shown", "unbound", "unused column", "unused having", "unplaced having", "unplaced nesting")
_ONE_OF_SEVERAL = 0.7  # of a query by a number that no word names, where there are others
_CALLED_SO = 0.9
_HALF_READ = 0.2  # the most confidence in a query that leaves out what nobody says for nothing


def signs(order: Sequence[Ranked]) -> dict[str, float]:
    """Features of the best candidate among the others; order is best first and not empty."""
    order = merged(order)
    best = order[0]
    sentence = best.candidate.sentence
    likelihood = best.candidate.labelling.score
    parts = best.candidate.labelling.parts
    scores = [part.choice.score for part in parts if part.choice]
    ignored = [part.item.choices[0].score for part in parts if part.choice is None]
    second = max((one.share for one in order[1:]), default=0.0)
    content = [symbol for symbol in sentence.symbols if symbol == "~"]
    found = {
        "bias": 1.0,
        "odds": _odds(best.share),
        "share": best.share,
        "second": second,
        "likelihood": max(likelihood, -12.0),
        "likelihood per item": max(likelihood / max(len(parts), 1), -4.0),
        "weakest link": 1 - min(scores, default=0.0),
        "mean link": sum(scores) / max(len(scores), 1),
        "ignored": sum(ignored),
        "ignored sure": float(sum(score > 0.85 for score in ignored)),
        "unknown words": min(float(len(content)), 6.0),
        "unknown share": len(content) / max(len(sentence.symbols), 1),
        "items": min(float(len(parts)), 10.0),
        "long": float(len(sentence.symbols) > 20),
        "cues": float(sum(symbol in WORDS for symbol in sentence.symbols)) / 10,
        "candidates": min(len(order), 30) / 10,
        "doubt": -sum(one.share * log(max(one.share, 1e-12)) for one in order),
        "lead": max(min(best.score - max((one.score for one in order[1:]), default=-inf), 6.0), -6.0),
        "meant": best.meant,
        "meant odds": _odds(best.meant),
        "meant otherwise": next((one.meant for one in order if one.asks > best.asks), 0.0),
    }
    found |= {f"opens {opening(sentence)}": 1.0, f"ends {ending(sentence)}": 1.0}
    stray = strays(best.candidate)
    found |= {"strays": min(float(stray), 4.0), "stray": float(stray > 0), "strays or more": float(stray > 1)}
    for note in _NOTES:
        found[note] = float(best.candidate.notes.count(note))
    query = best.candidate.query
    found |= {
        "group": float(bool(query.group)), "order": float(bool(query.order)), "limit": float(query.limit is not None),
        "where": float(query.where is not None), "having": float(query.having is not None),
        "combined": float(query.combined is not None), "distinct": float(query.distinct),
        "shown": min(float(len(query.show)), 5.0),
    }  # fmt: skip
    found |= headline_signs(order)
    found |= kind_signs(order, found["headline"], found["business"])
    # What it was ranked by tells more than by how much it leads: a question half of which was left out has a clear
    # winner, too.
    return found | {f"its {name}": value for name, value in best.features.items() if CROSSED not in name}


def _odds(share: float) -> float:
    """As a logarithm, within bounds."""
    return max(min(log(max(share, 1e-6) / max(1 - share, 1e-6)), 6.0), -6.0)


def confidence(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """0..1."""
    total = sum(weights.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + exp(-max(min(total, 30.0), -30.0)))


def most_sure(best: Candidate, text: str, index: Index) -> float:
    """The greatest confidence that there may be in a query, in the light of what it leaves out or takes for granted."""
    left_out = (
        omitted(best, index) or is_unqualified(best) or is_deaf(best, text, index) or is_ranked_otherwise(best, index)
    )
    if left_out or dropped(best, index) or unsound(best.query, index) or looks_in_vain(best.query, index):
        return _HALF_READ
    return _ONE_OF_SEVERAL if OPEN in best.notes or _or_value(best) else 1.0


def _or_value(best: Candidate) -> bool:
    """ "Never shipped" as a day that is missing, where "shipped" is a state of the same rows, too."""
    return any(
        one.target.kind is TargetKind.VALUE and one.target.table == part.choice.target.table and one.score >= _CALLED_SO
        for part in best.labelling.parts
        if part.choice and part.label is Label.NULL
        for one in part.item.choices
    )
