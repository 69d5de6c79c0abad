"""How longer work tells how far it has come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

REPORT_SECONDS = 0.25
# What a catalog's reading calls its stages, in words for a person.
_STAGES = {"structure": "looking at tables", "profile": "looking at values", "keys": "looking for keys"}


@dataclass(frozen=True, slots=True)
class Progress:
    """stage: what is being done, for a person; fraction: of the whole work, 0 to 1, 0 if that can't be told."""

    stage: str
    fraction: float = 0.0
    row_count: int = 0


async def followed(work: Callable[[Callable[[str, float], None]], Awaitable[T]]) -> AsyncGenerator[Progress | T, None]:
    """The work's progress, at most every quarter of a second, and last its result.

    Closing the iterator cancels the work and waits until it has ended.
    """
    latest: Progress | None = None

    def report(stage: str, fraction: float) -> None:
        nonlocal latest
        latest = Progress(_STAGES.get(stage, stage), fraction)

    task = asyncio.ensure_future(work(report))
    try:
        while not (await asyncio.wait([task], timeout=REPORT_SECONDS))[0]:
            if latest is not None:
                told, latest = latest, None
                yield told
        yield await task
    finally:
        task.cancel()
        await asyncio.wait([task])
