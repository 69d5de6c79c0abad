"""Calls from one service to another over mTLS: token and request id passed on, failures named, nothing left running."""

import asyncio
from typing import Any

import grpc
import pytest
from infinure.auth.v1 import (
    identity_service_pb2,
    identity_service_pb2_grpc,
    user_service_pb2,
    user_service_pb2_grpc,
)
from infinure.chat.v1 import chat_service_pb2, chat_service_pb2_grpc

from meshkit.channel import open_channel, stream
from meshkit.errors import DeadlineExceeded, Internal, NotFound, PermissionDenied, ResourceExhausted, Unavailable
from meshkit.identity import Caller, acting_as
from meshkit.ids import new_id
from meshkit.server import start
from meshkit.settings import PeerSettings, ServerSettings
from tests.builders import tokens
from tests.builders.certificates import TestCertificates
from tests.builders.ports import free_port
from tests.meshkit.echo import Echo

ORGANIZATION, USER = new_id(), new_id()


def caller() -> Caller:
    return tokens.caller(ORGANIZATION, USER)  # with a token of now: a run may last longer than a token


def to(echo: Echo) -> PeerSettings:
    return PeerSettings(echo.server.address)


def question(content: str) -> chat_service_pb2.SendMessageRequest:
    return chat_service_pb2.SendMessageRequest(conversation_id=str(new_id()), content=content)


async def test_callers_token_is_passed_on(guarded: Echo, mesh: TestCertificates) -> None:
    async with open_channel(to(guarded), mesh.tls("edge"), service="auth") as channel:
        stub = user_service_pb2_grpc.UserServiceStub(channel)
        with acting_as(caller()):
            reply = await stub.GetMe(user_service_pb2.GetMeRequest())
    assert (reply.user.organization_id, reply.user.id) == (str(ORGANIZATION), str(USER))
    assert reply.user.last_name == "edge", "the peer that the server saw"


async def test_peers_failure_keeps_reason_text_and_details(echo: Echo) -> None:
    async with open_channel(to(echo), None, service="chat") as channel:
        stub = chat_service_pb2_grpc.ChatServiceStub(channel)
        with acting_as(caller()), pytest.raises(ResourceExhausted) as refused:
            async with stream(stub.SendMessage(question("refuse 1"))) as events:
                assert [event.sequence async for event in events] == [1]
        with acting_as(caller()), pytest.raises(NotFound) as missing:
            async with stream(stub.SendMessage(question("missing 0"))) as events:
                await events.read()
        with acting_as(caller()), pytest.raises(Internal) as defect:
            async with stream(stub.SendMessage(question("boom 0"))) as events:
                await events.read()
    error = refused.value
    assert (error.reason, error.message, error.metadata) == ("TOO_MANY_ANSWERS", "too many", {"limit": "3"})
    assert error.retry_after == 2.5
    assert missing.value.reason == "CONVERSATION_NOT_FOUND"
    assert "request_id" in defect.value.metadata


async def test_stream_left_early_is_cancelled(echo: Echo) -> None:
    async with open_channel(to(echo), None, service="chat") as channel:
        stub = chat_service_pb2_grpc.ChatServiceStub(channel)
        with acting_as(caller()):
            async with stream(stub.SendMessage(question("wait 1"))) as events:
                assert (await anext(aiter(events))).sequence == 1
            await asyncio.wait_for(echo.chats.closed.wait(), 60)


async def test_call_is_cancelled_with_its_caller(echo: Echo) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    echo.chats.functions["hang"] = hang

    async def call(channel: grpc.aio.Channel) -> None:
        with acting_as(caller()):
            await chat_service_pb2_grpc.ChatServiceStub(channel).CreateConversation(
                chat_service_pb2.CreateConversationRequest(title="hang")
            )

    async with open_channel(to(echo), None, service="chat") as channel:
        task = asyncio.create_task(call(channel))
        await begun.wait()
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        await asyncio.wait_for(ended.wait(), 60)


async def test_unary_call_has_a_deadline(echo: Echo) -> None:
    async def hang() -> None:
        await asyncio.Event().wait()

    echo.chats.functions["hang"] = hang
    async with open_channel(to(echo), None, service="chat", deadline=0.2) as channel:
        stub = chat_service_pb2_grpc.ChatServiceStub(channel)
        with acting_as(caller()), pytest.raises(DeadlineExceeded):
            await stub.CreateConversation(chat_service_pb2.CreateConversationRequest(title="hang"))


async def test_peer_that_is_away_is_unavailable_and_found_again() -> None:
    address = f"127.0.0.1:{free_port()}"
    request = identity_service_pb2.ListRevocationsRequest()
    safe = ["infinure.auth.v1.IdentityService/ListRevocations"]
    async with open_channel(PeerSettings(address), None, service="auth", safe=safe) as channel:
        stub = identity_service_pb2_grpc.IdentityServiceStub(channel)
        with pytest.raises(Unavailable) as raised:
            await stub.ListRevocations(request)
        assert (raised.value.reason, raised.value.retry_after) == ("SERVICE_UNAVAILABLE", 1.0)
        running = await start("auth", ServerSettings(address), Echo().assemble)
        await _answered(stub, request)
        await running.stop(grace=0)


async def test_peer_that_is_slow_to_shake_hands_is_waited_for(guarded: Echo, mesh: TestCertificates) -> None:
    host, _, port = guarded.server.address.rpartition(":")

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.5)  # as on a busy machine
        there, back = await asyncio.open_connection(host, int(port))
        await asyncio.gather(_copied(reader, back), _copied(there, writer))

    async with await asyncio.start_server(relay, "127.0.0.1", 0) as slow:
        address = f"127.0.0.1:{slow.sockets[0].getsockname()[1]}"
        async with open_channel(PeerSettings(address), mesh.tls("edge"), service="auth") as channel:
            with acting_as(caller()):
                reply = await user_service_pb2_grpc.UserServiceStub(channel).GetMe(user_service_pb2.GetMeRequest())
    assert reply.user.id == str(USER)


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


async def _answered(stub: Any, request: Any) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                await stub.ListRevocations(request)
            except Unavailable:
                await asyncio.sleep(0)
            else:
                return


async def test_server_with_another_services_certificate_is_not_taken_for_it(
    guarded: Echo, mesh: TestCertificates
) -> None:
    async with open_channel(to(guarded), mesh.tls("chat"), service="integration") as channel:
        with pytest.raises(Unavailable):
            await identity_service_pb2_grpc.IdentityServiceStub(channel).ListRevocations(
                identity_service_pb2.ListRevocationsRequest()
            )


async def test_peer_that_may_not_is_told_so(guarded: Echo, mesh: TestCertificates) -> None:
    async with open_channel(to(guarded), mesh.tls("chat"), service="auth") as channel:
        with acting_as(caller()), pytest.raises(PermissionDenied) as raised:
            await user_service_pb2_grpc.UserServiceStub(channel).GetMe(user_service_pb2.GetMeRequest())
    assert raised.value.reason == "PEER_NOT_ALLOWED"
