"""A real server on a real port: what every rpc of the mesh gets around it."""

import asyncio
import json
import logging
from typing import Any

import grpc
import httpx
import pytest
from google.protobuf import empty_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from infinure.auth.v1 import user_service_pb2, user_service_pb2_grpc
from infinure.chat.v1 import chat_service_pb2, chat_service_pb2_grpc
from infinure.ml_backend.v1 import answer_backend_service_pb2, answer_backend_service_pb2_grpc

from meshkit.errors import NotFound, Unavailable
from meshkit.ids import new_id
from meshkit.secrets import Secret
from meshkit.server import start
from meshkit.settings import ServerSettings
from meshkit.telemetry import JsonLines
from tests.builders import grpc_errors, tokens
from tests.meshkit.echo import Echo

ORGANIZATION, USER = new_id(), new_id()
LOCAL = ServerSettings("127.0.0.1:0", operations_listen="127.0.0.1:0")


def signed_in() -> tuple[tuple[str, str], ...]:
    """Metadata with a token of now: one of the module's first moment would end before a long run does."""
    return tokens.bearer(tokens.token(ORGANIZATION, USER))


def question(content: str) -> chat_service_pb2.SendMessageRequest:
    return chat_service_pb2.SendMessageRequest(conversation_id=str(new_id()), content=content)


async def ended(call: Any) -> None:
    """Reads a call, unary or stream, to its end."""
    if not hasattr(call, "__aiter__"):
        await call
        return
    async for _ in call:
        pass


async def failing(call: Any) -> grpc.aio.AioRpcError:
    """The error with which a call ends."""
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await ended(call)
    return raised.value


async def test_caller_comes_from_the_token_alone(channel: grpc.aio.Channel) -> None:
    spoofed = (("x-tenant-id", str(new_id())), ("x-user-id", str(new_id())), ("x-organization-id", "other"))
    reply = await user_service_pb2_grpc.UserServiceStub(channel).GetMe(
        user_service_pb2.GetMeRequest(), metadata=(*signed_in(), *spoofed)
    )
    assert (reply.user.organization_id, reply.user.id) == (str(ORGANIZATION), str(USER))


async def test_stream_arrives_and_its_generator_is_closed(echo: Echo, channel: grpc.aio.Channel) -> None:
    call = chat_service_pb2_grpc.ChatServiceStub(channel).SendMessage(question("count 3"), metadata=signed_in())
    assert [event.sequence async for event in call] == [1, 2, 3]
    assert echo.chats.closed.is_set()


async def test_generator_is_closed_when_the_client_leaves(echo: Echo, channel: grpc.aio.Channel) -> None:
    call = chat_service_pb2_grpc.ChatServiceStub(channel).SendMessage(question("wait 1"), metadata=signed_in())
    await call.read()
    call.cancel()
    await asyncio.wait_for(echo.chats.closed.wait(), 60)


async def test_generator_is_closed_when_the_client_stops_reading_and_leaves(
    echo: Echo, channel: grpc.aio.Channel
) -> None:
    """The server then waits in a write, outside the generator."""
    call = chat_service_pb2_grpc.ChatServiceStub(channel).SendMessage(question("count 1000000"), metadata=signed_in())
    await call.read()
    call.cancel()
    await asyncio.wait_for(echo.chats.closed.wait(), 60)


async def test_generator_is_closed_at_the_clients_deadline(
    echo: Echo, channel: grpc.aio.Channel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "meshkit.rpc")
    stub = chat_service_pb2_grpc.ChatServiceStub(channel)
    deadline = 0.3
    while not echo.chats.begun.is_set():  # a busy machine may need longer to begin
        error = await failing(stub.SendMessage(question("wait 1"), metadata=signed_in(), timeout=deadline))
        assert error.code() is grpc.StatusCode.DEADLINE_EXCEEDED
        deadline *= 4
    await asyncio.wait_for(echo.chats.closed.wait(), 60)
    assert await codes(caplog, 1) == ["DEADLINE_EXCEEDED"]


async def codes(caplog: pytest.LogCaptureFixture, count: int) -> list[str]:
    """The codes of the first `count` log lines of rpcs; a line comes just after its client has its answer."""
    deadline = asyncio.get_running_loop().time() + 60
    found: list[str] = []
    while len(found) < count and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0)
        found = [vars(record)["code"] for record in caplog.records if record.name == "meshkit.rpc"]
    return found


async def test_named_failure_in_mid_stream_reaches_the_client_whole(channel: grpc.aio.Channel) -> None:
    stub = chat_service_pb2_grpc.ChatServiceStub(channel)
    error = await failing(stub.SendMessage(question("refuse 2"), metadata=signed_in()))
    assert grpc_errors.reason(error) == "RESOURCE_EXHAUSTED TOO_MANY_ANSWERS"
    assert error.details() == "too many"
    assert dict(grpc_errors.info(error).metadata) == {"limit": "3"}
    assert grpc_errors.retry_seconds(error) == 2.5


@pytest.mark.parametrize("rpc", ["unary", "stream"])
async def test_unknown_failure_is_a_fixed_sentence_and_a_request_id(
    echo: Echo, channel: grpc.aio.Channel, caplog: pytest.LogCaptureFixture, rpc: str
) -> None:
    async def boom() -> None:
        raise ZeroDivisionError("the canary in the error's text")

    echo.chats.functions["boom"] = boom
    stub = chat_service_pb2_grpc.ChatServiceStub(channel)
    metadata = (*signed_in(), ("x-request-id", "request-0123456789"))
    if rpc == "unary":
        error = await failing(
            stub.CreateConversation(chat_service_pb2.CreateConversationRequest(title="boom"), metadata=metadata)
        )
    else:
        error = await failing(stub.SendMessage(question("boom"), metadata=metadata))
    assert grpc_errors.reason(error) == "INTERNAL INTERNAL"
    assert "canary" not in f"{error.details()}{grpc_errors.status(error)}"
    assert dict(grpc_errors.info(error).metadata) == {"request_id": "request-0123456789"}
    assert "canary in the error's text" in caplog.text


async def test_group_of_one_failure_is_that_failure(echo: Echo, channel: grpc.aio.Channel) -> None:
    async def group() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(missing())

    async def missing() -> None:
        raise NotFound("no such source", reason="SOURCE_NOT_FOUND")

    echo.chats.functions["group"] = group
    stub = chat_service_pb2_grpc.ChatServiceStub(channel)
    error = await failing(
        stub.CreateConversation(chat_service_pb2.CreateConversationRequest(title="group"), metadata=signed_in())
    )
    assert grpc_errors.reason(error) == "NOT_FOUND SOURCE_NOT_FOUND"


async def test_every_wrong_field_is_named(channel: grpc.aio.Channel) -> None:
    stub = chat_service_pb2_grpc.ChatServiceStub(channel)
    wrong = chat_service_pb2.SendMessageRequest(conversation_id="x", content="a\0b", message_id="y")
    error = await failing(stub.SendMessage(wrong, metadata=signed_in()))
    assert grpc_errors.reason(error) == "INVALID_ARGUMENT REQUEST_INVALID"
    assert grpc_errors.fields(error).keys() == {"conversation_id", "content", "message_id"}


async def test_messages_of_a_request_stream_are_held_to_their_rules(channel: grpc.aio.Channel) -> None:
    stub = answer_backend_service_pb2_grpc.AnswerBackendServiceStub(channel)
    good = answer_backend_service_pb2.Start(answer_id=str(new_id()), question="how many?")
    bad = answer_backend_service_pb2.Start(answer_id="x", question="how many?")
    bad.turns.add(question="a" * 5000)
    replies: list[object] = []

    async def ask() -> None:
        requests = [answer_backend_service_pb2.AnswerRequest(start=start) for start in (good, bad)]
        async for reply in stub.Answer(iter(requests)):
            replies.append(reply)

    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await ask()
    error = raised.value
    assert len(replies) == 1, "the message before the bad one was answered"
    assert grpc_errors.reason(error) == "INVALID_ARGUMENT REQUEST_INVALID"
    assert {"start.answer_id", "start.turns[0].question"} <= grpc_errors.fields(error).keys()


BROKEN = {
    "text that is no UTF-8": (b"\x12\x02\xff\xfe", "content"),
    "a field cut short": (b"\x12\x05ab", "content"),
    "a tag cut short": (b"\x92", ""),
    "an endless number": (b"\xff" * 11, ""),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("method", ["SendMessage", "UpdateConversation"])
async def test_undecodable_request_names_its_field(channel: grpc.aio.Channel, name: str, method: str) -> None:
    data, field = BROKEN[name]
    path = f"/infinure.chat.v1.ChatService/{method}"
    call: Any = channel.unary_stream(path) if method == "SendMessage" else channel.unary_unary(path)
    error = await failing(call(data, metadata=signed_in()))
    if method == "SendMessage":
        assert list(grpc_errors.fields(error)) == [field]
    assert grpc_errors.reason(error) == "INVALID_ARGUMENT REQUEST_INVALID"


async def test_undecodable_nested_and_streamed_request_names_its_field(channel: grpc.aio.Channel) -> None:
    turn = b"\x0a\x02\xff\xfe"
    start = b"\x1a" + bytes([len(turn)]) + turn
    call: Any = channel.stream_stream("/infinure.ml_backend.v1.AnswerBackendService/Answer")
    error = await failing(call(iter([b"\x0a" + bytes([len(start)]) + start])))
    assert grpc_errors.reason(error) == "INVALID_ARGUMENT REQUEST_INVALID"
    (field,) = grpc_errors.fields(error)
    assert field.startswith("start.turns[0].")


async def test_unknown_method_is_an_answer_like_any_other(channel: grpc.aio.Channel) -> None:
    call: Any = channel.unary_unary("/infinure.chat.v1.ChatService/Nonsense", empty_pb2.Empty.SerializeToString)
    error = await failing(call(empty_pb2.Empty()))
    assert grpc_errors.reason(error) == "UNIMPLEMENTED METHOD_UNKNOWN"


async def test_metrics_and_log_line_once_a_call(
    echo: Echo, channel: grpc.aio.Channel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "meshkit.rpc")
    stub = chat_service_pb2_grpc.ChatServiceStub(channel)
    await failing(stub.SendMessage(question("missing"), metadata=signed_in()))
    await failing(stub.SendMessage(question("count")))
    [_ async for _ in stub.SendMessage(question("count"), metadata=signed_in())]
    assert await codes(caplog, 3) == ["NOT_FOUND", "UNAUTHENTICATED", "OK"]
    async with httpx.AsyncClient(base_url=f"http://{echo.server.operations_address}") as client:
        page = (await client.get("/metrics")).text
    name = 'infinure_rpc_handled_total{code="%s",method="infinure.chat.v1.ChatService/SendMessage"} 1.0'
    assert all(name % code in page for code in ("NOT_FOUND", "UNAUTHENTICATED", "OK"))
    assert 'infinure_rpc_seconds_count{method="infinure.chat.v1.ChatService/SendMessage"} 3.0' in page


async def test_alive_depends_on_nothing_and_ready_on_its_checks() -> None:
    async def away() -> None:
        raise Unavailable("the database can't be reached now")

    running = await start("echo", LOCAL, Echo(ready=[away]).assemble)
    async with httpx.AsyncClient(base_url=f"http://{running.operations_address}") as client:
        answers = [(await client.get(path)).status_code for path in ("/healthz", "/readyz", "/nonsense")]
    await running.stop(grace=0)
    assert answers == [200, 503, 404]


async def test_failing_background_task_is_started_again() -> None:
    begun: list[int] = []
    twice = asyncio.Event()

    async def fragile() -> None:
        begun.append(1)
        if len(begun) < 2:
            raise ZeroDivisionError
        twice.set()
        await asyncio.Event().wait()

    running = await start("echo", LOCAL, Echo(background=[fragile]).assemble)
    await asyncio.wait_for(twice.wait(), 60)
    await running.stop(grace=0)


async def test_stopping_says_not_serving_and_lets_running_rpcs_finish() -> None:
    echo = Echo()
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await go_on.wait()

    echo.chats.functions["work"] = work
    running = await start("echo", LOCAL, echo.assemble)
    async with grpc.aio.insecure_channel(running.address) as channel:
        stub = chat_service_pb2_grpc.ChatServiceStub(channel)
        watching = health_pb2_grpc.HealthStub(channel).Watch(
            health_pb2.HealthCheckRequest(service="infinure.chat.v1.ChatService")
        )
        assert (await watching.read()).status == health_pb2.HealthCheckResponse.SERVING
        call = stub.CreateConversation(chat_service_pb2.CreateConversationRequest(title="work"), metadata=signed_in())
        await begun.wait()
        stopping = asyncio.create_task(running.stop(grace=10))
        assert (await watching.read()).status == health_pb2.HealthCheckResponse.NOT_SERVING
        watching.cancel()
        go_on.set()
        await call
        await asyncio.wait_for(stopping, 60)


async def test_logs_are_json_lines_without_credentials(caplog: pytest.LogCaptureFixture) -> None:
    record = logging.makeLogRecord(
        {
            "msg": "login with password=hunter2canary at postgresql://app:canary@db/x\nBearer canary.canary.canary",
            "levelname": "INFO",
            "password": "canary",
            "key": Secret("canary"),
            "header": f"authorization: {signed_in()[0][1]}",
        }
    )
    lines = JsonLines("chat").format(record).split("\n")
    assert len(lines) == 1
    assert "canary" not in lines[0]
    assert "eyJ" not in lines[0]
    assert json.loads(lines[0])["service"] == "chat"
