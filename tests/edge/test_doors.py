"""One contract through three doors."""

from typing import Any

import httpx
import pytest
from google.protobuf import json_format
from infinure.auth.v1 import auth_service_pb2, user_service_pb2
from infinure.chat.v1 import chat_service_pb2 as pb

from meshkit.ids import new_id
from tests.edge.doors import DOORS, WEB, Reply, frame, json_lines, native, read_web, request
from tests.edge.people import PASSWORD, Person, sign_up_request
from tests.edge.running import Edge

ANSWER = ["accepted", "status", "interpretation", "query", "rows", "completed"]


def kinds(reply: Reply) -> list[str]:
    """The events without those that presentation may or may not add."""
    found = [message.WhichOneof("event") for message in reply.messages]
    return [kind for kind in found if kind in ANSWER]


def question(person: Person, conversation_id: str, **more: Any) -> Any:
    message = pb.SendMessageRequest(conversation_id=conversation_id, content="how many orders?", **more)
    return request(pb, "SendMessage", message, person.token)


@pytest.mark.parametrize("door", DOORS)
async def test_a_reply_is_the_same_by_every_door(edge: Edge, person: Person, door: str) -> None:
    asked = request(user_service_pb2, "GetMe", user_service_pb2.GetMeRequest(), person.token)
    reply = await DOORS[door](edge.address, asked)
    assert reply.outcome == "OK"
    assert reply.messages == (await native(edge.address, asked)).messages
    assert reply.messages[0].user.email == person.email


@pytest.mark.parametrize("door", DOORS)
async def test_an_answer_streams_by_every_door(edge: Edge, person: Person, door: str) -> None:
    conversation = await person.conversation(edge.address)
    reply = await DOORS[door](edge.address, question(person, conversation))
    assert reply.outcome == "OK"
    assert kinds(reply) == ANSWER
    sequences = [message.sequence for message in reply.messages]
    assert sequences == sorted(set(sequences))


@pytest.mark.parametrize("door", DOORS)
async def test_an_answer_is_followed_again_by_every_door(edge: Edge, person: Person, door: str) -> None:
    first = await native(edge.address, question(person, await person.conversation(edge.address)))
    answer = first.messages[0].accepted.answer_id
    message = pb.ResumeAnswerRequest(answer_id=answer, after_sequence=first.messages[1].sequence)
    reply = await DOORS[door](edge.address, request(pb, "ResumeAnswer", message, person.token))
    assert [event.sequence for event in reply.messages] == [event.sequence for event in first.messages[2:]]


async def test_json_streams_as_lines_and_as_server_sent_events(edge: Edge, person: Person) -> None:
    conversation = await person.conversation(edge.address)
    lines = await json_lines(edge.address, question(person, conversation))
    events = await json_lines(edge.address, question(person, conversation), accept="text/event-stream")
    assert lines.headers["content-type"] == "application/json"
    assert events.headers["content-type"].startswith("text/event-stream")
    assert kinds(lines) == kinds(events) == ANSWER


async def test_server_sent_events_are_framed_as_browsers_read_them(edge: Edge, person: Person) -> None:
    conversation = await person.conversation(edge.address)
    async with httpx.AsyncClient(base_url=edge.url, headers={"authorization": f"Bearer {person.token}"}) as client:
        got = await client.post(
            f"/v1/chat/conversations/{conversation}/messages",
            json={"content": "how many orders?", "message_id": str(new_id())},
            headers={"accept": "text/event-stream"},
        )
    events = [event for event in got.text.split("\n\n") if event]
    assert len(events) >= len(ANSWER)
    assert all(event.startswith("data: {") for event in events)
    assert all(json_format.Parse(event.removeprefix("data: "), pb.SendMessageResponse()).sequence for event in events)


@pytest.mark.parametrize("door", DOORS)
async def test_a_services_own_refusal_is_the_same_by_every_door(edge: Edge, person: Person, door: str) -> None:
    message = pb.GetConversationRequest(conversation_id=str(new_id()))
    reply = await DOORS[door](edge.address, request(pb, "GetConversation", message, person.token))
    assert reply.outcome == "NOT_FOUND CONVERSATION_NOT_FOUND"
    assert reply.domains == ["infinure"]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("content", ["", "x" * 4001, "a\0b"], ids=["empty", "too long", "NUL"])
async def test_a_bad_question_names_its_field_by_every_door(
    edge: Edge, person: Person, door: str, content: str
) -> None:
    conversation = await person.conversation(edge.address)
    message = pb.SendMessageRequest(conversation_id=conversation, content=content)
    reply = await DOORS[door](edge.address, request(pb, "SendMessage", message, person.token))
    assert reply.outcome.startswith("INVALID_ARGUMENT")
    assert set(reply.fields) == {"content"}


@pytest.mark.parametrize("door", ["grpc-web", "json"])
async def test_the_refresh_token_comes_as_a_cookie_and_works_as_one(edge: Edge, person: Person, door: str) -> None:
    cookie = auth_service_pb2.REFRESH_TOKEN_DELIVERY_COOKIE
    message = auth_service_pb2.LoginRequest(email=person.email, password=PASSWORD, refresh_token_delivery=cookie)
    reply = await DOORS[door](edge.address, request(auth_service_pb2, "Login", message))
    (opened,) = reply.messages
    assert opened.access_token
    assert not opened.refresh_token
    given = reply.headers["set-cookie"]
    assert "HttpOnly" in given
    assert "SameSite=Strict" in given
    again = auth_service_pb2.RefreshSessionRequest()
    refreshed = await DOORS[door](
        edge.address, request(auth_service_pb2, "RefreshSession", again, cookie=given.split(";")[0])
    )
    assert refreshed.outcome == "OK"
    assert refreshed.messages[0].access_token
    assert refreshed.headers["set-cookie"].split(";")[0] != given.split(";")[0]


async def test_a_native_client_gets_its_refresh_token_in_the_reply(edge: Edge) -> None:
    reply = await native(edge.address, request(auth_service_pb2, "SignUp", sign_up_request()))
    assert reply.messages[0].refresh_token
    assert "set-cookie" not in reply.headers


async def test_a_refusal_reaches_a_browser_as_http_200_with_a_grpc_status(edge: Edge) -> None:
    """Clients of gRPC-web read the status of nothing else."""
    asked = request(user_service_pb2, "GetMe", user_service_pb2.GetMeRequest())
    async with httpx.AsyncClient(base_url=edge.url) as client:
        got = await client.post(asked.rpc_path, content=frame(b""), headers={"content-type": WEB})
    assert got.status_code == 200
    assert read_web(got, asked).outcome == "UNAUTHENTICATED TOKEN_MISSING"
