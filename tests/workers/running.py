"""Having a deed done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from services.integration.workers import Message, Work, Workers

DEEDS = "tests.workers.deeds"
MODULES = (
    DEEDS,
    "services.integration.executors.duckdb_work",
    "services.integration.executors.sqlite_work",
)


def work(deed: str, arguments: dict[str, Any] | None = None, **fields: Any) -> Work:
    return Work(f"{DEEDS}:{deed}", arguments or {}, **fields)


async def done(workers: Workers, deed: str, arguments: dict[str, Any] | None = None, **fields: Any) -> list[Message]:
    """All that it answers."""
    async with workers.run(work(deed, arguments, **fields)) as messages:
        return [message async for message in messages]


async def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Looks until it is so: long before anything that runs would end by itself, and however busy the machine is."""
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110  another process decides
            await asyncio.sleep(0.02)
