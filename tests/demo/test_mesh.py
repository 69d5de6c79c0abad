"""The demo's calls as a real gRPC server receives them, and what becomes of its refusals."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import grpc
import grpc.aio
import pytest
from google.protobuf import any_pb2
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status
from infinure.auth.v1 import auth_service_pb2, auth_service_pb2_grpc
from infinure.integration.v1 import source_service_pb2, source_service_pb2_grpc

from cli.demo.mesh import EdgeMesh
from cli.demo.organization import FOUNDER, ORGANIZATION, AlreadyThere, SourceAddress
from cli.errors import CommandError

PASSWORD = "Amber-Basil-Cedar-Delta-1234"
ADDRESS = SourceAddress("127.0.0.1", 5433, "reader's password")


@dataclass
class Door(auth_service_pb2_grpc.AuthServiceServicer, source_service_pb2_grpc.SourceServiceServicer):
    """Answers as the mesh would, after the refusals it was given."""

    address: str = ""
    refusals: list[tuple[grpc.StatusCode, str]] = field(default_factory=list)
    requests: list[Any] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    async def SignUp(self, request: Any, context: Any) -> Any:
        await self._receive(request, context)
        return auth_service_pb2.SignUpResponse(access_token="signed up")

    async def Login(self, request: Any, context: Any) -> Any:
        await self._receive(request, context)
        return auth_service_pb2.LoginResponse(access_token="logged in")

    async def CreateSource(self, request: Any, context: Any) -> Any:
        await self._receive(request, context)
        return source_service_pb2.CreateSourceResponse()

    async def _receive(self, request: Any, context: Any) -> None:
        self.requests.append(request)
        self.tokens.append(dict(context.invocation_metadata()).get("authorization", ""))
        if self.refusals:
            code, reason = self.refusals.pop(0)
            detail = any_pb2.Any()
            detail.Pack(error_details_pb2.ErrorInfo(reason=reason, domain="infinure"))
            status = status_pb2.Status(code=code.value[0], message="refused", details=[detail])
            await context.abort_with_status(rpc_status.to_status(status))


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    server = grpc.aio.server()
    door = Door()  # type: ignore[abstract]  # the demo calls only these three
    auth_service_pb2_grpc.add_AuthServiceServicer_to_server(door, server)
    source_service_pb2_grpc.add_SourceServiceServicer_to_server(door, server)
    door.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    await server.start()
    yield door
    await server.stop(None)


async def test_signing_up_and_logging_in_give_a_token(door: Door) -> None:
    mesh = EdgeMesh(door.address, {})

    assert await mesh.sign_up(ORGANIZATION, FOUNDER, PASSWORD) == "signed up"
    assert await mesh.log_in(FOUNDER.email, PASSWORD) == "logged in"

    signed_up, _ = door.requests
    assert (signed_up.organization_slug, signed_up.industry) == ("demo", "ecommerce")
    assert (signed_up.email, signed_up.password) == ("ceo@demo.example", PASSWORD)


async def test_the_source_is_connected_with_the_callers_token(door: Door) -> None:
    await EdgeMesh(door.address, {}).create_source("token", "Demo shop", ADDRESS, "version: 1")

    assert door.tokens == ["Bearer token"]
    (request,) = door.requests
    postgres = request.configuration.postgres
    assert (postgres.host, postgres.port, postgres.database) == ("127.0.0.1", 5433, "demo_shop")
    assert (postgres.username, postgres.password) == ("demo_reader", "reader's password")
    assert (request.name, request.semantic_model) == ("Demo shop", "version: 1")


async def test_what_exists_is_already_there(door: Door) -> None:
    door.refusals = [
        (grpc.StatusCode.ALREADY_EXISTS, "EMAIL_TAKEN"),
        (grpc.StatusCode.ALREADY_EXISTS, "SOURCE_NAME_TAKEN"),
    ]
    mesh = EdgeMesh(door.address, {})

    with pytest.raises(AlreadyThere):
        await mesh.sign_up(ORGANIZATION, FOUNDER, PASSWORD)
    with pytest.raises(AlreadyThere):
        await mesh.create_source("token", "Demo shop", ADDRESS, "version: 1")


async def test_a_mesh_that_is_not_quite_up_is_asked_again(door: Door) -> None:
    door.refusals = [(grpc.StatusCode.UNAVAILABLE, "SERVICE_UNAVAILABLE")] * 2

    assert await EdgeMesh(door.address, {}).log_in(FOUNDER.email, PASSWORD) == "logged in"

    assert len(door.requests) == 3


async def test_a_refusal_is_told_without_the_password(door: Door) -> None:
    door.refusals = [(grpc.StatusCode.INVALID_ARGUMENT, "PASSWORD_TOO_WEAK")]

    with pytest.raises(CommandError) as raised:
        await EdgeMesh(door.address, {}).sign_up(ORGANIZATION, FOUNDER, PASSWORD)

    assert "PASSWORD_TOO_WEAK" in str(raised.value)
    assert PASSWORD not in str(raised.value)
