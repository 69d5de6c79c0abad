"""Our own reading of a MySQL or MariaDB source's catalog: each statement in a read-only transaction of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from services.integration.executors.errors import SourceError, Unreachable
from services.integration.executors.mysql_connection import MysqlConnection

_CLOSE_SECONDS = 2.0
# A server that doesn't know limits of time is given this much more before we leave it.
_GRACE_SECONDS = 2.0


class MysqlReader:
    """The port catalog.reader.Reader over a connection that it owns; `dial` makes the one that ends what it left."""

    def __init__(self, connection: MysqlConnection, dial: Callable[[], Awaitable[MysqlConnection]]) -> None:
        self._connection = connection
        self._dial = dial
        self._closed = False

    async def rows(self, sql: str, *, timeout_seconds: float) -> Sequence[tuple[Any, ...]]:
        try:
            async with asyncio.timeout(timeout_seconds + _GRACE_SECONDS):
                await self._connection.begin(max(1, round(timeout_seconds * 1000)))
                try:
                    found = await self._all(sql)
                finally:
                    if self._connection.reusable:
                        await self._connection.rollback()
        except TimeoutError:
            raise Unreachable("The source doesn't answer: try again later.") from None
        return found

    async def _all(self, sql: str) -> Sequence[tuple[Any, ...]]:
        from services.integration.executors.mysql_results import ResultReader

        reader = ResultReader(await self._connection.open(sql))
        rows: list[tuple[Any, ...]] = []
        while more := await self._connection.more():
            rows += more
        return list(zip(*(column.to_pylist() for column in reader.read(rows).columns), strict=True))

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        try:
            if self._connection.reusable:
                await self._connection.close(timeout=_CLOSE_SECONDS)
                return
            self._connection.terminate()
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._end()
        except (SourceError, TimeoutError):
            self._connection.terminate()

    async def _end(self) -> None:
        other = await self._dial()
        try:
            await other.kill(self._connection.thread_id)
        finally:
            other.terminate()
