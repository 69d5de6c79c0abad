"""TLS to a source: the configured name is proven although the connection goes to an address."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

import pytest

from services.integration.executors.errors import TlsFailed
from services.integration.executors.postgres_connection import dial
from services.integration.executors.tls import Tls
from tests.builders import certificates as builder
from tests.builders.certificates import TestCertificates
from tests.builders.postgres import Database
from tests.integration.executors import target


@pytest.fixture(scope="module")
def certificates() -> Iterator[TestCertificates]:
    with builder.certificates() as made:
        yield made


@asynccontextmanager
async def encrypting(database: Database, certificates: TestCertificates) -> AsyncIterator[int]:
    """A port at which the test server speaks TLS: the embedded one is built without."""
    files = certificates.tls("auth")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.certificate, files.key)

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(8)
        writer.write(b"S")
        with suppress(OSError):
            await writer.start_tls(context)
            behind, onward = await asyncio.open_connection("127.0.0.1", database.port)
            await asyncio.gather(pipe(reader, onward), pipe(behind, writer))

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize("tls", [Tls.PREFER, Tls.REQUIRE])
async def test_any_certificate_will_do_unless_asked(shop: Database, certificates: TestCertificates, tls: Tls) -> None:
    async with encrypting(shop, certificates) as port:
        connection = await dial(target(shop, port=port, tls=tls, host="elsewhere.example.test"), 5.0)
        assert await connection.fetchval("SELECT count(*) FROM orders") == 300
        await connection.close()


async def test_the_right_name_under_a_trusted_authority_is_accepted(
    shop: Database, certificates: TestCertificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.tls("auth").authority))
    async with encrypting(shop, certificates) as port:
        connection = await dial(target(shop, port=port, tls=Tls.VERIFY_FULL, host="localhost"), 5.0)
        assert await connection.fetchval("SELECT count(*) FROM orders") == 300
        await connection.close()


async def test_another_name_is_refused(
    shop: Database, certificates: TestCertificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.tls("auth").authority))
    async with encrypting(shop, certificates) as port:
        with pytest.raises(TlsFailed):
            await dial(target(shop, port=port, tls=Tls.VERIFY_FULL, host="elsewhere.example.test"), 5.0)


async def test_an_unknown_authority_is_refused(shop: Database, certificates: TestCertificates) -> None:
    async with encrypting(shop, certificates) as port:
        with pytest.raises(TlsFailed):
            await dial(target(shop, port=port, tls=Tls.VERIFY_FULL, host="localhost"), 5.0)
