"""The demo organization's people, logged in, and conversations of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import grpc
from infinure.auth.v1 import auth_service_pb2, auth_service_pb2_grpc
from infinure.chat.v1 import chat_service_pb2, chat_service_pb2_grpc

from benchmarks.mesh import Mesh


@dataclass(frozen=True)
class Person:
    role: str
    token: str

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        return (("authorization", f"Bearer {self.token}"),)


async def logged_in(mesh: Mesh, users: Sequence[Any]) -> list[Person]:
    """Everybody, the leader first."""
    people = []
    async with grpc.aio.insecure_channel(mesh.edge) as channel:
        stub: Any = auth_service_pb2_grpc.AuthServiceStub(channel)
        for user in users:
            request = auth_service_pb2.LoginRequest(email=user["email"], password=user["password"])
            people.append(Person(user["role"], (await stub.Login(request)).access_token))
    return sorted(people, key=lambda person: person.role != "ceo")


async def conversations(mesh: Mesh, person: Person, count: int) -> list[str]:
    """Ids of `count` new ones; made at chat's own port, so that no limit of the edge's is spent."""
    async with grpc.aio.secure_channel(mesh.address("chat"), mesh.credentials) as channel:
        stub: Any = chat_service_pb2_grpc.ChatServiceStub(channel)
        request = chat_service_pb2.CreateConversationRequest()
        return [
            (await stub.CreateConversation(request, metadata=person.metadata)).conversation.id for _ in range(count)
        ]
