"""Answers kept for a while, a bounded number of them."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from meshkit.ids import utc_now

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class TimedCache(Generic[K, V]):
    """The least recently used answer leaves first. A failure is not kept."""

    def __init__(self, life: timedelta, at_most: int, clock: Callable[[], datetime] = utc_now) -> None:
        self._life = life
        self._at_most = at_most
        self._clock = clock
        self._kept: OrderedDict[K, tuple[datetime, V]] = OrderedDict()

    async def get(self, key: K, fetch: Callable[[], Awaitable[V]]) -> V:
        """The answer kept, or fetched."""
        kept = self._kept.get(key)
        if kept is not None and kept[0] > self._clock():
            self._kept.move_to_end(key)
            return kept[1]
        value = await fetch()
        self._kept[key] = (self._clock() + self._life, value)
        self._kept.move_to_end(key)
        if len(self._kept) > self._at_most:
            self._kept.popitem(last=False)
        return value
