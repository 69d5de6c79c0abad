"""What the rows of a source's tables show, table by table, as far as the time reaches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from services.integration.catalog.dialects.port import Dialect
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reader import Dial
from services.integration.catalog.structure import Found
from services.integration.catalog.table_profile import Profiled, TableProfiler, unprofiled


async def profile(
    tables: Sequence[Found], dialect: Dialect, dial: Dial, limits: ProfileLimits, done: Callable[[int], None]
) -> list[Profiled]:
    """The tables with what their data showed; `done` hears how many. Raises only what a lost connection raises."""
    results: dict[int, Profiled] = {}
    # Small ones first: a large table must not take the time of many.
    waiting = sorted(enumerate(tables), key=lambda one: (one[1].estimate is None, one[1].estimate or 0), reverse=True)

    async def work() -> None:
        reader = await dial()
        try:
            while waiting:
                index, found = waiting.pop()
                results[index] = await TableProfiler(reader, dialect, found, limits).profile()
                done(len(results))
        finally:
            await reader.close()

    try:
        async with asyncio.timeout(limits.total_seconds), asyncio.TaskGroup() as group:
            for _ in range(min(limits.connections, dialect.readers, len(waiting))):
                group.create_task(work())
    except TimeoutError:  # what is known by now counts
        pass
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [results.get(index) or unprofiled(found) for index, found in enumerate(tables)]
