"""A database's URL as a source: the connection code of the mesh, on the asker's own machine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cli.ask import passwords
from cli.ask.exits import AskError
from cli.ask.notices import Notices
from cli.ask.opening import Reached
from cli.ask.urls import DatabaseUrl
from meshkit.dns import SystemResolver
from meshkit.hosts import AllowedSource, HostNotAllowed, HostRules
from meshkit.secrets import Secret
from services.integration.catalog.model import Catalog
from services.integration.catalog.profile import ProfileLimits
from services.integration.executors.errors import CredentialsRejected, SourceError
from services.integration.model import Source
from services.integration.ports import Connector

_NOBODY = UUID(int=0)


class Database:
    """A Reach, see opening."""

    def __init__(self, url: DatabaseUrl, environment: Mapping[str, str]) -> None:
        self._url = url
        self._environment = environment

    @asynccontextmanager
    async def __call__(self, notices: Notices) -> AsyncIterator[Reached]:
        where = self._url.configuration
        connector = connector_for(self._url)
        try:
            password, catalog = await self._read(connector, notices)
        except HostNotAllowed as error:
            raise AskError(f"{where.host}:{where.port} isn't connected to: {error.message}.") from None
        except SourceError as error:
            raise AskError(error.text) from None
        now = datetime.now(UTC)
        source = Source(_NOBODY, _NOBODY, where.database, where, now, catalog.version, now, len(catalog.tables))

        async def opened_password() -> Secret:
            return password

        executor = connector.executor(source, opened_password)
        try:
            yield Reached(where.database, catalog, executor)
        finally:
            await executor.end()

    async def _read(self, connector: Connector[Any], notices: Notices) -> tuple[Secret, Catalog]:
        """The password that works, and the catalog. A person is asked only where the server wants a password."""
        known = passwords.known_password(self._url, self._environment)
        try:
            return await self._catalog(connector, known or Secret(""), notices)
        except CredentialsRejected:
            if known is not None or not passwords.can_prompt():
                raise
        return await self._catalog(connector, passwords.prompted(self._url), notices)

    async def _catalog(self, connector: Connector[Any], password: Secret, notices: Notices) -> tuple[Secret, Catalog]:
        where = self._url.configuration
        with notices.progress(f"Reading {where.database}") as progress:
            return password, await connector.read_catalog(where, password, progress)


def connector_for(url: DatabaseUrl) -> Connector[Any]:
    """The mesh's own way to reach this kind. Every host may be named: the network is the asker's own."""
    where = url.configuration
    rules = HostRules(
        allow_private=True,
        allowed_sources=frozenset({AllowedSource(where.host.lower().removesuffix("."), where.port, where.database)}),
    )
    more: dict[str, Any] = {"profile_limits": ProfileLimits(), "clock": lambda: datetime.now(UTC)}
    match url.kind:
        case "mysql":
            from services.integration.adapters.mysql_sources import MysqlConnector

            return MysqlConnector(rules, SystemResolver(), **more)
        case "clickhouse":
            from services.integration.adapters.clickhouse_sources import ClickhouseConnector

            return ClickhouseConnector(rules, SystemResolver(), **more)
        case _:
            from services.integration.adapters.postgres_sources import PostgresConnector

            return PostgresConnector(rules, SystemResolver(), **more)
