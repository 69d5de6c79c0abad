"""The one way in: a question over a prepared catalog."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.ml_gateway.engine.dialog.conversation import Dialog, converse
from services.ml_gateway.engine.dialog.single import Single
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import Outcome
from services.ml_gateway.engine.reader.planning import BAR
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.whole import Whole


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
    whole = Whole(index, today, timezone, packaged(), bar)
    single = Single(index, whole.plan, timezone, whole.readings, bar)
    return converse(question, earlier, Dialog(index, single, today))
