"""The operations HTTP port: /metrics, /healthz, /readyz and a service's own routes, inside the mesh only."""

import asyncio
import json
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from meshkit.settings import TlsSettings

_LOG = logging.getLogger("meshkit.operations")
# Seconds that a readiness check may take.
CHECK_TIMEOUT = 2.0


@dataclass(frozen=True)
class Reply:
    """What a route answers."""

    body: bytes
    content_type: str = "application/json"
    status: int = 200


Route = Callable[[], Awaitable[Reply]]
Check = Callable[[], Awaitable[None]]


class Operations:
    """The ASGI application. /healthz asks nothing of others: an outage elsewhere must not restart this process."""

    def __init__(self, registry: CollectorRegistry, ready: Sequence[Check], routes: Mapping[str, Route]) -> None:
        self._registry = registry
        self._ready = tuple(ready)
        self._routes: dict[str, Route] = {
            "/metrics": self._metrics,
            "/healthz": self._healthz,
            "/readyz": self._readyz,
            **routes,
        }

    async def __call__(self, scope: Mapping[str, Any], _receive: Any, send: Any) -> None:
        route = self._routes.get(scope["path"])
        if route is None or scope["method"] not in ("GET", "HEAD"):
            reply = Reply(b'{"error": "no such page"}', status=404)
        else:
            reply = await route()
        headers = [(b"content-type", reply.content_type.encode()), (b"content-length", b"%d" % len(reply.body))]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body if scope["method"] == "GET" else b""})

    async def _metrics(self) -> Reply:
        return Reply(generate_latest(self._registry), CONTENT_TYPE_LATEST)

    async def _healthz(self) -> Reply:
        return Reply(b'{"status": "alive"}')

    async def _readyz(self) -> Reply:
        for check in self._ready:
            try:
                async with asyncio.timeout(CHECK_TIMEOUT):
                    await check()
            except Exception as error:
                _LOG.warning("not ready", exc_info=error)
                return Reply(json.dumps({"status": "not ready"}).encode(), status=503)
        return Reply(b'{"status": "ready"}')


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Any:
        """The process's own handlers stay: the grpc server decides when to stop."""
        yield


@asynccontextmanager
async def serving(application: Operations, listen: str, tls: TlsSettings | None) -> AsyncIterator[str]:
    """Serves in the running loop; yields host:port. With TLS a certificate of the mesh is demanded."""
    host, _, port = listen.rpartition(":")
    config = uvicorn.Config(
        application,
        host=host,
        port=int(port),
        log_config=None,
        access_log=False,
        lifespan="off",
        http="h11",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=1,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
        ssl_ca_certs=str(tls.authority) if tls else None,
        ssl_cert_reqs=ssl.CERT_REQUIRED if tls else ssl.CERT_NONE,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        if task.done():
            await task
            raise RuntimeError(f"the operations port can't be opened at {listen}")
        await asyncio.sleep(0.005)
    try:
        yield f"{host}:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
