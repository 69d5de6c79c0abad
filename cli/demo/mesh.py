"""The running mesh as the demo sees it: native gRPC through the edge, and the operator's command of auth."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Mapping
from typing import TypeVar

import grpc
import grpc.aio
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from infinure.auth.v1 import auth_service_pb2, auth_service_pb2_grpc
from infinure.integration.v1 import source_pb2, source_service_pb2, source_service_pb2_grpc

from cli.demo.organization import AlreadyThere, DemoUser, Organization, SourceAddress
from cli.errors import CommandError

_TAKEN = ("EMAIL_TAKEN", "SLUG_TAKEN", "SOURCE_NAME_TAKEN")
Reply = TypeVar("Reply")

# Services that have just become ready may take a moment until the edge sends them traffic. Every call is safe to
# repeat: what was made the first time is then AlreadyThere.
_RETRIES = {
    "methodConfig": [
        {
            "name": [{}],
            "timeout": "30s",
            "waitForReady": True,
            "retryPolicy": {
                "maxAttempts": 5,
                "initialBackoff": "0.2s",
                "maxBackoff": "2s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ]
}


class EdgeMesh:
    """Speaks to the mesh by its public door.

    `address` is the edge's host:port (no TLS: it is this machine's loopback). `auth_environment` is the environment of
    the auth service's own process: its settings let the operator's command add users.
    """

    def __init__(self, address: str, auth_environment: Mapping[str, str]) -> None:
        self._address = address
        self._auth_environment = dict(auth_environment)

    async def sign_up(self, organization: Organization, user: DemoUser, password: str) -> str:
        request = auth_service_pb2.SignUpRequest(
            organization_name=organization.name,
            organization_slug=organization.slug,
            industry=organization.industry,
            email=user.email,
            password=password,
            first_name=user.first_name,
            last_name=user.last_name,
        )
        async with self._channel() as channel:
            return (await _call(auth_service_pb2_grpc.AuthServiceStub(channel).SignUp(request))).access_token

    async def log_in(self, email: str, password: str) -> str:
        request = auth_service_pb2.LoginRequest(email=email, password=password)
        async with self._channel() as channel:
            reply = await _call(auth_service_pb2_grpc.AuthServiceStub(channel).Login(request))
            return reply.access_token

    async def create_source(self, token: str, name: str, address: SourceAddress, semantic_model: str) -> None:
        postgres = source_pb2.PostgresConfiguration(
            host=address.host,
            port=address.port,
            database=address.database,
            username=address.username,
            password=address.password,
        )
        request = source_service_pb2.CreateSourceRequest(
            name=name,
            configuration=source_pb2.SourceConfiguration(postgres=postgres),
            semantic_model=semantic_model,
        )
        metadata = (("authorization", f"Bearer {token}"),)
        async with self._channel() as channel:
            sources = source_service_pb2_grpc.SourceServiceStub(channel)
            await _call(sources.CreateSource(request, metadata=metadata))

    async def add_user(self, organization: Organization, user: DemoUser, password: str) -> None:
        await self._command(
            f"The demo {user.role} could not be added.", f"{password}\n",
            "add-user", "--organization", organization.slug, "--email", user.email, "--role", user.role,
            "--first-name", user.first_name, "--last-name", user.last_name, "--password-stdin",
        )  # fmt: skip

    async def vouch(self, user: DemoUser) -> None:
        failure = f"The demo {user.role}'s address could not be confirmed."
        await self._command(failure, "", "vouch-for-email", "--email", user.email)

    async def _command(self, failure: str, typed: str, *arguments: str) -> None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "services.auth", *arguments),
            env=self._auth_environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await process.communicate(typed.encode())
        if process.returncode:
            raise CommandError(failure, said.decode(errors="replace").strip()[-500:])

    def _channel(self) -> grpc.aio.Channel:
        return grpc.aio.insecure_channel(self._address, options=(("grpc.service_config", json.dumps(_RETRIES)),))


async def _call(reply: Awaitable[Reply]) -> Reply:
    try:
        return await reply
    except grpc.aio.AioRpcError as error:
        reason = _reason(error)
        if reason in _TAKEN:
            raise AlreadyThere(reason) from None
        text = f"{error.code().name} {reason}: {error.details()}".replace(" :", ":")
        raise CommandError("The demo organization could not be made.", text) from None


def _reason(error: grpc.aio.AioRpcError) -> str:
    status = rpc_status.from_call(error)
    for detail in status.details if status else ():
        info = error_details_pb2.ErrorInfo()
        if detail.Is(info.DESCRIPTOR) and detail.Unpack(info):
            return str(info.reason)
    return ""
