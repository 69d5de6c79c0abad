"""`python -m tests.edge.mesh FILE`: what stands behind the edge under test, in a process of its own, over mTLS.

Real auth and chat services, the real server of the pages, a scripted engine, and in integration's place a mirror that
says which metadata reached it. FILE is JSON: folders and database URLs; the addresses are written to stdout.
"""

import asyncio
import json
import signal
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from infinure.integration.v1 import source_service_pb2, source_service_pb2_grpc
from infinure.integration.v1.source_pb2 import Source
from infinure.integration.v1.upload_pb2 import Upload
from infinure.ml_gateway.v1 import answer_service_pb2, answer_service_pb2_grpc

from edge.pages import configuration
from meshkit.channel import open_channel
from meshkit.errors import ResourceExhausted
from meshkit.identity import TokenVerifier
from meshkit.mail import MailSettings
from meshkit.secrets import Secret
from meshkit.server import Assemble, Assembly, RunningServer, Servicer, start
from meshkit.settings import DatabaseSettings, PagingSettings, PeerSettings, ServerSettings, TlsSettings
from services.auth.bootstrap import assemble as assemble_auth
from services.auth.settings import AuditSettings
from services.auth.settings import Settings as AuthSettings
from services.chat.bootstrap import assemble as assemble_chat
from services.chat.settings import Settings as ChatSettings
from services.peers.auth import SAFE, AuthKeys, AuthRevocations
from tests.builders.certificates import TestCertificates
from tests.builders.master_keys import master_key
from tests.builders.ports import free_port
from tests.builders.privacy import privacy_settings
from tests.chat.server import PAGE_KEY, Engine


class Mirror(source_service_pb2_grpc.SourceServiceServicer):
    """ListSources tells what came with the call: one source, whose name is the metadata as JSON.

    UploadFile tells the name and the number of bytes that came, or refuses after the first piece of a file "refuse".
    """

    async def UploadFile(self, requests: Any, context: Any) -> source_service_pb2.UploadFileResponse:
        name, size, pieces = "", 0, 0
        async for request in requests:
            name = name or request.name
            size, pieces = size + len(request.content.data), pieces + 1
            if name == "refuse":
                raise ResourceExhausted("too large", reason="UPLOAD_TOO_LARGE")
        return source_service_pb2.UploadFileResponse(
            upload=Upload(file_name=name, byte_count=size, id=f"in {pieces} pieces")
        )

    async def ListSources(self, request: Any, context: Any) -> source_service_pb2.ListSourcesResponse:
        came = {key: value for key, value in context.invocation_metadata() if isinstance(value, str)}
        return source_service_pb2.ListSourcesResponse(sources=[Source(name=json.dumps(came))])


async def guarded(servicer: Servicer, auth: str, tls: TlsSettings, resources: AsyncExitStack) -> Assembly:
    """One servicer whose callers' tokens are verified by auth's keys, as every service does."""
    channel = await resources.enter_async_context(open_channel(PeerSettings(auth), tls, service="auth", safe=SAFE))
    revocations = AuthRevocations(channel)
    verifier = TokenVerifier(AuthKeys(channel), revocations)
    return Assembly(servicers=(servicer,), verifier=verifier, background=(revocations.run,))


class Mesh:
    """Starts one after the other and notes the addresses."""

    def __init__(self, plan: Mapping[str, str], resources: AsyncExitStack) -> None:
        self._plan = plan
        self._resources = resources
        self._certificates = TestCertificates(Path(plan["certificates"]))
        self.addresses: dict[str, str] = {}

    async def start(self) -> None:
        tls = self._certificates.tls
        keys = Path(self._plan["signing_keys"])
        auth = AuthSettings(
            self._server("auth"),
            self._database("auth"),
            AuditSettings(keys, keys.parent / "anchors"),
            MailSettings(outbox_dir=keys.parent / "outbox"),
            PagingSettings(Secret(PAGE_KEY)),
            privacy_settings(),
            keys,
            "http://localhost:8080",
            master_key(keys.parent),
        )
        running = await self._serve("auth", auth.server, partial(assemble_auth, auth))
        self.addresses["auth_operations"] = running.operations_address
        engine = Servicer(
            answer_service_pb2_grpc.add_AnswerServiceServicer_to_server,
            Engine(),
            answer_service_pb2.DESCRIPTOR.services_by_name["AnswerService"],
        )
        mirror = Servicer(
            source_service_pb2_grpc.add_SourceServiceServicer_to_server,
            Mirror(),  # type: ignore[abstract]
            source_service_pb2.DESCRIPTOR.services_by_name["SourceService"],
        )
        for name, servicer in (("ml_gateway", engine), ("integration", mirror)):
            await self._serve(name, self._server(name), partial(guarded, servicer, running.address, tls(name)))
        chat = ChatSettings(
            server=self._server("chat"),
            database=self._database("chat"),
            paging=PagingSettings(Secret(PAGE_KEY)),
            auth=PeerSettings(running.address),
            ml_gateway=PeerSettings(self.addresses["ml_gateway"]),
            analytics=PeerSettings("127.0.0.1:1"),
        )
        await self._serve("chat", chat.server, partial(assemble_chat, chat))
        await self._pages()

    def _server(self, name: str) -> ServerSettings:
        settings = ServerSettings(listen="127.0.0.1:0", tls=self._certificates.tls(name))
        return replace(settings, operations_listen="127.0.0.1:0") if name == "auth" else settings

    def _database(self, name: str) -> DatabaseSettings:
        return DatabaseSettings(url=Secret(self._plan[f"{name}_database"]))

    async def _serve(self, name: str, settings: ServerSettings, assemble: Assemble) -> RunningServer:
        running = await start(name, settings, assemble)
        self._resources.push_async_callback(running.stop, 0)
        self.addresses[name] = running.address
        return running

    async def _pages(self) -> None:
        tls = self._certificates.tls("web")
        self.addresses["web"] = f"127.0.0.1:{free_port()}"
        environment = {
            "INFINURE_LISTEN": self.addresses["web"],
            "INFINURE_TLS_CERTIFICATE": str(tls.certificate),
            "INFINURE_TLS_KEY": str(tls.key),
            "INFINURE_TLS_CA": str(tls.authority),
        }
        server = uvicorn.Server(configuration(Path(self._plan["pages"]), environment))
        serving = asyncio.create_task(server._serve())

        async def stop() -> None:
            server.should_exit = True
            await serving

        self._resources.push_async_callback(stop)
        while not (server.started or serving.done()):  # noqa: ASYNC110  it tells nobody
            await asyncio.sleep(0.01)


async def main(file: str) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with AsyncExitStack() as resources:
        mesh = Mesh(json.loads(Path(file).read_text()), resources)
        await mesh.start()
        sys.stdout.write(json.dumps(mesh.addresses) + "\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
