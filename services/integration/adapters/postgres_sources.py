"""Reaching PostgreSQL sources: the host is judged before every connect, and a judged address is connected to."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from meshkit.hosts import HostRules, Resolver, check_host
from meshkit.secrets import Secret
from services.integration.adapters.addresses import DIAL_SECONDS, first_that_answers
from services.integration.catalog.model import Catalog
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reader import Progress as ReadingProgress
from services.integration.catalog.reading import read_catalog
from services.integration.executors.port import Executor
from services.integration.executors.postgres import PostgresExecutor
from services.integration.executors.postgres_connection import Connection, PostgresTarget, dial
from services.integration.executors.postgres_inspection import inspect
from services.integration.executors.postgres_reader import PostgresReader
from services.integration.model import Inspection, PostgresConfiguration, Source
from services.integration.ports import PasswordOf


class PostgresConnector:
    """The port Connector."""

    def __init__(
        self,
        rules: HostRules,
        resolver: Resolver,
        *,
        profile_limits: ProfileLimits,
        clock: Callable[[], datetime],
        dial_seconds: float = DIAL_SECONDS,
    ) -> None:
        self._rules = rules
        self._resolver = resolver
        self._profile_limits = profile_limits
        self._clock = clock
        self._dial_seconds = dial_seconds

    async def inspect(self, configuration: PostgresConfiguration, password: Secret) -> Inspection:
        started = time.monotonic()
        connection = await self._dial(configuration, password)
        latency = time.monotonic() - started
        try:
            version, warnings = await inspect(connection, configuration.schemas)
        finally:
            connection.terminate()
        return Inspection(version, latency, warnings)

    async def read_catalog(
        self, configuration: PostgresConfiguration, password: Secret, progress: ReadingProgress | None = None
    ) -> Catalog:
        async def reader() -> PostgresReader:
            return PostgresReader(await self._dial(configuration, password))

        return await read_catalog(
            "postgres",
            reader,
            schemas=configuration.schemas,
            limits=self._profile_limits,
            now=self._clock(),
            progress=progress,
        )

    def executor(self, source: Source, password: PasswordOf) -> Executor:
        async def connect() -> Connection:
            assert isinstance(source.configuration, PostgresConfiguration)  # this is the connector of that kind
            return await self._dial(source.configuration, await password())

        return PostgresExecutor(connect)

    async def _dial(self, configuration: PostgresConfiguration, password: Secret) -> Connection:
        """The first of the host's addresses that answers. Raises HostNotAllowed, SourceError."""
        checked = await check_host(
            configuration.host, configuration.port, self._rules, self._resolver, database=configuration.database
        )

        async def dialled(address: str) -> Connection:
            target = PostgresTarget(
                host=checked.name,
                address=address,
                port=checked.port,
                database=configuration.database,
                username=configuration.username,
                password=password.reveal(),
                tls=configuration.tls,
            )
            return await dial(target, self._dial_seconds)

        return await first_that_answers(checked, dialled)
