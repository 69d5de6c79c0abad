"""The one way in: a question over a prepared catalog."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.candidates import Candidate, candidates
from services.ml_gateway.engine.charting import chart_for
from services.ml_gateway.engine.choosing import clarification
from services.ml_gateway.engine.compiling import compile_reading
from services.ml_gateway.engine.dialog.conversation import Dialog, converse
from services.ml_gateway.engine.dialog.single import Single
from services.ml_gateway.engine.explaining import explain
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import NeedsClarification, Outcome, Planned, Refused
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.ranking import CONFIDENT, confidence, ranked
from services.ml_gateway.engine.refusing import not_confident, refuse_early, unplaced
from services.ml_gateway.engine.tokens import tokenize
from services.ml_gateway.engine.wording import short_title


def plan(question: str, index: Index, *, now: datetime, timezone: str = "UTC", earlier: Sequence[str] = ()) -> Outcome:
    """Read a question and plan its SQL. The same arguments always give the same outcome.

    now is an instant (a naive one is taken as UTC); timezone is the asker's IANA zone and decides what "today" is.
    earlier is what was said before in the same dialog, oldest first: answers to questions back as they were given.
    Raises zoneinfo.ZoneInfoNotFoundError for an unknown zone; no question makes it raise.
    """
    instant = now if now.tzinfo else now.replace(tzinfo=UTC)
    today = instant.astimezone(ZoneInfo(timezone)).date()
    single = Single(index, lambda whole: _alone(whole, index, today, timezone), timezone)
    return converse(question, earlier, Dialog(index, single, today))


def _alone(question: str, index: Index, today: date, timezone: str) -> Outcome:
    asked = Asked(question, tokenize(question[:5000]), today, timezone)
    early = refuse_early(asked, index)
    if early:
        return early
    order = ranked(candidates(asked, index))
    best = order[0][1]
    if best.unplaced:
        return unplaced(best, asked, index)
    if best.failure:
        return best.failure
    tied = clarification(order, asked, index)
    if tied:
        return tied
    if confidence(best) < CONFIDENT:
        return not_confident(best, asked, index)
    return _planned(best, asked, index)


def _planned(best: Candidate, asked: Asked, index: Index) -> Planned | Refused | NeedsClarification:
    assert best.reading
    try:
        compiled = compile_reading(best.reading, index, asked.timezone)
    except Unreadable as problem:
        return problem.outcome
    interpretation = explain(best, asked, index)
    return Planned(
        sql=compiled.sql,
        reading=best.reading,
        columns=compiled.columns,
        interpretation=interpretation,
        chart=chart_for(compiled.columns, best.reading.dimensions),
        confidence=round(confidence(best), 3),
        tables=compiled.tables,
        fingerprint=hashlib.sha256(f"{index.catalog.dialect}\n{compiled.sql}".encode()).hexdigest()[:32],
        title=short_title(best.reading, best, asked, index),
    )
