"""How a question ends that was read, but not surely enough: asked back where that is likely to help, else refused."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

from services.ml_gateway.engine.clarifying.offering import offered
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import NeedsClarification, RefusalReason, Refused
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.planning import Understood
from services.ml_gateway.engine.reader.pruning.declining import declined
from services.ml_gateway.engine.reader.pruning.omitting import omitted, strays

LEAST = 0.55  # how likely the right reading must be among the options
_MOST_STRAYS = 1
_LEAST_NAMED = 2  # things of the data that are named beside a word that nothing explains
# Log-odds that the right reading is among the options, as fitted on databases that nothing was learned from: of the
# likeliest reading's confidence, of the options' share of probability, and of each stray word.
_BIAS, _SURE, _SHARE, _STRAY = 0.2, 0.65, 0.1, -0.5
_HELPFUL = (RefusalReason.NOT_UNDERSTOOD, RefusalReason.NO_SUCH_DATA)


def unsure(read: Understood, index: Index, schema: Schema) -> NeedsClarification | Refused:
    """How the question ends if its likeliest reading is not sure enough.

    What leaves out something that was surely meant, and what has several words that nothing explains, is refused.
    """
    refused = declined(read.best, read.asked, index, read.failure)
    if read.failure or read.made is None or read.best is None or refused.reason not in _HELPFUL:
        return refused
    known, unknown = _named(read.best), strays(read.best)
    if omitted(read.best, index) or unknown > _MOST_STRAYS or (unknown and known < _LEAST_NAMED):
        return refused
    found = offered(read, index, schema)
    if found is None:
        return refused
    alone = len(found.readings) == 1
    likely = read.sure if alone else among(read.sure, found.share, unknown)
    if read.ways > 1:  # all of them are options
        likely = max(likely, read.sure * read.ways)
    if likely < LEAST:
        return refused
    asked = replace(found.clarification, confidence=round(likely, 3))
    return replace(asked, message=f"{refused.message} {asked.message}") if refused.words else asked


def _named(best: Candidate) -> int:
    return sum(part.choice is not None for part in best.labelling.parts)


def among(sure: float, share: float, strays: int) -> float:
    """How likely the right reading is among options that have this share of probability together, 0..1."""
    odds = _BIAS + _SURE * _logit(sure) + _SHARE * _logit(share) + _STRAY * strays
    return 1 / (1 + exp(-odds))


def _logit(share: float) -> float:
    kept = min(max(share, 1e-3), 1 - 1e-3)
    return log(kept / (1 - kept))
