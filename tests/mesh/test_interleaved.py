"""Fifty organizations at once over four connections, with calls given up halfway: nobody gets another's row."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import grpc
from infinure.auth.v1 import (
    audit_service_pb2,
    audit_service_pb2_grpc,
    auth_service_pb2,
    auth_service_pb2_grpc,
    session_service_pb2,
    session_service_pb2_grpc,
    user_service_pb2,
    user_service_pb2_grpc,
)
from infinure.chat.v1 import chat_service_pb2, chat_service_pb2_grpc

from meshkit.ids import new_id
from tests.builders.mesh import Mesh

ORGANIZATIONS, CONNECTIONS, AT_ONCE = 50, 4, 64
REQUESTS = int(os.environ.get("INFINURE_INTERLEAVED_REQUESTS", "2000"))
# One call in so many is given up, after at most so many seconds.
CANCELLED_OF, CANCELLED_WITHIN = 10, 0.01


@dataclass(frozen=True)
class Tenant:
    """One organization's founder, and what its rows are known by."""

    token: str
    organization_id: str
    user_id: str
    conversation_id: str

    @property
    def marks(self) -> frozenset[str]:
        return frozenset({self.organization_id, self.user_id, self.conversation_id})


# What is asked, and which of the organization's marks must be in the reply.
Ask = Callable[[grpc.aio.Channel, Tenant], tuple[Any, str]]


def me(channel: grpc.aio.Channel, tenant: Tenant) -> tuple[Any, str]:
    stub = user_service_pb2_grpc.UserServiceStub(channel)
    return stub.GetMe(user_service_pb2.GetMeRequest(), metadata=bearer(tenant)), tenant.organization_id


def conversations(channel: grpc.aio.Channel, tenant: Tenant) -> tuple[Any, str]:
    stub = chat_service_pb2_grpc.ChatServiceStub(channel)
    request = chat_service_pb2.ListConversationsRequest()
    return stub.ListConversations(request, metadata=bearer(tenant)), tenant.conversation_id


def sessions(channel: grpc.aio.Channel, tenant: Tenant) -> tuple[Any, str]:
    stub = session_service_pb2_grpc.SessionServiceStub(channel)
    return stub.ListSessions(session_service_pb2.ListSessionsRequest(), metadata=bearer(tenant)), ""


def activities(channel: grpc.aio.Channel, tenant: Tenant) -> tuple[Any, str]:
    stub = audit_service_pb2_grpc.AuditServiceStub(channel)
    request = audit_service_pb2.ListUserActivitiesRequest()
    return stub.ListUserActivities(request, metadata=bearer(tenant)), tenant.user_id


ASKS: Sequence[Ask] = (me, conversations, sessions, activities)


def bearer(tenant: Tenant) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer {tenant.token}"),)


async def founded(channel: grpc.aio.Channel, number: int) -> Tenant:
    request = auth_service_pb2.SignUpRequest(
        organization_name=f"Interleaved {number}",
        email=f"founder-{new_id()}@interleaved.example",
        password="Amber-Walnut-Ferry-2931",
        first_name="Ada",
        last_name="Maro",
    )
    opened = await auth_service_pb2_grpc.AuthServiceStub(channel).SignUp(request)
    metadata = (("authorization", f"Bearer {opened.access_token}"),)
    chat = chat_service_pb2_grpc.ChatServiceStub(channel)
    made = await chat.CreateConversation(chat_service_pb2.CreateConversationRequest(), metadata=metadata)
    return Tenant(opened.access_token, opened.organization.id, opened.user.id, made.conversation.id)


@asynccontextmanager
async def channels(mesh: Mesh) -> AsyncIterator[list[grpc.aio.Channel]]:
    """Connections of their own: channels share one else."""
    options = (("grpc.use_local_subchannel_pool", 1),)
    async with AsyncExitStack() as opened:
        yield [
            await opened.enter_async_context(grpc.aio.insecure_channel(f"localhost:{mesh.port}", options))
            for _ in range(CONNECTIONS)
        ]


async def one(call: Any, mark: str, tenant: Tenant, foreign: frozenset[str], given_up: bool) -> str:
    """What came of a call: its own rows, nothing as it was given up, or whose else's rows."""
    if given_up:
        asyncio.get_running_loop().call_later(random.uniform(0, CANCELLED_WITHIN), call.cancel)
    try:
        reply = await call
    except asyncio.CancelledError:
        return "given up"
    except grpc.aio.AioRpcError as error:
        return error.code().name
    found = str(reply)
    if any(mark_ in found for mark_ in foreign - tenant.marks):
        return "foreign"
    return "own" if mark in found else "missing"


async def test_nobody_gets_anothers_rows(mesh: Mesh) -> None:
    chosen = random.Random(7)
    gate = asyncio.Semaphore(AT_ONCE)
    async with channels(mesh) as connections:
        tenants = [await founded(connections[number % CONNECTIONS], number) for number in range(ORGANIZATIONS)]
        foreign = frozenset().union(*(tenant.marks for tenant in tenants))

        async def asked(number: int) -> str:
            tenant, ask = chosen.choice(tenants), chosen.choice(ASKS)
            async with gate:
                call, mark = ask(connections[number % CONNECTIONS], tenant)
                return await one(call, mark, tenant, foreign, given_up=number % CANCELLED_OF == 0)

        calls: list[Awaitable[str]] = [asked(number) for number in range(REQUESTS)]
        outcomes = Counter(await asyncio.gather(*calls))
    assert set(outcomes) <= {"own", "given up"}, outcomes
    assert outcomes["own"] >= REQUESTS * (CANCELLED_OF - 1) // CANCELLED_OF
    assert outcomes["given up"] > 0
