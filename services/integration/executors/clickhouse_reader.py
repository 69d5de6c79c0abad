"""Our own reading of a ClickHouse source's catalog."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any
from uuid import uuid4

from services.integration.executors.clickhouse_connection import ClickhouseConnection
from services.integration.executors.errors import SourceError, Unreachable

_CLOSE_SECONDS = 2.0
_GRACE_SECONDS = 2.0
_MOST_BYTES = 64 * 1024 * 1024


class ClickhouseReader:
    """The port catalog.reader.Reader over a connection that it owns."""

    def __init__(self, connection: ClickhouseConnection) -> None:
        self._connection = connection
        self._running = ""
        self._closed = False

    async def rows(self, sql: str, *, timeout_seconds: float) -> Sequence[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        self._running = str(uuid4())
        batches = self._connection.read(
            sql, self._running, timeout_ms=max(1, round(timeout_seconds * 1000)), most_bytes=_MOST_BYTES
        )
        try:
            async with asyncio.timeout(timeout_seconds + _GRACE_SECONDS), aclosing(batches):
                async for batch in batches:
                    found += zip(*(column.to_pylist() for column in batch.columns), strict=True)
        except TimeoutError:
            raise Unreachable("The source doesn't answer: try again later.") from None
        except SourceError:
            self._running = ""
            raise
        self._running = ""
        return found

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                if self._running:
                    await self._connection.kill(self._running)
            await self._connection.close(timeout=_CLOSE_SECONDS)
        except (SourceError, TimeoutError):
            self._connection.terminate()
