"""A gate that lets a few through at a time for each key, and forgets keys that nobody waits for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class KeyedGate:
    """Semaphores by key."""

    def __init__(self) -> None:
        self._gates: dict[bytes, tuple[asyncio.Semaphore, int]] = {}

    @asynccontextmanager
    async def passing(self, key: bytes, at_once: int) -> AsyncIterator[None]:
        """Waits until fewer than `at_once` of the same key are inside."""
        gate, users = self._gates.get(key) or (asyncio.Semaphore(at_once), 0)
        self._gates[key] = (gate, users + 1)
        try:
            async with gate:
                yield
        finally:
            gate, users = self._gates.pop(key)
            if users > 1:
                self._gates[key] = (gate, users - 1)
