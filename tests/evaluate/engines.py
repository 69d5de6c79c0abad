"""Plans of engines that aren't well, for tests of what a run makes of them."""

from collections.abc import Sequence
from datetime import datetime

from services.ml_gateway.engine import Index, Outcome, Refused
from services.ml_gateway.engine.outcome import RefusalReason


def broken(question: str, index: Index, *, now: datetime, timezone: str) -> Outcome:
    """Fails where a question says so."""
    if "break" in question:
        raise KeyError(question)
    return Refused(RefusalReason.UNSUPPORTED, "not today")


def endless(question: str, index: Index, *, now: datetime, timezone: str) -> Outcome:
    """Never ends."""
    while True:
        pass


def telling(
    question: str, index: Index, *, now: datetime, timezone: str, earlier: Sequence[str], instructions: str
) -> Outcome:
    """Says what it was given."""
    return Refused(RefusalReason.UNSUPPORTED, f"{question} after {', '.join(earlier)} by {instructions}")
