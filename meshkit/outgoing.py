"""Writing a stream's messages to a client that may be slow."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc

from meshkit.errors import DeadlineExceeded

# Seconds that one message may wait for the client to take it; after that the stream ends and frees what it holds.
WRITE_TIMEOUT = 60.0


async def write(context: grpc.aio.ServicerContext[Any, Any], message: Any) -> None:
    """Writes one message; raises DeadlineExceeded if the client doesn't read."""
    try:
        async with asyncio.timeout(WRITE_TIMEOUT):
            await context.write(message)
    except TimeoutError:
        raise DeadlineExceeded("the stream wasn't read") from None
