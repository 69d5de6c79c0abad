"""clickhouse-connect, held to one judged address: its own ways trust names, redirects, proxies and what it is told."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from clickhouse_connect.driver.asyncclient import AsyncClient

_CODE = "X-ClickHouse-Exception-Code"
# Sessions and connections: a query, and the one that ends it.
_AT_ONCE = 2


class ServerRefused(Exception):
    """The server answered something else than a result. `code` is ClickHouse's own, or 0; its text is left behind."""

    def __init__(self, status: int, code: int) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.code = code


class _OneAddress(AbstractResolver):
    """Any name is the judged address."""

    def __init__(self, address: str, port: int) -> None:
        self._address = address
        self._port = port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = socket.AF_INET6 if ":" in self._address else socket.AF_INET
        return [
            ResolveResult(
                hostname=host, host=self._address, port=port, family=found, proto=0, flags=socket.AI_NUMERICHOST
            )
        ]

    async def close(self) -> None:
        return

    def socket(self, found: Sequence[Any]) -> socket.socket:
        """A socket for the judged address and port; no other is ever connected to, whoever leads there."""
        family, kind, protocol, _, place = found
        if tuple(place[:2]) != (self._address, self._port):
            raise OSError("not the judged address")
        return socket.socket(family, kind, protocol)


async def _only_results(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Neither follow anywhere nor read the text of a failure, which has no bound and quotes data."""
    answer = await handler(request)
    code = answer.headers.get(_CODE, "")
    if answer.status == 200 and not code:
        return answer
    answer.close()
    raise ServerRefused(answer.status, int(code) if code.isascii() and code.isdigit() and len(code) < 6 else 0)


def open_client(
    *, host: str, address: str, port: int, username: str, password: str, database: str, tls: ssl.SSLContext | None
) -> AsyncClient:
    """A client that asks nothing by itself: connections are made by the first query, to the address alone."""
    client = AsyncClient(
        interface="https" if tls else "http",
        host=host,
        port=port,
        username=username,
        password=password,
        database=database,
        compress=False,
        query_retries=0,
        autogenerate_session_id=False,
        show_clickhouse_errors=False,
        headers={"User-Agent": "infinure"},
    )
    judged = _OneAddress(address, port)
    client._backend.proxy_url = None

    def session() -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=judged, socket_factory=judged.socket, use_dns_cache=False, ssl=tls or True, limit=_AT_ONCE
            ),
            middlewares=(_only_results,),
            headers=client.headers,
            timeout=aiohttp.ClientTimeout(total=None),
            trust_env=False,
            auto_decompress=False,
            skip_auto_headers={"Accept-Encoding"},
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    client._backend._new_session = session  # type: ignore[method-assign]
    client._backend.ensure_session()
    # What it would ask first (its version, every setting) we ask ourselves, as far as we need it and within bounds.
    client._initialized = True
    return client
