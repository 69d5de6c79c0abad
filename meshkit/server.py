"""The life of a service process: assemble, serve over mTLS, say NOT_SERVING on SIGTERM, finish, stop."""

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, NoReturn

import grpc
from google.protobuf.descriptor import ServiceDescriptor
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_health.v1._async import HealthServicer
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from grpc_reflection.v1alpha._async import ReflectionServicer
from protovalidate import Validator

from meshkit import background, operations, telemetry
from meshkit.background import Background
from meshkit.interceptors import Trust, Validation, interceptors
from meshkit.interceptors.call import MESH_ONLY
from meshkit.operations import Check, Operations, Reply, Route
from meshkit.routing import Router, Servicer
from meshkit.settings import ServerSettings, TlsSettings
from meshkit.tokens import TokenVerifier

__all__ = ["Assembly", "Background", "Check", "Reply", "Route", "RunningServer", "Servicer", "run", "start"]

MAX_MESSAGE = 4 * 1024 * 1024
# More than the edge lets in, so that it is the edge that refuses, in the platform's words.
MAX_METADATA = 48 * 1024

_LOG = logging.getLogger("meshkit.server")


@dataclass(frozen=True)
class Assembly:
    """What a service's composition root hands over to be served.

    `verifier` may be None only if no rpc needs a token. `background` tasks run while the server does, restarted with
    backoff when they fail. `ready` checks raise while the service can't do its work. `routes` are paths of the
    operations port.
    """

    servicers: Sequence[Servicer]
    verifier: TokenVerifier | None = None
    background: Sequence[Background] = ()
    routes: Mapping[str, Route] = field(default_factory=dict)
    ready: Sequence[Check] = ()


Assemble = Callable[[AsyncExitStack], Awaitable[Assembly]]


@dataclass
class RunningServer:
    """A server that serves. `operations_address` is "" if that port wasn't asked for."""

    address: str
    operations_address: str
    _server: grpc.aio.Server
    _health: HealthServicer
    _resources: AsyncExitStack
    _grace: float

    async def stop(self, grace: float | None = None) -> None:
        """NOT_SERVING to who watches, no new rpcs, `grace` seconds for the running ones, then everything is closed."""
        await self._health.enter_graceful_shutdown()
        await self._server.stop(self._grace if grace is None else grace)
        await self._resources.aclose()


async def start(name: str, settings: ServerSettings, assemble: Assemble) -> RunningServer:
    """Starts serving and returns; a port of 0 is chosen by the system. What fails here leaves nothing open."""
    async with AsyncExitStack() as resources:
        assembly = await assemble(resources)
        registry = telemetry.new_registry()
        validation = Validation(Validator())
        trust = Trust(settings.trust_domain, settings.namespace) if settings.tls else None
        metrics = telemetry.RpcMetrics(registry)
        router = Router(interceptors(metrics, assembly.verifier, trust, validation), validation)
        health = HealthServicer()
        for servicer in (*assembly.servicers, *_built_in(assembly.servicers, health)):
            router.add(servicer)
        if router.needs_tokens and assembly.verifier is None:
            raise ValueError(f"{name} has rpcs that need a token, and no token verifier")
        server = grpc.aio.server(handlers=(router,), options=_options(settings))
        address = _bind(server, settings)
        for servicer in assembly.servicers:
            await health.set(servicer.descriptor.full_name, health_pb2.HealthCheckResponse.SERVING)
        await resources.enter_async_context(background.running(assembly.background))
        listen = ""
        if settings.operations_listen:
            pages = Operations(registry, assembly.ready, assembly.routes)
            listen = await resources.enter_async_context(
                operations.serving(pages, settings.operations_listen, settings.tls)
            )
        await server.start()
        _LOG.info("serving", extra={"address": address, "operations_address": listen})
        return RunningServer(address, listen, server, health, resources.pop_all(), settings.grace)


def run(name: str, settings: ServerSettings, assemble: Assemble) -> NoReturn:
    """Serves until SIGTERM or SIGINT. Blocks; ends the process."""
    telemetry.configure_logging(name, settings.log_level)
    if settings.tls is None:
        sys.exit("INFINURE_TLS_CERTIFICATE, INFINURE_TLS_KEY and INFINURE_TLS_CA are needed to serve")
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_until_stopped(name, settings, assemble))
    sys.exit(0)


async def _until_stopped(name: str, settings: ServerSettings, assemble: Assemble) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    running = await start(name, settings, assemble)
    await stopped.wait()
    _LOG.info("stopping")
    await running.stop()
    _LOG.info("stopped")


def _built_in(servicers: Sequence[Servicer], health: HealthServicer) -> tuple[Servicer, Servicer]:
    """Health and reflection, for certificates of the mesh alone."""
    health_descriptor: ServiceDescriptor = health_pb2.DESCRIPTOR.services_by_name["Health"]
    reflection_descriptor: ServiceDescriptor = reflection_pb2.DESCRIPTOR.services_by_name["ServerReflection"]
    names = [servicer.descriptor.full_name for servicer in servicers]
    reflection = ReflectionServicer([*names, health_descriptor.full_name, reflection_descriptor.full_name])
    return (
        Servicer(health_pb2_grpc.add_HealthServicer_to_server, health, health_descriptor, MESH_ONLY),
        Servicer(
            reflection_pb2_grpc.add_ServerReflectionServicer_to_server, reflection, reflection_descriptor, MESH_ONLY
        ),
    )


def _bind(server: grpc.aio.Server, settings: ServerSettings) -> str:
    host, _, _ = settings.listen.rpartition(":")
    if settings.tls is None:
        port = server.add_insecure_port(settings.listen)
    else:
        port = server.add_secure_port(settings.listen, _credentials(settings.tls))
    return f"{host}:{port}"


def _credentials(tls: TlsSettings) -> grpc.ServerCredentials:
    pair = (tls.key.read_bytes(), tls.certificate.read_bytes())
    return grpc.ssl_server_credentials([pair], tls.authority.read_bytes(), require_client_auth=True)


def _options(settings: ServerSettings) -> list[tuple[str, Any]]:
    return [
        ("grpc.max_receive_message_length", MAX_MESSAGE),
        ("grpc.max_send_message_length", MAX_MESSAGE),
        ("grpc.max_metadata_size", MAX_METADATA),
        ("grpc.absolute_max_metadata_size", MAX_METADATA),
        ("grpc.max_concurrent_streams", settings.max_concurrent_streams),
        # Two processes on one port would share its calls at random; better the second one fails.
        ("grpc.so_reuseport", 0),
        ("grpc.keepalive_time_ms", 30_000),
        ("grpc.keepalive_timeout_ms", 10_000),
        ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
    ]


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    with contextlib.suppress(ImportError):
        import uvloop

        return uvloop.new_event_loop
    return None
