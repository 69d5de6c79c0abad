"""Which queries run where: one executor per source, bounded concurrency, and how a removed source's queries end."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from services.integration.executors.errors import Busy
from services.integration.executors.port import Executor
from services.integration.model import Source

SWEEP_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class RunningLimits:
    """Queries at once per source and per organization, seconds that one waits for its turn, and how many may wait."""

    per_source: int = 4
    per_organization: int = 12
    wait_seconds: float = 10.0
    waiting_per_organization: int = 100
    idle_seconds: float = 60.0


@dataclass(slots=True)
class _Turns:
    """First come, first served."""

    free: asyncio.Semaphore
    holders: int = 0


@dataclass(slots=True)
class _Slot:
    executor: Executor
    users: int = field(default=0)


class RunningSources:
    """Executors by source. A source is opened by its first query and closed when it has been idle."""

    def __init__(self, open_executor: Callable[[Source], Executor], limits: RunningLimits) -> None:
        self._open = open_executor
        self._limits = limits
        self._slots: dict[tuple[UUID, UUID], _Slot] = {}
        self._organizations: dict[UUID, _Turns] = {}
        self._sources: dict[tuple[UUID, UUID], _Turns] = {}
        self._waiting: defaultdict[UUID, int] = defaultdict(int)

    @asynccontextmanager
    async def turn(self, source: Source) -> AsyncIterator[Executor]:
        """The source's executor, when it is this query's turn. Raises Busy."""
        key = source.organization_id, source.id
        organization = self._organizations.setdefault(
            source.organization_id, _Turns(asyncio.Semaphore(self._limits.per_organization))
        )
        own = self._sources.setdefault(key, _Turns(asyncio.Semaphore(self._limits.per_source)))
        organization.holders += 1
        own.holders += 1
        try:
            # The source's turn first: who waits for a slow source must not hold a place of the whole organization.
            async with (
                self._waited(source.organization_id, own.free),
                self._waited(source.organization_id, organization.free),
            ):
                slot = self._slots.get(key) or self._slots.setdefault(key, _Slot(self._open(source)))
                slot.users += 1
                try:
                    yield slot.executor
                finally:
                    slot.users -= 1
        finally:
            organization.holders -= 1
            own.holders -= 1
            if not organization.holders:
                self._organizations.pop(source.organization_id, None)
            if not own.holders:
                self._sources.pop(key, None)

    @asynccontextmanager
    async def _waited(self, organization_id: UUID, free: asyncio.Semaphore) -> AsyncIterator[None]:
        if self._waiting[organization_id] >= self._limits.waiting_per_organization:
            raise Busy("too many queries wait")
        self._waiting[organization_id] += 1
        try:
            async with asyncio.timeout(self._limits.wait_seconds):
                await free.acquire()
        except TimeoutError:
            raise Busy("no query ended in time") from None
        finally:
            self._waiting[organization_id] -= 1
            if not self._waiting[organization_id]:
                del self._waiting[organization_id]
        try:
            yield
        finally:
            free.release()

    async def end(self, organization_id: UUID, source_id: UUID) -> None:
        """End the source's queries and close its connections."""
        slot = self._slots.pop((organization_id, source_id), None)
        if slot:
            await slot.executor.end()

    async def sweep(self) -> None:
        """For ever: close connections that nobody uses, and forget sources that nobody asks."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            for key, slot in tuple(self._slots.items()):
                await slot.executor.close_idle(self._limits.idle_seconds)
                if not slot.users and slot.executor.idle:
                    self._slots.pop(key, None)

    async def close(self) -> None:
        """End everything; for when the process stops."""
        for key in tuple(self._slots):
            await self.end(*key)
