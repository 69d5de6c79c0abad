"""The one way in: a question over a prepared catalog."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.ml_gateway.engine.dialog.conversation import Dialog, converse
from services.ml_gateway.engine.dialog.single import Single
from services.ml_gateway.engine.drawing import Drawing, drawing
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import Outcome, Planned, RefusalReason, Refused
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.reader.planning import BAR
from services.ml_gateway.engine.reader.pruning.omitting import unsound
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.tokens import quiet
from services.ml_gateway.engine.whole import Whole

_UNSOUND = "That would reckon with what isn't a number. Please name the number that you mean."


def plan(
    question: str,
    index: Index,
    *,
    now: datetime,
    timezone: str = "UTC",
    earlier: Sequence[str] = (),
    bar: float = BAR,
) -> Outcome:
    """Read a question and plan its SQL. The same arguments always give the same outcome.

    now is an instant (a naive one is taken as UTC); timezone is the asker's IANA zone and decides what "today" is.
    earlier is what was said before in the same dialog, oldest first: answers to questions back as they were given.
    bar, 0..1: what is less likely right is asked back or refused; at 0 whatever can be read at all is answered.
    Raises zoneinfo.ZoneInfoNotFoundError for an unknown zone; no question makes it raise.
    """
    instant = now if now.tzinfo else now.replace(tzinfo=UTC)
    today = instant.astimezone(ZoneInfo(timezone)).date()
    drawn = drawing(quiet(question), index)
    said = [one for one in (*(drawing(quiet(one), index) for one in earlier), drawn) if not one.is_all]
    if not said or (drawn.is_all and not earlier):
        said = [Drawing(quiet(question))]
    whole = Whole(index, today, timezone, packaged(), bar)
    single = Single(index, whole.plan, today, timezone, whole.readings, bar)
    texts, dialog = [one.text for one in said], Dialog(index, single, today)
    outcome = converse(texts[-1], texts[:-1], dialog)
    while drawn.is_all and isinstance(outcome, Refused) and len(texts) > 1:
        texts.pop()  # what is drawn is the last answer
        outcome = converse(texts[-1], texts[:-1], dialog)
    if isinstance(outcome, Planned):
        outcome = drawn.drawn(outcome)
    if bar and isinstance(outcome, Planned) and isinstance(outcome.reading, Query) and unsound(outcome.reading, index):
        return Refused(RefusalReason.NOT_UNDERSTOOD, _UNSOUND)  # a follow-up, or an option that was taken
    return outcome
