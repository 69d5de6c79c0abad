"""A whole process: started by its environment, asked over mTLS, stopped by a signal; its log is JSON alone."""

import asyncio
import json
import os
import signal
import ssl
import sys

import grpc
import httpx
from grpc_health.v1 import health_pb2, health_pb2_grpc

from tests.builders.certificates import TestCertificates
from tests.builders.ports import free_port

PROGRAM = """
from dataclasses import dataclass
from meshkit import process
from meshkit.settings import ServerSettings
from tests.meshkit.echo import Echo

@dataclass(frozen=True)
class Settings:
    server: ServerSettings

async def assemble(settings, resources):
    return await Echo().assemble(resources)

process.main("auth", Settings, assemble)
"""


async def started(environment: dict[str, str]) -> asyncio.subprocess.Process:
    environ = {**os.environ, **environment}
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, env=environ, stderr=pipe)


async def test_serves_reports_and_stops(mesh: TestCertificates) -> None:
    tls, edge = mesh.tls("auth"), mesh.tls("edge")
    address, operations = f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
    process = await started(
        {
            "INFINURE_LISTEN": address,
            "INFINURE_OPERATIONS_LISTEN": operations,
            "INFINURE_TLS_CERTIFICATE": str(tls.certificate),
            "INFINURE_TLS_KEY": str(tls.key),
            "INFINURE_TLS_CA": str(tls.authority),
        }
    )
    assert process.stderr is not None
    lines = [json.loads(await asyncio.wait_for(process.stderr.readline(), 60))]
    assert (lines[0]["message"], lines[0]["address"]) == ("serving", address)
    credentials = grpc.ssl_channel_credentials(
        edge.authority.read_bytes(), edge.key.read_bytes(), edge.certificate.read_bytes()
    )
    async with grpc.aio.secure_channel(address, credentials) as channel:
        reply = await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
    assert reply.status == health_pb2.HealthCheckResponse.SERVING
    context = ssl.create_default_context(cafile=str(edge.authority))
    async with httpx.AsyncClient(verify=context, base_url=f"https://{operations}") as stranger:
        try:
            outcome = (await stranger.get("/metrics")).text
        except httpx.TransportError:
            outcome = "refused"
    assert outcome == "refused"
    context.load_cert_chain(edge.certificate, edge.key)
    async with httpx.AsyncClient(verify=context, base_url=f"https://{operations}") as client:
        page = (await client.get("/metrics")).text
    assert 'infinure_rpc_handled_total{code="OK",method="grpc.health.v1.Health/Check"} 1.0' in page
    process.send_signal(signal.SIGTERM)
    lines += [json.loads(line) for line in (await asyncio.wait_for(process.stderr.read(), 60)).splitlines()]
    assert [line["message"] for line in lines][-2:] == ["stopping", "stopped"]
    assert await process.wait() == 0


async def test_wrong_settings_end_it_with_every_problem() -> None:
    process = await started({"INFINURE_TLS_KEY": "x"})
    _, said = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert said.decode().startswith("auth: the settings are wrong:\n")
    assert "INFINURE_LISTEN is not set" in said.decode()
