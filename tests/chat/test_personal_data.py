"""What chat exports, erases and lets go of."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import grpc
from infinure.auth.v1 import user_service_pb2

from meshkit.ids import new_id
from services.auth.adapters.signing_keys import open_keyring
from services.auth.tokens import TokenIssuer
from tests.auth.refusals import refused
from tests.builders.personal_data import Holder, nothing
from tests.chat.server import ChatServer, Person, never_ends

CANARY = "how many canaries sing in Rome?"


async def holder(chat: ChatServer, person: Person, keys: Path) -> Holder:
    """With a token as auth makes it."""
    me = await chat.auth.users.GetMe(user_service_pb2.GetMeRequest(), metadata=person.metadata)
    issuer = TokenIssuer(open_keyring(keys, datetime.now(UTC)))
    token = issuer.personal_data_job(UUID(me.organization.id), new_id())
    return Holder(chat.channel, token.value.reveal())


def kept(chat: ChatServer, words: str) -> int:
    """In how many rows of any table the words stand."""
    tables = chat.database.run(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'chat'::regnamespace"
    )
    rows = [row for table in tables for row in chat.database.run(f"SELECT t::text FROM chat.{table} t")]
    # Bytes are told in hexadecimal.
    return sum(words in row or words.encode().hex() in row for row in rows)


async def test_a_persons_conversations_are_exported_and_then_gone(chat: ChatServer, signing_keys: Path) -> None:
    person, other = await chat.person(), await chat.person()
    for one in (person, other):
        await one.ask(await one.conversation(), CANARY)
    mine = await holder(chat, person, signing_keys)
    exported = await mine.export(person.user_id)
    assert {store for store, _ in exported} == {"answers", "messages", "conversations", "answer_events"}
    assert CANARY in [record["content"] for store, record in exported if store == "messages"]
    assert any("interpretation" in record for store, record in exported if store == "answer_events")
    assert str(other.user_id) not in json.dumps(exported)

    # Another organization's job finds nobody.
    assert await (await holder(chat, other, signing_keys)).erase(person.user_id) == nothing(await mine.erase(new_id()))
    done = await mine.erase(person.user_id)
    assert (done["conversations"], done["messages"], done["answers"]) == ((1, 0, 0), (2, 0, 0), (1, 0, 0))
    assert done["answer_events"][0] > 3
    assert await mine.export(person.user_id) == []
    assert kept(chat, person.user_id) == 0
    assert kept(chat, CANARY) == 2  # the other's title and question
    assert await mine.erase(person.user_id) == nothing(done)


async def test_nobody_asks_for_it_with_a_token_of_their_own(chat: ChatServer) -> None:
    person = await chat.person()
    with refused(grpc.StatusCode.PERMISSION_DENIED, "PERMISSION_MISSING"):
        await Holder(chat.channel, person.token).erase(person.user_id)


async def test_a_running_answer_is_ended_first(chat: ChatServer, signing_keys: Path) -> None:
    chat.engine.script = never_ends
    person = await chat.person()
    conversation = await person.conversation()
    asking = asyncio.create_task(person.ask(conversation, CANARY))
    async with asyncio.timeout(20):
        while not chat.engine.asked:  # noqa: ASYNC110 - a list tells nobody
            await asyncio.sleep(0.05)
    mine = await holder(chat, person, signing_keys)
    with refused(grpc.StatusCode.UNAVAILABLE, "SERVICE_UNAVAILABLE"):
        await mine.erase(person.user_id)
    assert (await asyncio.wait_for(asking, 30))[-1].WhichOneof("event") == "failed"
    assert (await mine.erase(person.user_id))["conversations"] == (1, 0, 0)
    assert kept(chat, person.user_id) == 0


async def test_conversations_that_are_too_old_are_gone_with_all_that_is_in_them(
    chat: ChatServer, signing_keys: Path
) -> None:
    person = await chat.person()
    old, young = await person.conversation(), await person.conversation()
    for conversation in (old, young):
        await person.ask(conversation, CANARY)
    limit = datetime.now(UTC) - timedelta(days=2557)
    chat.database.run(f"UPDATE chat.conversations SET updated_at = '{limit - timedelta(days=1)}' WHERE id = '{old}'")
    chat.database.run(f"UPDATE chat.conversations SET updated_at = '{limit + timedelta(days=1)}' WHERE id = '{young}'")
    mine = await holder(chat, person, signing_keys)
    done = await mine.retain(limit)
    assert (done["conversations"], done["messages"]) == ((1, 0, 0), (2, 0, 0))
    assert chat.database.run("SELECT id FROM chat.conversations") == [young]
    assert await mine.retain(limit) == nothing(done)
