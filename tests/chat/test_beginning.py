"""An answer between its place in the store and its task: nobody may take it for one that a dead worker left."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from uuid import UUID

import pytest
from infinure.ml_gateway.v1.answer_event_pb2 import AnswerEvent, Completed
from infinure.ml_gateway.v1.receipt_pb2 import OUTCOME_ANSWERED, Receipt

from meshkit.database import Database
from meshkit.identity import Caller
from meshkit.ids import new_id, utc_now
from meshkit.jobs import Jobs
from meshkit.secrets import Secret
from meshkit.settings import DatabaseSettings
from services.chat.adapters.answers import SqlAnswers
from services.chat.adapters.conversations import SqlConversations
from services.chat.answering import Answering
from services.chat.model import Begun, Conversation, Question, Turn
from tests.builders import postgres, tokens

SECONDS = 60


class Meanwhile(SqlAnswers):
    """The store, with something that happens as soon as an answer is in it, before `begin` returns."""

    happens: Callable[[UUID], AsyncIterator[None]]

    async def begin(self, caller: Caller, question: Question, answer_id: UUID, worker: str, limit: int) -> Begun:
        begun = await super().begin(caller, question, answer_id, worker, limit)
        async for _ in self.happens(answer_id):
            pass
        return begun


class Engine:
    """Answers at once."""

    async def answer(
        self, answer_id: UUID, question: Question, turns: Sequence[Turn], role: str
    ) -> AsyncIterator[AnswerEvent]:
        yield AnswerEvent(completed=Completed(receipt=Receipt(outcome=OUTCOME_ANSWERED)))


class Tokens:
    """Test tokens last long enough."""

    async def exchange(self, caller: Caller) -> Caller:
        return caller


async def asked(control_plane: Callable[..., postgres.Database], happens: str) -> list[str]:
    """The kinds of the events of one answer."""
    settings = DatabaseSettings(url=Secret(control_plane("chat").app_url("chat")))
    caller = tokens.caller(new_id())
    assert caller.user_id is not None
    async with Database.open(settings) as database, asyncio.timeout(SECONDS):
        store = Meanwhile(database, Jobs())
        answering = Answering(store, Engine(), Tokens(), worker="chat-0", clock=utc_now)
        now = utc_now()
        room = Conversation(new_id(), caller.user_id, "", None, archived=False, created_at=now, updated_at=now)
        await SqlConversations(database).create(caller, room)

        async def look_after(answer_id: UUID) -> AsyncIterator[None]:
            await answering.look_after()
            yield

        async def end_it(answer_id: UUID) -> AsyncIterator[None]:
            await store.interrupt_orphans("chat-0", ())
            yield

        store.happens = {"look after": look_after, "ended elsewhere": end_it}[happens]
        events = answering.ask(caller, room.id, None, "how many orders?", "")
        return [str(event.WhichOneof("event")) async for event in events]


@pytest.mark.parametrize(
    ("happens", "last"), [("look after", "completed"), ("ended elsewhere", "failed")], ids=["its own", "another's"]
)
async def test_an_answer_that_begins_is_no_orphan_and_one_that_was_ended_ends_for_its_followers(
    control_plane: Callable[..., postgres.Database], happens: str, last: str
) -> None:
    assert (await asked(control_plane, happens))[-1] == last
