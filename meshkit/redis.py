"""Redis: a cache, a bus and a limiter, never the only place of anything. One function builds every key and channel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as Lost
from redis.exceptions import TimeoutError as TimedOut

from meshkit.settings import RedisSettings

__all__ = ["Lost", "Names", "Redis", "TimedOut", "open_redis"]

# Seconds. Callers live without Redis, so they must learn soon that it is away.
TIMEOUT = 1.0


class Names:
    """Keys and channels of one service, whose ACL user may touch no others."""

    def __init__(self, service: str) -> None:
        self._service = service

    def key(self, organization_id: UUID, *parts: str | UUID) -> str:
        """`<service>:<organization>:<part>:…`; parts hold no colon, so no part can pose as two."""
        words = [str(part) for part in parts]
        if not words or any(not word or ":" in word for word in words):
            raise ValueError("a key has one or more parts, without colons")
        return ":".join((self._service, str(UUID(bytes=organization_id.bytes)), *words))

    # A channel is named as a key is; the ACL lets the user subscribe to the same prefix.
    channel = key


@asynccontextmanager
async def open_redis(settings: RedisSettings) -> AsyncIterator[Redis]:
    """A client that answers in text. Doesn't connect yet; a lost connection is tried anew on the next command."""
    client: Redis = Redis.from_url(
        settings.url.reveal(),
        decode_responses=True,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
        retry=Retry(ExponentialBackoff(cap=0.2, base=0.05), retries=1),
        health_check_interval=30,
    )
    try:
        yield client
    finally:
        await client.aclose()
