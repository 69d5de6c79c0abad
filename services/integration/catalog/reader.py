"""The port by which a catalog is read: our own SQL over one connection to a source, never a caller's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol


class Reader(Protocol):
    """One connection that can only read. One statement at a time; several Readers may be dialled at once.

    Rows are plain Python values: int, float, Decimal, str, bool, bytes, date, datetime, time, UUID or None. What has
    another type may come as text: the catalog's SQL casts to text whatever it wants to show.
    """

    async def rows(self, sql: str, *, timeout_seconds: float) -> Sequence[tuple[Any, ...]]:
        """All rows of one SELECT, which is bounded by its own LIMIT.

        Raises SourceError: TimedOut where the source needed longer, QueryFailed where it refused. After those two the
        Reader can be used again; after any other (Unreachable, SourceRemoved, …) it can't.
        """
        ...

    async def close(self) -> None:
        """End the connection and whatever still runs in it; safe to call twice. Never raises a SourceError."""
        ...


Dial = Callable[[], Awaitable[Reader]]
"""Opens a Reader. Raises SourceError."""

Progress = Callable[[str, float], None]
"""Hears of progress: the stage ("structure", "profile", "keys") and the fraction done of the whole, 0 to 1."""
