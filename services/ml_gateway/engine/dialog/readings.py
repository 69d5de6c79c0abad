"""The learned reader as a dialog needs it: the likeliest queries of a whole question, each with how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.dialog.model import Read
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import RefusalReason, Refused
from services.ml_gateway.engine.reader.calibrating import confidence, signs
from services.ml_gateway.engine.reader.planning import meanings, read
from services.ml_gateway.engine.reader.weights import Learned
from services.ml_gateway.engine.tokens import tokenize

_MOST = 3


@dataclass(frozen=True, slots=True)
class Readings:
    """Reads over one index, on one day."""

    index: Index
    learned: Learned
    today: date
    timezone: str

    def __call__(self, question: str, /) -> Sequence[Read]:
        asked = Asked(question, tokenize(question[:5000]), self.today, self.timezone)
        order = read(asked, self.index, self.learned)
        if not order:
            message = "I could not find out what you are asking about."
            return (Read(None, 0.0, failure=Refused(RefusalReason.NOT_UNDERSTOOD, message)),)
        sure = confidence(signs(order), self.learned.calibration)
        best = max(order[0].share, 1e-6)
        return tuple(
            Read(
                one.candidate.query,
                min(sure, sure * one.share / best),
                tuple(meanings(one.candidate.labelling.parts, asked, self.index)),
            )
            for one in order[:_MOST]
        )
