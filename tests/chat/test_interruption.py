"""What happens to an answer when its reader, its conversation, or its process goes."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import grpc
from infinure.chat.v1 import chat_service_pb2 as pb
from infinure.chat.v1 import conversation_pb2 as nouns

from tests.auth.refusals import refused
from tests.builders.postgres import Database
from tests.chat.server import ChatServer, kinds, never_ends, serving


async def test_nobody_listening_for_a_while_cancels_down_to_the_engine(
    control_plane: Callable[..., Database], signing_keys: Path
) -> None:
    async with serving(control_plane("auth", "chat"), signing_keys, unheard_seconds=0.2) as chat:
        chat.engine.script = never_ends
        person = await chat.person()
        request = pb.SendMessageRequest(conversation_id=await person.conversation(), content="how many?")
        call = person.call("SendMessage", request)
        accepted = await call.read()
        assert (await call.read()).WhichOneof("event") == "status"  # the engine has begun
        call.cancel()
        await asyncio.wait_for(chat.engine.left.wait(), 60)
        events = await person.resume(accepted.accepted.answer_id)
        assert kinds(events)[-1] == "failed"


async def test_a_reader_who_leaves_and_comes_back_hears_the_rest(chat: ChatServer) -> None:
    person = await chat.person()
    request = pb.SendMessageRequest(conversation_id=await person.conversation(), content="how many?")
    call = person.call("SendMessage", request)
    first = await call.read()
    call.cancel()
    rest = await person.resume(first.accepted.answer_id, first.sequence)
    assert [event.sequence for event in rest] == list(range(2, 2 + len(rest)))
    assert kinds(rest)[-1] == "completed"
    assert len(chat.engine.asked) == 1


async def test_deleting_the_conversation_ends_its_running_answer(chat: ChatServer) -> None:
    chat.engine.script = never_ends
    person = await chat.person()
    one = await person.conversation()
    call = person.call("SendMessage", pb.SendMessageRequest(conversation_id=one, content="how many?"))
    assert [(await call.read()).WhichOneof("event") for _ in range(2)] == ["accepted", "status"]
    await person.call("DeleteConversation", pb.DeleteConversationRequest(conversation_id=one))
    await asyncio.wait_for(chat.engine.left.wait(), 60)
    assert (await call.read()).WhichOneof("event") == "failed"
    with refused(grpc.StatusCode.NOT_FOUND, "CONVERSATION_NOT_FOUND"):
        await person.call("GetConversation", pb.GetConversationRequest(conversation_id=one))


async def test_a_service_that_stops_interrupts_its_answers_and_the_next_try_works(
    control_plane: Callable[..., Database], signing_keys: Path
) -> None:
    database = control_plane("auth", "chat")
    async with serving(database, signing_keys) as chat:
        chat.engine.script = never_ends
        person = await chat.person()
        conversation_id = await person.conversation()
        call = person.call("SendMessage", pb.SendMessageRequest(conversation_id=conversation_id, content="how many?"))
        answer_id = (await call.read()).accepted.answer_id
    async with serving(database, signing_keys) as chat:
        person.stub = chat.stub
        events = await person.resume(answer_id)
        assert events[-1].failed.status.message == "the answer was interrupted; ask again"
        assert kinds(await person.ask(conversation_id))[-1] == "completed"


async def test_an_answer_whose_process_was_killed_is_interrupted_at_the_next_start(
    control_plane: Callable[..., Database], signing_keys: Path
) -> None:
    database = control_plane("auth", "chat")
    async with serving(database, signing_keys) as chat:
        person = await chat.person()
        conversation_id = await person.conversation()
        answer_id = (await person.ask(conversation_id))[0].accepted.answer_id
    # What kill -9 leaves: an answer that says it runs, without its last event.
    database.run(f"UPDATE chat.answers SET state = 'running' WHERE id = '{answer_id}'")
    database.run(f"DELETE FROM chat.answer_events WHERE answer_id = '{answer_id}' AND kind = 'completed'")
    async with serving(database, signing_keys) as chat:
        person.stub = chat.stub
        events = await asyncio.wait_for(person.resume(answer_id), 60)
        assert kinds(events)[-1] == "failed"
        # Also for a reader who had seen more than was left.
        assert kinds(await person.resume(answer_id, 99))[-1] == "failed"
        listed = await person.call("ListMessages", pb.ListMessagesRequest(conversation_id=conversation_id))
        assert listed.messages[0].answer_state == nouns.ANSWER_STATE_FAILED


async def test_one_person_may_have_five_answers_running(chat: ChatServer) -> None:
    chat.engine.script = never_ends
    person, other = await chat.person(), await chat.person()
    one = await person.conversation()
    request = pb.SendMessageRequest(conversation_id=one, content="how many?")
    calls = [person.call("SendMessage", request) for _ in range(5)]
    for call in calls:
        await call.read()
    with refused(grpc.StatusCode.RESOURCE_EXHAUSTED, "TOO_MANY_ANSWERS"):
        await person.ask(one)
    theirs = pb.SendMessageRequest(conversation_id=await other.conversation(), content="how many?")
    assert (await other.call("SendMessage", theirs).read()).WhichOneof("event") == "accepted"


async def test_usage_is_kept_with_the_answer_for_delivery(chat: ChatServer) -> None:
    person = await chat.person()
    await person.ask(await person.conversation(), "a question with secret words")
    (kept,) = chat.database.run("SELECT payload FROM chat.jobs WHERE kind = 'record_query'")
    assert '"query_type": "answered"' in kept
    assert "secret words" not in kept
