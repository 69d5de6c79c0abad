"""Which process of the mesh may call which rpc, by its certificate: every pair is tried, over real TLS."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import grpc
import pytest
from google.protobuf.message_factory import GetMessageClass

from cli.home import Home
from edge.rpcs import CONTRACTS
from tests.builders.mesh import Mesh
from tests.mesh.test_foreign_ids import signed_up
from tests.mesh.test_service_ports import reason

# Kept by hand: whoever lets a process call something new sees it in this file's diff.
GOLDEN = Path(__file__).with_name("who_calls_whom.txt")
PROCESSES = ("auth", "chat", "integration", "ml_gateway", "analytics", "edge", "web")
# Who serves a contract that isn't of one process.
HOLDERS = {"privacy": ("chat", "integration", "ml_gateway", "analytics")}
METHODS = {
    f"{method.containing_service.full_name}/{method.name}": method
    for contract in CONTRACTS
    for service in contract.services_by_name.values()
    for method in service.methods
}


def listed() -> dict[str, set[str]]:
    lines = (line.split(": ") for line in GOLDEN.read_text().splitlines() if line and not line.startswith("#"))
    return {rpc: set(callers.split()) for rpc, callers in lines}


def channels(mesh: Mesh, caller: str) -> Iterator[tuple[str, grpc.Channel]]:
    """To each service's own port, with the caller's certificate."""
    folder = Home(mesh.home).certificates
    ports = json.loads((mesh.home / "ports.json").read_text())
    files = (Path(folder / name).read_bytes() for name in ("ca.crt", f"{caller}.key", f"{caller}.crt"))
    credentials = grpc.ssl_channel_credentials(*files)
    for service in PROCESSES[:5]:
        options = [("grpc.ssl_target_name_override", service)]
        with grpc.secure_channel(f"127.0.0.1:{ports[service]}", credentials, options) as channel:
            yield service, channel


def refused_as_peer(channel: grpc.Channel, rpc: str, token: str) -> bool:
    """With a good token, as that is judged first, and an empty request: whoever may call is let in, or refused for
    something else."""
    method = METHODS[rpc]
    message = GetMessageClass(method.input_type)()
    kind: Any = channel.stream_stream if method.client_streaming else channel.unary_stream
    call = kind(f"/{rpc}", request_serializer=lambda sent: sent.SerializeToString())
    metadata = (("authorization", f"Bearer {token}"),)
    try:
        for _ in call(iter([message]) if method.client_streaming else message, metadata=metadata, timeout=60):
            break
    except grpc.RpcError as error:
        return reason(cast(Any, error)) == "PEER_NOT_ALLOWED"
    return False


@pytest.mark.parametrize("caller", PROCESSES)
def test_a_process_calls_what_names_it_and_nothing_else(mesh: Mesh, caller: str) -> None:
    expected = {rpc for rpc, callers in listed().items() if caller in callers}
    # Somebody whom nothing else here knows.
    called, token = set(), signed_up(mesh)
    for service, channel in channels(mesh, caller):
        own = [rpc for rpc in METHODS if service in HOLDERS.get(rpc.split(".")[1], (rpc.split(".")[1],))]
        called |= {rpc for rpc in own if not refused_as_peer(channel, rpc, token)}
    assert called == expected


def test_every_rpc_is_listed() -> None:
    assert set(listed()) == set(METHODS)
