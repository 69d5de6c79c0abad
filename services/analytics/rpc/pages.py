"""Positions in the listing of queries as page tokens, bound to the caller and to the time bounds."""

from datetime import datetime
from uuid import UUID

from meshkit.identity import Caller
from meshkit.paging import PageTokens
from services.analytics.model import Position, Range


def sealed(tokens: PageTokens, position: Position | None, within: Range, caller: Caller) -> str:
    """The next page's token; empty after the last."""
    if position is None:
        return ""
    place = {"time": position.timestamp.isoformat(), "id": str(position.id)}
    return tokens.seal(place, listing=_listing(within), caller=caller)


def opened(tokens: PageTokens, token: str, within: Range, caller: Caller) -> Position | None:
    """Raises:
    InvalidArgument: PAGE_TOKEN_INVALID.
    """
    place = tokens.open(token, listing=_listing(within), caller=caller)
    return Position(datetime.fromisoformat(place["time"]), UUID(place["id"])) if place is not None else None


def _listing(within: Range) -> str:
    return f"queries {within.start} {within.end}"
