"""An asynchronous context that stays open between questions, on a loop that runs only while something is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


@contextmanager
def held(runner: asyncio.Runner, context: AbstractAsyncContextManager[T]) -> Iterator[T]:
    """What the context gives; it is entered and left in one task, as contexts that start tasks of their own need it."""
    value, task, leave = runner.run(_entered(context))
    try:
        yield value
    finally:
        leave.set()
        runner.run(_left(task))


async def _entered(context: AbstractAsyncContextManager[T]) -> tuple[T, asyncio.Task[None], asyncio.Event]:
    ready: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    leave = asyncio.Event()

    async def hold() -> None:
        async with context as value:
            ready.set_result(value)
            await leave.wait()

    task = asyncio.create_task(hold())
    either: set[asyncio.Future[Any]] = {task, ready}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        task.cancel()
        await asyncio.wait([task])
        raise
    if not ready.done():
        await task  # raises what entering raised
    return ready.result(), task, leave


async def _left(task: asyncio.Task[None]) -> None:
    await task
