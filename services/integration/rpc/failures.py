"""Failures of streams that have begun."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import TypeVar

from google.rpc import status_pb2

from meshkit.errors import to_status
from meshkit.telemetry import request_id

Response = TypeVar("Response")


async def with_failure(
    responses: AsyncGenerator[Response, None], failed: Callable[[status_pb2.Status], Response]
) -> AsyncGenerator[Response, None]:
    """The responses; a failure after the first is told as the last one too, then raised.

    The JSON door has sent its 200 by then, and can't show the status of the call any more.
    """
    begun = False
    async with aclosing(responses):
        try:
            async for response in responses:
                begun = True
                yield response
        except Exception as error:
            if begun:
                yield failed(to_status(error, request_id=request_id()))
            raise
