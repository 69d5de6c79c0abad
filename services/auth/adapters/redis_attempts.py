"""Counts of failed logins in Redis, one script each; in PostgreSQL while Redis is away.

A count that began in one store isn't seen in the other, so whoever can make Redis fail gains one more window's worth of
tries; but they are inside already.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import TypeVar
from uuid import UUID

from redis.exceptions import RedisError

from meshkit.redis import Names, Redis
from services.auth.ports import Attempts

# Seconds for which Redis isn't asked again after it failed.
REST = 5.0
# Counted before anybody is known, so of no organization.
NOBODYS = UUID(int=0)
T = TypeVar("T")
log = logging.getLogger(__name__)

# KEYS: the count. ARGV: now and the window's length, in milliseconds. A window opens with its first count.
_COUNT = """
local start = tonumber(redis.call('HGET', KEYS[1], 'start'))
if not start or start <= ARGV[1] - ARGV[2] then
    redis.call('DEL', KEYS[1])
    redis.call('HSET', KEYS[1], 'start', ARGV[1])
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return redis.call('HINCRBY', KEYS[1], 'failures', 1)
"""
_SO_FAR = """
local start = tonumber(redis.call('HGET', KEYS[1], 'start'))
if not start or start <= ARGV[1] - ARGV[2] then return 0 end
return tonumber(redis.call('HGET', KEYS[1], 'failures'))
"""
_TAKE_BACK = """
local failures = tonumber(redis.call('HGET', KEYS[1], 'failures'))
if failures and failures > 0 then redis.call('HINCRBY', KEYS[1], 'failures', -1) end
return 0
"""


class RedisAttempts:
    """The port Attempts. Raises RedisError where Redis doesn't do its part."""

    def __init__(self, redis: Redis, names: Names) -> None:
        self._redis = redis
        self._names = names
        self._count, self._so_far, self._take_back = map(redis.register_script, (_COUNT, _SO_FAR, _TAKE_BACK))

    async def count(self, key: bytes, window: timedelta, now: datetime) -> int:
        return int(await self._count(keys=[self._key(key)], args=_milliseconds(window, now)))

    async def so_far(self, key: bytes, window: timedelta, now: datetime) -> int:
        return int(await self._so_far(keys=[self._key(key)], args=_milliseconds(window, now)))

    async def take_back(self, key: bytes) -> None:
        await self._take_back(keys=[self._key(key)])

    async def forget(self, key: bytes) -> None:
        await self._redis.delete(self._key(key))

    def _key(self, key: bytes) -> str:
        return self._names.key(NOBODYS, "attempts", key.hex())


@dataclass
class AttemptsWithFallback:
    """The port Attempts: the first store, and the second while the first is away."""

    first: Attempts
    second: Attempts
    clock: Callable[[], float] = monotonic
    _resting_until: float = 0.0

    async def count(self, key: bytes, window: timedelta, now: datetime) -> int:
        return await self._either(lambda store: store.count(key, window, now))

    async def so_far(self, key: bytes, window: timedelta, now: datetime) -> int:
        return await self._either(lambda store: store.so_far(key, window, now))

    async def take_back(self, key: bytes) -> None:
        await self._either(lambda store: store.take_back(key))

    async def forget(self, key: bytes) -> None:
        await self._either(lambda store: store.forget(key))

    async def _either(self, what: Callable[[Attempts], Awaitable[T]]) -> T:
        if self.clock() >= self._resting_until:
            try:
                return await what(self.first)
            except RedisError as error:
                self._resting_until = self.clock() + REST
                log.warning("failed logins are counted in PostgreSQL: Redis is away: %s", type(error).__name__)
        return await what(self.second)


def _milliseconds(window: timedelta, now: datetime) -> list[int]:
    return [int(now.timestamp() * 1000), int(window.total_seconds() * 1000)]
