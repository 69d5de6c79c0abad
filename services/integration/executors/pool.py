"""The few connections that one source's queries share; idle ones are kept for a while, broken ones never."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, TypeVar

_CLOSE_SECONDS = 2.0


class Pooled(Protocol):
    """A connection as pools see it, of whatever driver."""

    def is_closed(self) -> bool: ...

    def is_in_transaction(self) -> bool: ...

    async def close(self, *, timeout: float) -> None:
        """Take leave of the server; may raise whatever the driver raises."""
        ...

    def terminate(self) -> None:
        """End it without a word. Never raises."""
        ...


C = TypeVar("C", bound=Pooled)


class Pool(Generic[C]):
    """Whoever takes a connection gives it back or discards it. How many are out is not this class's to bound."""

    def __init__(
        self, dial: Callable[[], Awaitable[C]], *, keep: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._dial = dial
        self._keep = keep
        self._clock = clock
        self._idle: list[tuple[float, C]] = []
        self._closed = False

    @property
    def kept(self) -> int:
        """Idle connections."""
        return len(self._idle)

    async def take(self) -> tuple[C, bool]:
        """A connection, and whether it was used before (its server may be gone by now)."""
        while self._idle:
            _, connection = self._idle.pop()
            if not connection.is_closed():
                return connection, True
        return await self._dial(), False

    async def give_back(self, connection: C) -> None:
        """To be called outside of a transaction alone."""
        if self._closed or connection.is_closed() or connection.is_in_transaction() or len(self._idle) >= self._keep:
            await self.discard(connection)
        else:
            self._idle.append((self._clock(), connection))

    async def discard(self, connection: C) -> None:
        try:
            await connection.close(timeout=_CLOSE_SECONDS)
        except Exception:
            connection.terminate()

    async def close_idle(self, older_than_seconds: float) -> None:
        limit = self._clock() - older_than_seconds
        stale = [connection for since, connection in self._idle if since <= limit]
        self._idle = [(since, connection) for since, connection in self._idle if since > limit]
        await asyncio.gather(*(self.discard(connection) for connection in stale))

    async def close(self) -> None:
        self._closed = True
        await self.close_idle(0)
