"""Streams that tell how far work has come: never silent for long, and never ended without a word."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import TypeVar

from google.rpc import status_pb2

from meshkit.errors import to_status
from meshkit.telemetry import request_id

Response = TypeVar("Response")

# Well under what proxies allow a stream to be idle; the edge's own limit is two minutes.
SILENT_SECONDS = 30.0


async def telling(
    responses: AsyncGenerator[Response, None],
    failed: Callable[[status_pb2.Status], Response],
    silent_seconds: float = SILENT_SECONDS,
) -> AsyncGenerator[Response, None]:
    """The responses, the last one again where the next is long in coming.

    A failure after the first is told as the last one too, then raised: the JSON door has sent its 200 by then, and
    can't show the status of the call any more. Closing ends the work and waits until it has ended.
    """
    latest: Response | None = None
    coming: asyncio.Queue[Response | None] = asyncio.Queue()
    # One task for all of the work: what it opened is closed where it was opened.
    work = asyncio.ensure_future(_into(coming, responses))
    try:
        while True:
            try:
                async with asyncio.timeout(silent_seconds):
                    response = await coming.get()
            except TimeoutError:
                response = latest
                if response is None:
                    continue
            if response is None:
                break
            latest = response
            yield response
        await work
    except Exception as error:
        if latest is not None:
            yield failed(to_status(error, request_id=request_id()))
        raise
    finally:
        work.cancel()
        await asyncio.wait([work])


async def _into(coming: asyncio.Queue[Response | None], responses: AsyncGenerator[Response, None]) -> None:
    try:
        async with aclosing(responses):
            async for response in responses:
                coming.put_nowait(response)
    finally:
        coming.put_nowait(None)
