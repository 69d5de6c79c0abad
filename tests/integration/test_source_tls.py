"""TLS to MySQL and ClickHouse sources: the configured name is proven although the connection goes to an address."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from services.integration.executors import clickhouse_connection, mysql_connection
from services.integration.executors.errors import TlsFailed
from services.integration.executors.tls import Tls
from tests.builders import certificates as builder
from tests.builders.certificates import TestCertificates
from tests.builders.clickhouse import RunningClickHouse
from tests.builders.mariadb import MariaDatabase, MariaServer, running_mariadb
from tests.integration import clickhouse as clickhouse_place
from tests.integration import mysql as mysql_place

Dial = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="module")
def certificates() -> Iterator[TestCertificates]:
    with builder.certificates() as made:
        yield made


@pytest.fixture(scope="module")
def encrypted(certificates: TestCertificates) -> Iterator[MariaDatabase]:
    with running_mariadb(certificates.tls("auth")) as server:
        yield server.empty_database("encrypted")


@pytest.fixture
async def tls_port(clickhouse: RunningClickHouse, certificates: TestCertificates) -> AsyncIterator[int]:
    """A port at which the embedded server speaks TLS."""
    files = certificates.tls("auth")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.certificate, files.key)
    async with forwarding(clickhouse.port, context) as port:
        yield port


@asynccontextmanager
async def forwarding(onward: int, context: ssl.SSLContext) -> AsyncIterator[int]:
    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind, further = await asyncio.open_connection("127.0.0.1", onward)
        await asyncio.gather(pipe(reader, further), pipe(behind, writer))

    async with await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture(params=["mysql", "clickhouse"])
def dial(request: pytest.FixtureRequest, clickhouse: RunningClickHouse, tls_port: int) -> Dial:
    """Connects with the changes wanted and asks something."""
    encrypted: MariaDatabase = request.getfixturevalue("encrypted")

    async def mysql(**changes: Any) -> Any:
        connection = await mysql_connection.dial(mysql_place.target(encrypted, **changes), 5.0)
        found = await connection.rows("SHOW SESSION STATUS LIKE 'Ssl_cipher'")
        connection.terminate()
        return bool(found[0][1])

    async def over_http(**changes: Any) -> Any:
        wanted = clickhouse_place.target(clickhouse, port=tls_port, **changes)
        connection = await clickhouse_connection.dial(wanted, 5.0)
        found = await connection.rows("SELECT 1", timeout_ms=1000)
        await connection.close(timeout=1)
        return found == [(1,)]

    return mysql if request.param == "mysql" else over_http


@pytest.mark.parametrize("tls", [Tls.PREFER, Tls.REQUIRE])
async def test_any_certificate_will_do_unless_asked(dial: Dial, tls: Tls) -> None:
    assert await dial(tls=tls, host="elsewhere.example.test")


async def test_the_right_name_under_a_trusted_authority_is_accepted(
    dial: Dial, certificates: TestCertificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.tls("auth").authority))
    assert await dial(tls=Tls.VERIFY_FULL, host="localhost")


async def test_another_name_is_refused(
    dial: Dial, certificates: TestCertificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.tls("auth").authority))
    with pytest.raises(TlsFailed):
        await dial(tls=Tls.VERIFY_FULL, host="elsewhere.example.test")


async def test_an_unknown_authority_is_refused(dial: Dial) -> None:
    with pytest.raises(TlsFailed):
        await dial(tls=Tls.VERIFY_FULL, host="localhost")


async def test_preferring_tls_takes_a_server_without(mariadb: MariaServer) -> None:
    database = mariadb.empty_database("plain")
    connection = await mysql_connection.dial(mysql_place.target(database, tls=Tls.PREFER), 5.0)
    assert await connection.rows("SELECT 1") == ((1,),)
    connection.terminate()
    mariadb.drop(database)
