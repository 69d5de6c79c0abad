"""One connection to a PostgreSQL source: to the checked address alone, encrypted as asked, failing in kinds."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from services.integration.executors.errors import (
    CredentialsRejected,
    DatabaseUnknown,
    SourceError,
    TlsFailed,
    Unreachable,
)
from services.integration.executors.tls import Tls, tls_context

Connection = Any  # asyncpg.Connection: its stubs can't name the record class of a plain connection


@dataclass(frozen=True, slots=True)
class PostgresTarget:
    """Where to connect. `address` is the checked IP address; `host` is what was configured, the name to be proven."""

    host: str
    address: str
    port: int
    database: str
    username: str
    password: str = field(repr=False)
    tls: Tls = Tls.PREFER


async def dial(target: PostgresTarget, timeout_seconds: float) -> Connection:
    """A new connection that can only read. Raises Unreachable, CredentialsRejected, DatabaseUnknown or TlsFailed."""
    context = tls_context(target.tls, target.host)
    try:
        async with asyncio.timeout(timeout_seconds):
            try:
                connection = await _connect(target, context)
            except (ssl.SSLError, ConnectionError):
                if target.tls is not Tls.PREFER:
                    raise
                connection = await _connect(target, None)
            try:
                await _prepare(connection)
            except BaseException:
                connection.terminate()
                raise
            return connection
    except Exception as error:
        raise connection_failure(error, target) from None


def _connect(target: PostgresTarget, context: ssl.SSLContext | None) -> Awaitable[Connection]:
    return asyncpg.connect(
        host=target.address,
        port=target.port,
        database=target.database,
        user=target.username,
        password=target.password,
        ssl=context or False,
        statement_cache_size=0,  # nothing outlives its transaction: poolers in between need no session of ours
        server_settings={"application_name": "infinure"},
    )


async def _prepare(connection: Connection) -> None:
    # Its introspection of foreign types would call set_config, which the role may not be allowed to.
    connection._server_caps = connection._server_caps._replace(jit=False)
    await connection.execute("SET default_transaction_read_only = on")
    if connection.get_server_version() >= (14, 0):
        try:  # the server then notices a client that vanished without a word
            await connection.execute("SET client_connection_check_interval = '1s'")
        except asyncpg.PostgresError:
            return  # not every platform can; cancelling works without it


def connection_failure(error: Exception, target: PostgresTarget) -> SourceError:
    """The kind of failure, with a text that says what to do."""
    where = f"{target.host}:{target.port}"
    state = getattr(error, "sqlstate", "") or ""
    match error:
        case SourceError():
            return error
        case asyncpg.InvalidCatalogNameError():
            return DatabaseUnknown(f"{where} answers but has no database of this name: check the name.", sqlstate=state)
        case asyncpg.InvalidAuthorizationSpecificationError() | asyncpg.InsufficientPrivilegeError():
            return CredentialsRejected(
                f"{where} refused the login: check user name and password, that the role may connect to this database, "
                "and whether the server asks for TLS.",
                sqlstate=state,
            )
        case ssl.SSLError():
            return TlsFailed(f"No TLS connection to {where}: check its certificate and name, or use another TLS mode.")
        case ConnectionError() if "rejected SSL" in str(error):
            return TlsFailed(f"{where} doesn't offer TLS: turn it on there, or choose a TLS mode without it.")
        case asyncpg.TooManyConnectionsError():
            return Unreachable(f"{where} has no connection free: try again later, or raise its limit.", sqlstate=state)
        case asyncpg.CannotConnectNowError():
            return Unreachable(f"{where} is starting or stopping: try again shortly.", sqlstate=state)
        case TimeoutError():
            return Unreachable(f"{where} didn't answer in time: check host, port and firewall.")
        case OSError():
            return Unreachable(f"Nothing answers at {where}: check host, port and firewall, and that the server runs.")
        case _:
            return Unreachable(f"What answers at {where} doesn't speak PostgreSQL as expected: check host and port.")
