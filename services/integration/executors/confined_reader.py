"""Our own SQL for a catalog, run by one worker that is kept for a whole reading."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

from services.integration.executors.confined_failures import failure
from services.integration.executors.errors import Unreachable
from services.integration.workers import Conversation, Work, WorkError, Workers, WorkFailed

_MAX_ROWS = 1_000_000
_MAX_BYTES = 256 * 1024 * 1024
# A statement may end itself at its time; only then is the worker killed.
_GRACE_SECONDS = 0.5
# Of a whole reading, in which no statement has more than its own time.
_WALL_SECONDS = 3600.0
_CPU_SECONDS = 7200


class ConfinedReader:
    """See catalog.reader.Reader. After a statement that had to be killed the next one gets another worker."""

    def __init__(self, workers: Workers, work: Work) -> None:
        self._workers = workers
        self._work = replace(work, limits=replace(work.limits, wall_seconds=_WALL_SECONDS, cpu_seconds=_CPU_SECONDS))
        self._stack = AsyncExitStack()
        self._conversation: Conversation | None = None
        self._turn = asyncio.Lock()

    async def rows(self, sql: str, *, timeout_seconds: float) -> Sequence[tuple[Any, ...]]:
        async with self._turn:
            try:
                return await self._rows(sql, timeout_seconds)
            except WorkFailed as error:
                if self._conversation is None:  # it never came to a conversation
                    await self.close()
                raise failure(error) from None
            except WorkError as error:
                await self.close()
                raise failure(error) from None
            except BaseException:
                await self.close()
                raise

    async def close(self) -> None:
        self._conversation = None
        await self._stack.aclose()

    async def _rows(self, sql: str, seconds: float) -> list[tuple[Any, ...]]:
        if self._conversation is None:
            self._conversation = await self._stack.enter_async_context(self._workers.converse(self._work))
        request = {"sql": sql, "seconds": seconds, "max_rows": _MAX_ROWS, "max_bytes": _MAX_BYTES}
        rows: list[tuple[Any, ...]] = []
        size = 0
        async for message in self._conversation.ask(request, timeout_seconds=seconds + _GRACE_SECONDS):
            if isinstance(message, dict):
                continue
            size += message.nbytes
            if size > _MAX_BYTES or len(rows) > _MAX_ROWS:
                raise Unreachable("The source's file answers with more than can be: upload it anew.")
            columns = [column.to_pylist() for column in message.columns]
            rows += zip(*columns, strict=True)
        return rows
