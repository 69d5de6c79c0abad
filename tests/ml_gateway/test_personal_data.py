"""What the gateway exports, erases and lets go of."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from infinure.ml_gateway.v1 import learning_pb2
from infinure.ml_gateway.v1 import learning_service_pb2 as pb

from meshkit.ids import new_id
from tests.builders.personal_data import Holder, job_token, nothing
from tests.builders.postgres import Database
from tests.ml_gateway.server import GatewayServer, Integration, Member, scripted, serving
from tests.ml_gateway.test_learning import ROME, two_cities, words_of


@pytest.fixture
def database(control_plane: Callable[..., Database]) -> Database:
    return control_plane("ml_gateway")


@pytest.fixture
async def gateway(integration: Integration, database: Database) -> AsyncIterator[GatewayServer]:
    async with scripted(integration) as address, serving(address, database) as server:
        yield server


async def taught(member: Member, source_id: str) -> None:
    """A choice when asked back, a word taught on purpose, and a verdict."""
    answer_id = str(new_id())
    asked_back = await member.asker.ask(ROME)
    chosen = await member.asker.choose(asked_back, ROME, asked_back.clarification.options[1].label, answer_id=answer_id)
    assert chosen.kinds[-1] == "completed"
    (learned,) = await words_of(member, source_id=source_id)
    word = pb.CreateSynonymRequest(source_id=source_id, words="purchases", target=learned.target)
    await member.call(member.learning.CreateSynonym, word)
    down = learning_pb2.VERDICT_DOWN
    verdict = pb.RecordFeedbackRequest(answer_id=answer_id, verdict=down, reason="canary reason")
    await member.call(member.learning.RecordFeedback, verdict)


def kept(database: Database, words: str) -> int:
    tables = database.run(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'ml_gateway'::regnamespace"
    )
    rows = [row for table in tables for row in database.run(f"SELECT t::text FROM ml_gateway.{table} t")]
    return sum(words in row for row in rows)


async def test_what_was_learned_from_a_person_goes_and_what_they_taught_names_nobody(
    gateway: GatewayServer, integration: Integration, database: Database
) -> None:
    organization_id = new_id()
    member, other = gateway.member(organization_id), gateway.member(organization_id)
    source_id = integration.add("Shop", two_cities())
    await taught(member, source_id)
    mine = Holder(gateway.channel, job_token(organization_id))
    exported = await mine.export(member.user_id)
    assert {"synonyms", "feedback", "answer_uses"} <= {store for store, _ in exported}
    assert "canary reason" in json.dumps(exported)
    assert await mine.export(other.user_id) == []

    done = await mine.erase(member.user_id)
    assert (done["synonyms"], done["feedback"]) == ((1, 1, 0), (1, 0, 0))
    assert (kept(database, str(member.user_id)), kept(database, "canary reason")) == (0, 0)
    (word,) = await words_of(other, source_id=source_id)
    assert (word.words, word.user_id) == ("purchases", "")
    # It is forgotten at once, also in memory: the question is asked back again.
    assert (await other.asker.ask(ROME)).kinds == ["clarification", "completed"]
    assert await mine.erase(member.user_id) == nothing(done)


async def test_old_verdicts_are_let_go_of(gateway: GatewayServer, integration: Integration, database: Database) -> None:
    organization_id = new_id()
    member = gateway.member(organization_id)
    await taught(member, integration.add("Shop", two_cities()))
    limit = datetime.now(UTC) - timedelta(days=2557)
    mine = Holder(gateway.channel, job_token(organization_id))
    database.run(f"UPDATE ml_gateway.feedback SET update_time = '{limit + timedelta(days=1)}'")
    assert (await mine.retain(limit))["feedback"] == (0, 0, 0)
    database.run(f"UPDATE ml_gateway.feedback SET update_time = '{limit - timedelta(days=1)}'")
    # Another organization's are let alone.
    assert (await Holder(gateway.channel, job_token(UUID(int=7))).retain(limit))["feedback"] == (0, 0, 0)
    assert (await mine.retain(limit))["feedback"] == (1, 0, 0)
