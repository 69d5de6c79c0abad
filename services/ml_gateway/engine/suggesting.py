"""Questions to suggest instead: only such as have an answer here."""

from collections.abc import Iterable
from datetime import datetime

from services.ml_gateway.engine.engine import plan
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import Planned
from services.ml_gateway.engine.reader.planning import BAR

MOST_SUGGESTIONS = 3


def answerable(
    texts: Iterable[str],
    index: Index,
    *,
    besides: str,
    now: datetime,
    timezone: str,
    bar: float = BAR,
    most: int = MOST_SUGGESTIONS,
) -> tuple[str, ...]:
    """The first `most` of the texts that can be planned, each once, without the question that was just asked."""
    found: list[str] = []
    met = {_folded(besides)}
    for text in texts:
        if len(found) == most:
            break
        if _folded(text) not in met:
            outcome = plan(text, index, now=now, timezone=timezone, bar=bar)
            found += [text] if isinstance(outcome, Planned) else []
        met.add(_folded(text))
    return tuple(found)


def _folded(text: str) -> str:
    return text.strip().rstrip("?").rstrip().casefold()
