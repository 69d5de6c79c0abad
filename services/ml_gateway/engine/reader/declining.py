"""Refusals of what was read, but not surely enough: they name the words that nothing explains."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.offering import suggestions
from services.ml_gateway.engine.outcome import RefusalReason, Refused
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.omitting import omitted
from services.ml_gateway.engine.refusing import unexplained
from services.ml_gateway.engine.vocabulary import FILLER

_TOLD = (RefusalReason.NO_SUCH_DATA, RefusalReason.UNSAFE_JOIN)


def declined(best: Candidate | None, asked: Asked, index: Index, failure: Refused | None = None) -> Refused:
    """best: the likeliest reading; None where there is none. failure: why no SQL can say what is likelier still."""
    if failure and failure.reason in _TOLD:
        return replace(failure, suggestions=suggestions(index))
    if best is None:
        message = "I can only answer questions about your data, and I found none of it in this one."
        return Refused(RefusalReason.NOT_A_DATA_QUESTION, message, suggestions=suggestions(index))
    symbols = best.sentence.symbols
    unknown = [at for at, token in enumerate(asked.tokens) if symbols[at] == "~" and token.form not in FILLER]
    unknown = unknown or [at for at in omitted(best) if asked.tokens[at].text[:1].isupper()]  # "in Utopia"
    if unknown:
        linked = any(part.choice for part in best.labelling.parts)
        return unexplained(unknown, linked, asked, index)
    message = "I am not sure enough what you mean. Please name what you are after as it is called in your data."
    return Refused(RefusalReason.NOT_UNDERSTOOD, message, suggestions=suggestions(index))
