"""A person's conversations, by gRPC on a real server."""

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask
from infinure.chat.v1 import chat_service_pb2 as pb

from meshkit.ids import new_id
from tests.auth.refusals import refused
from tests.chat.server import ChatServer

NOBODYS = "01890000-0000-7000-8000-000000000000"


async def test_a_conversation_is_made_renamed_archived_and_deleted(chat: ChatServer) -> None:
    person = await chat.person()
    one = await person.conversation(title="Sales")
    changed = await person.call(
        "UpdateConversation", pb.UpdateConversationRequest(conversation_id=one, title="Revenue", archived=True)
    )
    assert (changed.conversation.title, changed.conversation.archived) == ("Revenue", True)
    listed = await person.call("ListConversations", pb.ListConversationsRequest())
    archived = await person.call("ListConversations", pb.ListConversationsRequest(archived=True))
    assert (len(listed.conversations), [c.id for c in archived.conversations]) == (0, [one])
    await person.call("DeleteConversation", pb.DeleteConversationRequest(conversation_id=one))
    with refused(grpc.StatusCode.NOT_FOUND, "CONVERSATION_NOT_FOUND"):
        await person.call("GetConversation", pb.GetConversationRequest(conversation_id=one))


async def test_the_mask_decides_what_changes(chat: ChatServer) -> None:
    person = await chat.person()
    one = await person.conversation(title="Sales", source_id=str(new_id()))
    request = pb.UpdateConversationRequest(
        conversation_id=one, title="ignored", update_mask=FieldMask(paths=["source_id"])
    )
    changed = await person.call("UpdateConversation", request)
    assert (changed.conversation.title, changed.conversation.source_id) == ("Sales", "")


async def test_listing_goes_by_last_use_page_by_page(chat: ChatServer) -> None:
    person = await chat.person()
    made = [await person.conversation(title=str(number)) for number in range(5)]
    await person.ask(made[0])
    seen: list[str] = []
    token = ""
    while True:
        page = await person.call("ListConversations", pb.ListConversationsRequest(page_size=2, page_token=token))
        seen += [one.id for one in page.conversations]
        token = page.next_page_token
        if not token:
            break
    assert seen == [made[0], *reversed(made[1:])]


async def test_messages_are_paged_from_the_newest(chat: ChatServer) -> None:
    person = await chat.person()
    one = await person.conversation()
    for number in range(3):
        await person.ask(one, f"question {number}")
    first = await person.call("ListMessages", pb.ListMessagesRequest(conversation_id=one, page_size=4))
    rest = await person.call(
        "ListMessages",
        pb.ListMessagesRequest(conversation_id=one, page_size=4, page_token=first.next_page_token),
    )
    asked = [message.content for message in [*first.messages, *rest.messages] if not message.question_id]
    assert asked == ["question 2", "question 1", "question 0"]
    assert rest.next_page_token == ""


async def test_a_page_token_is_good_for_its_own_listing_and_caller(chat: ChatServer) -> None:
    person, other = await chat.person(), await chat.person()
    for _ in range(2):
        await person.conversation()
    page = await person.call("ListConversations", pb.ListConversationsRequest(page_size=1))
    token = page.next_page_token
    for caller, request in (
        (other, pb.ListConversationsRequest(page_token=token)),
        (person, pb.ListConversationsRequest(page_token=token, archived=True)),
        (person, pb.ListConversationsRequest(page_token=token[:-2] + "AA")),
    ):
        with refused(grpc.StatusCode.INVALID_ARGUMENT, "PAGE_TOKEN_INVALID"):
            await caller.call("ListConversations", request)


async def test_the_first_question_makes_the_title_and_a_given_one_stays(chat: ChatServer) -> None:
    person = await chat.person()
    untitled, titled = await person.conversation(), await person.conversation(title="Mine")
    long_question = "how many " + "very " * 40 + "late orders?"
    await person.ask(untitled, long_question)
    await person.ask(titled)
    got = [
        (await person.call("GetConversation", pb.GetConversationRequest(conversation_id=one))).conversation.title
        for one in (untitled, titled)
    ]
    assert got[0].startswith("how many very")
    assert len(got[0]) <= 81
    assert got[1] == "Mine"


REQUESTS: dict[str, Callable[[str], Any]] = {
    "GetConversation": lambda one: pb.GetConversationRequest(conversation_id=one),
    "UpdateConversation": lambda one: pb.UpdateConversationRequest(conversation_id=one, title="mine"),
    "DeleteConversation": lambda one: pb.DeleteConversationRequest(conversation_id=one),
    "ListMessages": lambda one: pb.ListMessagesRequest(conversation_id=one),
    "SendMessage": lambda one: pb.SendMessageRequest(conversation_id=one, content="how many?"),
}


@pytest.mark.parametrize("method", REQUESTS)
async def test_somebody_elses_conversation_is_as_one_that_never_was(chat: ChatServer, method: str) -> None:
    owner, other = await chat.person(), await chat.person()
    theirs = await owner.conversation()
    told = []
    for one in (theirs, NOBODYS):
        with refused(grpc.StatusCode.NOT_FOUND, "CONVERSATION_NOT_FOUND") as refusal:
            call = other.call(method, REQUESTS[method](one))
            if method == "SendMessage":
                await call.read()
            else:
                await call
        told.append(refusal.raw.replace(one.encode(), b"<id>"))
    assert told[0].split(b"x-request-id")[0] == told[1].split(b"x-request-id")[0]


@pytest.mark.parametrize("method", ["ResumeAnswer", "CancelAnswer"])
async def test_somebody_elses_answer_is_as_one_that_never_was(chat: ChatServer, method: str) -> None:
    owner, other = await chat.person(), await chat.person()
    events = await owner.ask(await owner.conversation())
    for one in (events[0].accepted.answer_id, NOBODYS):
        with refused(grpc.StatusCode.NOT_FOUND, "ANSWER_NOT_FOUND"):
            if method == "ResumeAnswer":
                await other.resume(one)
            else:
                await other.call("CancelAnswer", pb.CancelAnswerRequest(answer_id=one))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"content": ""}, "content"),
        ({"content": " \n\t"}, "content"),
        ({"content": "x" * 4001}, "content"),
        ({"content": "a\0b"}, "content"),
        ({"content": "how many?", "message_id": "seven"}, "message_id"),
        ({"content": "how many?", "time_zone": "Mars/Olympus"}, "time_zone"),
        ({"content": "how many?", "time_zone": "../etc/passwd"}, "time_zone"),
    ],
)
async def test_a_bad_question_is_refused_with_its_field_and_not_kept(
    chat: ChatServer, fields: dict[str, str], field: str
) -> None:
    person = await chat.person()
    one = await person.conversation()
    with refused(grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_INVALID") as refusal:
        await person.ask(one, **fields)
    assert {violation.field for violation in refusal.error.violations} == {field}
    listed = await person.call("ListMessages", pb.ListMessagesRequest(conversation_id=one))
    assert len(listed.messages) == 0


async def test_a_question_at_the_limit_is_kept_whole(chat: ChatServer) -> None:
    person = await chat.person()
    one = await person.conversation()
    question = "é" * 4000
    await person.ask(one, question)
    listed = await person.call("ListMessages", pb.ListMessagesRequest(conversation_id=one))
    assert listed.messages[1].content == question
