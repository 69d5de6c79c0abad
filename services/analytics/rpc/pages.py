"""Positions in the listings as page tokens, bound to the caller and to what was asked."""

from datetime import datetime
from uuid import UUID

from infinure.analytics.v1 import usage_service_pb2 as pb

from meshkit.identity import Caller
from meshkit.paging import PageTokens
from services.analytics.model import Key, Position, Range


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


def sealed_groups(
    tokens: PageTokens, request: pb.AggregateQueriesRequest, caller: Caller, within: Range, last: tuple[Key, ...] | None
) -> str:
    """The bounds go with it: those that the request left open are the same on every page."""
    if last is None or within.start is None or within.end is None:
        return ""
    place = {"keys": list(last), "start": within.start.isoformat(), "end": within.end.isoformat()}
    return tokens.seal(place, listing=_grouping(request), caller=caller)


def opened_groups(
    tokens: PageTokens, request: pb.AggregateQueriesRequest, caller: Caller, first: Range
) -> tuple[Range, tuple[Key, ...] | None]:
    """The bounds and the last page's last group; `first` are the bounds of a first page.

    Raises:
        InvalidArgument: PAGE_TOKEN_INVALID.
    """
    place = tokens.open(request.page_token, listing=_grouping(request), caller=caller)
    if place is None:
        return first, None
    return Range(datetime.fromisoformat(place["start"]), datetime.fromisoformat(place["end"])), tuple(place["keys"])


def _grouping(request: pb.AggregateQueriesRequest) -> str:
    asked = pb.AggregateQueriesRequest()
    asked.CopyFrom(request)
    asked.ClearField("page_token")
    asked.ClearField("page_size")
    return f"groups {asked.SerializeToString(deterministic=True).hex()}"


def _listing(within: Range) -> str:
    return f"queries {within.start} {within.end}"
