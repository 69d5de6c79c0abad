"""`python -m benchmarks.baselines`: the processes that the mesh is compared with, over the mesh's own mTLS.

`echo` is a bare grpc.aio server: UserService/GetMe, answered with one constant message, nothing around it.
`guarded` is meshkit's server with all its interceptors, a real token check by auth's keys and a permission:
SourceService/ListSources, answered with the same number of bytes, nothing read.
"""

import asyncio
import signal
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import grpc
import uvloop
from infinure.auth.v1 import user_service_pb2, user_service_pb2_grpc
from infinure.auth.v1.user_pb2 import User
from infinure.integration.v1 import source_service_pb2, source_service_pb2_grpc
from infinure.integration.v1.source_pb2 import Source

from cli.certificates import CertificateFolder
from meshkit.channel import open_channel
from meshkit.identity import TokenVerifier
from meshkit.server import Assembly, Servicer, start
from meshkit.settings import PeerSettings, ServerSettings, TlsSettings
from services.peers.auth import SAFE, AuthKeys, AuthRevocations

# About what one conversation in a listing takes.
PAYLOAD = "x" * 200


class Echo(user_service_pb2_grpc.UserServiceServicer):
    """Answers, and does nothing else."""

    async def GetMe(self, request: Any, context: Any) -> user_service_pb2.GetMeResponse:
        return user_service_pb2.GetMeResponse(user=User(email=PAYLOAD))


class Nothing(source_service_pb2_grpc.SourceServiceServicer):
    """Does nothing either; what surrounds it is what is measured."""

    async def ListSources(self, request: Any, context: Any) -> source_service_pb2.ListSourcesResponse:
        return source_service_pb2.ListSourcesResponse(sources=[Source(name=PAYLOAD)])


@dataclass(frozen=True)
class Plan:
    """Where the mesh's certificates are, whom to ask for keys, and where to listen."""

    kind: str
    listen: str
    certificates: Path
    trust_domain: str
    auth: str

    def tls(self, name: str) -> TlsSettings:
        files = CertificateFolder(self.certificates, self.trust_domain).files(name)
        return TlsSettings(certificate=files.certificate, key=files.key, authority=files.authority)


async def serve(plan: Plan) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with AsyncExitStack() as resources:
        if plan.kind == "echo":
            await _echo(plan, resources)
        else:
            tls = plan.tls("integration")
            settings = ServerSettings(listen=plan.listen, tls=tls, trust_domain=plan.trust_domain)
            running = await start("guarded", settings, partial(_guarded, plan, tls))
            resources.push_async_callback(running.stop, 0)
        await stopped.wait()


async def _echo(plan: Plan, resources: AsyncExitStack) -> None:
    tls = plan.tls("auth")
    server = grpc.aio.server()
    user_service_pb2_grpc.add_UserServiceServicer_to_server(Echo(), server)  # type: ignore[abstract]
    pair = (tls.key.read_bytes(), tls.certificate.read_bytes())
    server.add_secure_port(
        plan.listen, grpc.ssl_server_credentials([pair], tls.authority.read_bytes(), require_client_auth=True)
    )
    await server.start()
    resources.push_async_callback(server.stop, 0)


async def _guarded(plan: Plan, tls: TlsSettings, resources: AsyncExitStack) -> Assembly:
    auth = await resources.enter_async_context(open_channel(PeerSettings(plan.auth), tls, service="auth", safe=SAFE))
    revocations = AuthRevocations(auth)
    servicer = Servicer(
        source_service_pb2_grpc.add_SourceServiceServicer_to_server,
        Nothing(),  # type: ignore[abstract]
        source_service_pb2.DESCRIPTOR.services_by_name["SourceService"],
    )
    return Assembly((servicer,), TokenVerifier(AuthKeys(auth), revocations), background=(revocations.run,))


if __name__ == "__main__":
    kind, listen, certificates, trust_domain, auth = sys.argv[1:]
    uvloop.run(serve(Plan(kind, listen, Path(certificates), trust_domain, auth)))
