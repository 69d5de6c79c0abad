"""A file through the edge into the store of files, against a bare copy through an Envoy that does nothing else."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx

from benchmarks.figures import Aim, Figure, median
from benchmarks.mesh import Mesh
from benchmarks.people import Person
from tests.builders.ports import free_port

SUBJECT = "uploads"
MEGABYTE = 1_000_000
SIZE, PIECE, ROUNDS = 200 * MEGABYTE, 1 << 20, 5


async def measure(mesh: Mesh, person: Person) -> list[Figure]:
    """Each round sends the same bytes once by either way; the file is forgotten after it."""
    content = b"a,b,c\n" * (SIZE // 6)
    async with _sink() as sink, httpx.AsyncClient(timeout=120) as client:
        with _bare_envoy(sink) as bare:
            await _sent(client, bare, "/", content, {})
            both = []
            for _ in range(ROUNDS):
                copied = await _sent(client, bare, "/", content, {})
                both.append((copied, await _uploaded(client, mesh, person, content)))
    ratios = [copied / uploaded for copied, uploaded in both]
    rate = SIZE / MEGABYTE / median([uploaded for _, uploaded in both])
    plain = SIZE / MEGABYTE / median([copied for copied, _ in both])
    return [
        Figure(SUBJECT, "bare copy through Envoy", "MB/s", plain, note=f"{SIZE // MEGABYTE} MB, one after the other"),
        Figure(
            SUBJECT,
            "upload through the edge, kept on disk",
            "MB/s",
            rate,
            ratio=median(ratios),
            baseline="the copy",
            aim=Aim(0.5, at_least=True),
            note="100 MB/s would do as well",
        ),
    ]


async def _uploaded(client: httpx.AsyncClient, mesh: Mesh, person: Person, content: bytes) -> float:
    headers = {"authorization": f"Bearer {person.token}"}
    address = f"http://{mesh.edge}"
    taken = await _sent(client, address, "/v1/integrations/uploads/bench.csv", content, headers)
    listed = (await client.get(f"{address}/v1/integrations/uploads", headers=headers)).json()
    for upload in listed["uploads"]:
        await client.delete(f"{address}/v1/integrations/uploads/{upload['id']}", headers=headers)
    return taken


async def _sent(client: httpx.AsyncClient, address: str, path: str, content: bytes, headers: dict[str, str]) -> float:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(content), PIECE):
            yield content[start : start + PIECE]

    given = {"content-length": str(len(content)), "content-type": "text/csv", **headers}
    begun = time.perf_counter()
    answer = await client.post(f"{address}{path}", content=pieces(), headers=given)
    answer.raise_for_status()
    return time.perf_counter() - begun


@asynccontextmanager
async def _sink() -> AsyncIterator[int]:
    """An HTTP server in a process of its own that reads a body and says that it did; its port."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks.sink", str(port))
    try:
        await asyncio.to_thread(_wait, port)
        yield port
    finally:
        process.terminate()
        await process.wait()


@contextmanager
def _bare_envoy(upstream: int) -> Iterator[str]:
    """An Envoy with a router and nothing else before the sink; its URL."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="infinure-bench-") as folder:
        file = Path(folder) / "envoy.json"
        file.write_text(json.dumps(_configuration(port, upstream)))
        envoy = Path(sys.executable).parent / "envoy"
        options = ["--concurrency", "2", "--use-dynamic-base-id", "--log-level", "error"]
        process = subprocess.Popen([envoy, "-c", str(file), *options], env=dict(os.environ))
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def _configuration(port: int, upstream: int) -> dict[str, object]:
    kinds = "type.googleapis.com/envoy.extensions.filters"
    router = {"name": "envoy.filters.http.router", "typed_config": {"@type": f"{kinds}.http.router.v3.Router"}}
    manager = {
        "@type": f"{kinds}.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "bare",
        "http_filters": [router],
        "route_config": {
            "virtual_hosts": [
                {
                    "name": "all",
                    "domains": ["*"],
                    "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "sink", "timeout": "0s"}}],
                }
            ]
        },
    }
    chain = {"filters": [{"name": "envoy.filters.network.http_connection_manager", "typed_config": manager}]}
    endpoint = {"endpoint": {"address": _address(upstream)}}
    sink = {
        "name": "sink",
        "connect_timeout": "2s",
        "load_assignment": {"cluster_name": "sink", "endpoints": [{"lb_endpoints": [endpoint]}]},
    }
    return {
        "static_resources": {
            "listeners": [{"name": "bare", "address": _address(port), "filter_chains": [chain]}],
            "clusters": [sink],
        }
    }


def _address(port: int) -> dict[str, object]:
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}


def _wait(port: int, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise RuntimeError(f"nothing listens on port {port}") from None
            time.sleep(0.02)
