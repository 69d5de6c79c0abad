"""A ClickHouse client that is opened when it is first needed, and says plainly that the store is away."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self

import aiohttp
import clickhouse_connect
from clickhouse_connect.driver.asyncclient import AsyncClient
from clickhouse_connect.driver.exceptions import DatabaseError, OperationalError

from meshkit.errors import Unavailable
from services.analytics.settings import StoreSettings

Row = Sequence[Any]
_AWAY = (OperationalError, aiohttp.ClientError, TimeoutError, OSError)
# Of src/Common/ErrorCodes.cpp: too many queries, memory, disk, network, no such table or database yet, being shut down.
_AWAY_CODES = frozenset((202, 241, 243, 210, 209, 60, 236, 81, 394, 159))


class ClickHouse:
    """One service's database in ClickHouse."""

    def __init__(self, settings: StoreSettings) -> None:
        self._settings = settings
        self._client: AsyncClient | None = None
        self._opening = asyncio.Lock()

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: StoreSettings) -> AsyncIterator[Self]:
        """Doesn't connect yet: a service starts, and says it isn't ready, while its store is away."""
        store = cls(settings)
        try:
            yield store
        finally:
            if store._client is not None:
                await store._client.close()

    async def rows(
        self, sql: str, parameters: Mapping[str, Any], settings: Mapping[str, Any] | None = None
    ) -> Sequence[Row]:
        """Raises:
        Unavailable: the store can't be reached now.
        """
        with _Told():
            client = await self._opened()
            result = await client.query(sql, dict(parameters), settings=dict(settings or {}))
            return result.result_rows

    async def command(self, sql: str, parameters: Mapping[str, Any], settings: Mapping[str, Any] | None = None) -> None:
        """A statement without rows, done when this returns.

        Raises:
            Unavailable: the store can't be reached now.
        """
        with _Told():
            client = await self._opened()
            await client.command(sql, dict(parameters), settings=dict(settings or {}))

    async def ping(self) -> None:
        """Raises:
        Unavailable: the store can't answer now.
        """
        await self.rows("SELECT 1", {})

    async def _opened(self) -> AsyncClient:
        async with self._opening:
            if self._client is None:
                timeout = self._settings.timeout
                self._client = await clickhouse_connect.get_async_client(
                    **self._settings.place.arguments(),
                    connect_timeout=timeout,
                    send_receive_timeout=timeout,
                    compress=False,
                    query_limit=0,
                )
            return self._client


class _Told:
    """The client's failures as ours; their words may hold what a query held, so they go no further."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _at: object) -> None:
        if isinstance(error, DatabaseError) and not isinstance(error, OperationalError):
            if error.code in _AWAY_CODES:
                raise Unavailable("the store of usage figures can't answer now") from None
        elif isinstance(error, _AWAY):
            raise Unavailable("the store of usage figures can't be reached now") from None
