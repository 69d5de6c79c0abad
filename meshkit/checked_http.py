"""HTTP to addresses that others chose: what `hosts` judged is connected to, and no reply is longer than it may be."""

from collections.abc import AsyncIterator

import httpx

from meshkit.dns import SystemResolver
from meshkit.hosts import LOOPBACK, HostNotAllowed, HostRules, Resolver, check_host, is_within

MOST_BYTES = 256 * 1024
SECONDS = 5.0
PORTS = {"https": 443, "http": 80}


class Refused(httpx.TransportError):
    """The address isn't asked, or its reply is too long."""


class CheckedTransport(httpx.AsyncBaseTransport):
    """Resolves a name once and connects to an address that was judged; plain http to this machine alone."""

    def __init__(self, rules: HostRules, resolver: Resolver) -> None:
        self._rules = rules
        self._resolver = resolver
        self._transport = httpx.AsyncHTTPTransport(retries=0, trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if url.scheme not in PORTS or url.userinfo:
            raise Refused("not an address to ask", request=request)
        try:
            port = url.port or PORTS[url.scheme]
            checked = await check_host(url.host, port, self._rules, self._resolver)
        except HostNotAllowed as error:
            raise Refused(error.message, request=request) from None
        address = checked.addresses[0]
        if url.scheme == "http" and not is_within(address, LOOPBACK):
            raise Refused("https alone", request=request)
        # The name stays in the header Host and in TLS, which verifies it.
        direct = httpx.Request(
            request.method,
            url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": checked.name},
        )
        response = await self._transport.handle_async_request(direct)
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _Bounded(response.stream, request)
        return response

    async def aclose(self) -> None:
        await self._transport.aclose()


class _Bounded(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, request: httpx.Request) -> None:
        self._stream = stream
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > MOST_BYTES:
                raise Refused("the reply is too long", request=self._request)
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


def open_client(rules: HostRules, resolver: Resolver | None = None) -> httpx.AsyncClient:
    """A client that follows no redirect and takes nothing compressed."""
    return httpx.AsyncClient(
        transport=CheckedTransport(rules, resolver or SystemResolver()),
        timeout=SECONDS,
        follow_redirects=False,
        trust_env=False,
        headers={"accept-encoding": "identity"},
    )
