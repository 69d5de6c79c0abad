"""Asking, resuming and cancelling, by gRPC on a real server."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import grpc
from infinure.chat.v1 import chat_service_pb2 as pb
from infinure.chat.v1 import conversation_pb2 as nouns
from infinure.ml_gateway.v1 import answer_service_pb2 as ml
from infinure.ml_gateway.v1.answer_event_pb2 import Clarification, ClarificationOption, Completed, Status
from infinure.ml_gateway.v1.receipt_pb2 import OUTCOME_CLARIFICATION, Receipt

from meshkit.ids import new_id
from tests.auth.refusals import refused
from tests.chat.server import ChatServer, forty_two, kinds, never_ends


async def test_an_answer_comes_in_order_and_is_kept(chat: ChatServer) -> None:
    person = await chat.person()
    conversation_id = await person.conversation()
    events = await person.ask(conversation_id)
    assert kinds(events) == [
        "accepted", "status", "interpretation", "query", "rows", "section", "section", "completed",
    ]  # fmt: skip
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    listed = await person.call("ListMessages", pb.ListMessagesRequest(conversation_id=conversation_id))
    answer, question = listed.messages
    assert (question.content, answer.content) == ("how many orders?", "Orders: 42.")
    assert answer.answer_state == nouns.ANSWER_STATE_COMPLETED
    assert [event.sequence for event in answer.events] == [1, 3, 4, 5, 6, 7, 8]  # all but status


async def test_a_resumed_answer_has_the_same_bytes(chat: ChatServer) -> None:
    person = await chat.person()
    events = await person.ask(await person.conversation())
    for after in (0, 3, len(events) - 1):
        resumed = await person.resume(events[0].accepted.answer_id, after)
        assert [event.SerializeToString() for event in resumed] == [e.SerializeToString() for e in events[after:]]


async def test_fifty_parallel_sends_of_one_message_ask_the_engine_once(chat: ChatServer) -> None:
    person = await chat.person()
    conversation_id, message_id = await person.conversation(), str(new_id())
    answers = await asyncio.gather(*(person.ask(conversation_id, message_id=message_id) for _ in range(50)))
    assert len({b"".join(event.SerializeToString() for event in events) for events in answers}) == 1
    assert len(chat.engine.asked) == 1


async def test_a_message_id_is_good_for_one_message(chat: ChatServer) -> None:
    person = await chat.person()
    conversation_id, message_id = await person.conversation(), str(new_id())
    await person.ask(conversation_id, message_id=message_id)
    with refused(grpc.StatusCode.ALREADY_EXISTS, "MESSAGE_ID_REUSED"):
        await person.ask(conversation_id, "another question", message_id=message_id)


async def test_cancelling_ends_the_engine_and_the_stream(chat: ChatServer) -> None:
    chat.engine.script = never_ends
    person = await chat.person()
    request = pb.SendMessageRequest(conversation_id=await person.conversation(), content="how many?")
    call = person.call("SendMessage", request)
    accepted = await call.read()
    await call.read()
    reply = await person.call("CancelAnswer", pb.CancelAnswerRequest(answer_id=accepted.accepted.answer_id))
    assert reply.answer_state == nouns.ANSWER_STATE_CANCELLED
    failed = await call.read()
    assert failed.WhichOneof("event") == "failed"
    assert await call.code() == grpc.StatusCode.CANCELLED
    await asyncio.wait_for(chat.engine.left.wait(), 60)


async def test_an_engine_that_dies_fails_the_answer_and_keeps_the_question(chat: ChatServer) -> None:
    async def dies(request: ml.AnswerRequest, context: Any) -> AsyncIterator[ml.AnswerResponse]:
        yield ml.AnswerResponse(sequence=1, status=Status(text="thinking"))
        raise RuntimeError("secret of the engine")

    chat.engine.script = dies
    person = await chat.person()
    conversation_id = await person.conversation()
    events = await person.ask(conversation_id)
    assert kinds(events)[-1] == "failed"
    assert "secret" not in str(events[-1])
    chat.engine.script = forty_two
    assert kinds(await person.ask(conversation_id))[-1] == "completed"
    listed = await person.call("ListMessages", pb.ListMessagesRequest(conversation_id=conversation_id))
    assert len(listed.messages) == 4


async def test_the_engine_hears_what_it_asked_back(chat: ChatServer) -> None:
    option = ClarificationOption(label="net", question="net sales by month", id="column:shop.orders.net")
    asked_back = Clarification(question="What do you mean by “sales”?", words="sales", options=[option])

    async def ask_back(request: ml.AnswerRequest, context: Any) -> AsyncIterator[ml.AnswerResponse]:
        yield ml.AnswerResponse(sequence=1, clarification=asked_back)
        receipt = Receipt(outcome=OUTCOME_CLARIFICATION, engine="scripted")
        yield ml.AnswerResponse(sequence=2, completed=Completed(receipt=receipt))

    person = await chat.person()
    conversation_id = await person.conversation()
    chat.engine.script = ask_back
    await person.ask(conversation_id, "sales by month")
    chat.engine.script = forty_two
    await person.ask(conversation_id, option.question)
    await person.ask(conversation_id, "and last year?")
    first, second = chat.engine.asked[-1].turns
    assert (first.question, first.clarification, first.sql) == ("sales by month", asked_back, "")
    assert (second.question, second.sql) == (option.question, "SELECT count(*) FROM orders")
    assert not second.HasField("clarification")
    assert list(chat.engine.asked[-2].turns) == [first]
