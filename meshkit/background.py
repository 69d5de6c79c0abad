"""Background tasks of a process: kept running, restarted with backoff, ended with it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

_LOG = logging.getLogger("meshkit.background")

Background = Callable[[], Awaitable[None]]

FIRST_DELAY = 0.2
LONGEST_DELAY = 30.0
# Seconds of running after which a task counts as recovered.
SETTLED = 60.0


@asynccontextmanager
async def running(tasks: Sequence[Background]) -> AsyncIterator[None]:
    """Runs the tasks while the block runs; leaving it cancels them and waits until they have ended."""
    started = [asyncio.create_task(_supervised(task)) for task in tasks]
    try:
        yield
    finally:
        for task in started:
            task.cancel()
        await asyncio.gather(*started, return_exceptions=True)


async def _supervised(task: Background) -> None:
    """Until it returns by itself; what it raises is logged, and it starts again after 0.2 to 30 seconds."""
    name = getattr(task, "__qualname__", repr(task))
    loop = asyncio.get_running_loop()
    delay = FIRST_DELAY
    while True:
        began = loop.time()
        try:
            await task()
            return
        except Exception as error:
            if loop.time() - began > SETTLED:
                delay = FIRST_DELAY
            _LOG.warning("background task failed", exc_info=error, extra={"task": name, "retry_seconds": delay})
        await asyncio.sleep(delay)
        delay = min(delay * 2, LONGEST_DELAY)
