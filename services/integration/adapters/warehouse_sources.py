"""The platform's warehouse as a source of each organization, with the service's own account and never a tenant's."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from meshkit.secrets import Secret
from services.integration.catalog.model import Catalog
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reader import Progress as ReadingProgress
from services.integration.catalog.reading import read_catalog
from services.integration.executors.clickhouse import ClickhouseExecutor
from services.integration.executors.clickhouse_connection import ClickhouseConnection, ClickhouseTarget, dial
from services.integration.executors.clickhouse_reader import ClickhouseReader
from services.integration.executors.errors import Unreachable
from services.integration.executors.port import Executor
from services.integration.executors.tls import Tls
from services.integration.model import Inspection, Source, WarehouseConfiguration
from services.integration.ports import PasswordOf

DIAL_SECONDS = 5.0


@dataclass(frozen=True)
class WarehousePlace:
    """Where the operator's ClickHouse is. No host rules are asked: its place is a setting, not a tenant's wish."""

    host: str
    port: int
    username: str
    password: str = field(repr=False)
    secure: bool

    @classmethod
    def of(cls, url: Secret) -> Self:
        """From http(s)://user:password@host:port/. Raises ValueError."""
        parts = urlsplit(url.reveal())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be http://user:password@host:port/, or https")
        secure = parts.scheme == "https"
        return cls(
            host=parts.hostname,
            port=parts.port or (8443 if secure else 8123),
            username=unquote(parts.username or "default"),
            password=unquote(parts.password or ""),
            secure=secure,
        )

    async def client(self) -> Any:
        """The official client, for loading. Raises what it raises."""
        import clickhouse_connect

        return await clickhouse_connect.get_async_client(
            host=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            secure=self.secure,
            compress=False,
            connect_timeout=DIAL_SECONDS,
            send_receive_timeout=600,
            autogenerate_session_id=False,
        )


class WarehouseConnector:
    """The port Connector."""

    def __init__(self, place: WarehousePlace, *, profile_limits: ProfileLimits, clock: Callable[[], datetime]) -> None:
        self._place = place
        self._profile_limits = profile_limits
        self._clock = clock

    async def inspect(self, configuration: WarehouseConfiguration, password: Secret) -> Inspection:
        started = time.monotonic()
        connection = await self._dial(configuration)
        latency = time.monotonic() - started
        connection.terminate()
        return Inspection("the platform's warehouse", latency)

    async def read_catalog(
        self, configuration: WarehouseConfiguration, password: Secret, progress: ReadingProgress | None = None
    ) -> Catalog:
        async def reader() -> ClickhouseReader:
            return ClickhouseReader(await self._dial(configuration))

        return await read_catalog(
            "clickhouse", reader, limits=self._profile_limits, now=self._clock(), progress=progress
        )

    def executor(self, source: Source, password: PasswordOf) -> Executor:
        configuration = source.configuration
        assert isinstance(configuration, WarehouseConfiguration)  # this is the connector of that kind

        async def connect() -> ClickhouseConnection:
            return await self._dial(configuration)

        return ClickhouseExecutor(connect)

    async def _dial(self, configuration: WarehouseConfiguration) -> ClickhouseConnection:
        place = self._place
        try:
            found = await asyncio.get_running_loop().getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
        except OSError:
            raise Unreachable("The warehouse has no address now: tell your operator.") from None
        target = ClickhouseTarget(
            host=place.host,
            address=str(found[0][4][0]),
            port=place.port,
            database=configuration.database,
            username=place.username,
            password=place.password,
            tls=Tls.VERIFY_FULL if place.secure else Tls.DISABLE,
        )
        return await dial(target, DIAL_SECONDS)
