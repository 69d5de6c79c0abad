"""What somebody chose when asked back is their organization's word from then on: seen, edited, deleted."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from infinure.error.v1 import access_pb2
from infinure.integration.v1 import catalog_pb2
from infinure.integration.v1.catalog_pb2 import (
    COLUMN_TYPE_DATE,
    COLUMN_TYPE_INTEGER,
    COLUMN_TYPE_TEXT,
)
from infinure.ml_gateway.v1 import answer_service_pb2, learning_pb2
from infinure.ml_gateway.v1 import learning_service_pb2 as pb
from infinure.ml_gateway.v1.receipt_service_pb2 import ReplayReceiptRequest

from meshkit.errors import MeshError
from meshkit.ids import new_id
from tests.ml_gateway.catalogs import column, orders, revenue
from tests.ml_gateway.server import GatewayServer, Integration, Member, batch, running, summary

ASK_ALONE = (access_pb2.PERMISSION_ASK, access_pb2.PERMISSION_READ_SOURCES)
ROME = "how many orders in Rome?"


def two_cities() -> catalog_pb2.Table:
    table = orders()
    for name, other in (("bill_city", "Bari"), ("ship_city", "Oslo")):
        table.columns.append(column(name, COLUMN_TYPE_TEXT, sample_values=["Rome", other], samples_complete=True))
    return table


def shipments() -> catalog_pb2.Table:
    """Two dates and no default, and a number of which it isn't plain whether it adds up."""
    return catalog_pb2.Table(
        schema="public",
        name="shipments",
        row_count=90,
        columns=[
            column("id", COLUMN_TYPE_INTEGER),
            column("packed_on", COLUMN_TYPE_DATE),
            column("sent_on", COLUMN_TYPE_DATE),
            column("carrier", COLUMN_TYPE_TEXT, sample_values=["Ante", "Bolt"], samples_complete=True),
        ],
        primary_key=["id"],
    )


async def words_of(member: Member, **fields: Any) -> list[learning_pb2.Synonym]:
    reply = await member.call(member.learning.ListSynonyms, pb.ListSynonymsRequest(**fields))
    return list(reply.synonyms)


async def refused(call: Any) -> str:
    with pytest.raises(MeshError) as failed:
        await call
    return failed.value.reason


@pytest.fixture
def member(gateway: GatewayServer) -> Member:
    return gateway.member(new_id())


async def test_a_choice_is_not_asked_for_again(member: Member, integration: Integration) -> None:
    source_id = integration.add("Shop", two_cities())
    asked_back = await member.asker.ask(ROME)
    assert asked_back.kinds == ["clarification", "completed"]
    assert asked_back.clarification.words == "Rome"
    label = asked_back.clarification.options[1].label
    chosen = await member.asker.choose(asked_back, ROME, label)
    assert chosen.kinds[-1] == "completed"
    assert not chosen.interpretation.learned_words

    (word,) = await words_of(member, source_id=source_id)
    assert (word.words, word.use_count, word.used, word.outdated) == ("Rome", 0, True, False)
    assert word.origin == learning_pb2.LEARNING_ORIGIN_CLARIFICATION
    assert word.user_id == str(member.user_id)

    again = await member.asker.ask("how many orders in rome are there")
    assert "clarification" not in again.kinds
    assert again.query.sql == chosen.query.sql
    (told,) = again.interpretation.learned_words
    assert told.synonym_id == word.id
    assert told.text == f"“Rome” is taken to mean {word.meaning}, as chosen on 15 March 2026."
    assert told.is_choice
    (used,) = await words_of(member)
    assert used.use_count == 1
    assert told.text in again.interpretation.assumptions
    # Characters are counted in the question as it was typed.
    typed = "how many orders in rome are there"
    for meaning in again.interpretation.meanings:
        assert typed[meaning.start : meaning.end] == meaning.text

    await member.call(member.learning.DeleteSynonym, pb.DeleteSynonymRequest(synonym_id=told.synonym_id))
    assert (await member.asker.ask(ROME)).kinds == ["clarification", "completed"]
    assert await words_of(member) == []
    # The receipt has the question as it was read, so it replays without the word.
    replay = ReplayReceiptRequest(receipt=again.receipt)
    assert (await member.call(member.receipts.ReplayReceipt, replay)).identical


@pytest.mark.parametrize("way", ["click", "label", "2", "the second one", "option 2 please", "i mean the second"])
async def test_however_an_option_is_taken_it_is_remembered(member: Member, integration: Integration, way: str) -> None:
    integration.add("Shop", two_cities())
    asked_back = await member.asker.ask(ROME)
    option = asked_back.clarification.options[1]
    said = {"click": option.question, "label": option.label}.get(way, way)
    turns = [answer_service_pb2.Turn(question=ROME, clarification=asked_back.clarification)]
    answer = await member.asker.ask(said, turns=turns)
    (word,) = await words_of(member)
    assert (word.words, word.target.column) == ("Rome", "ship_city")
    again = await member.asker.ask(ROME)
    assert again.query.sql == answer.query.sql
    assert [one.synonym_id for one in again.interpretation.learned_words] == [word.id]


async def test_a_choice_that_is_corrected_is_the_one_that_counts(member: Member, integration: Integration) -> None:
    integration.add("Shop", two_cities())
    asked_back = await member.asker.ask(ROME)
    turns = [answer_service_pb2.Turn(question=ROME, clarification=asked_back.clarification)]
    first = await member.asker.ask("the first", turns=turns)
    turns.append(answer_service_pb2.Turn(question="the first", sql=first.query.sql, source_id=first.query.source_id))
    second = await member.asker.ask("no, the second", turns=turns)
    assert second.query.sql != first.query.sql
    assert (await member.asker.ask(ROME)).query.sql == second.query.sql


@pytest.mark.parametrize("said", ["neither", "how many orders are there", "3", "both"])
async def test_what_takes_no_option_teaches_nothing(member: Member, integration: Integration, said: str) -> None:
    integration.add("Shop", two_cities())
    asked_back = await member.asker.ask(ROME)
    turns = [answer_service_pb2.Turn(question=ROME, clarification=asked_back.clarification)]
    await member.asker.ask(said, turns=turns)
    assert await words_of(member) == []


@pytest.mark.parametrize("said", ["South", "the second", "2"])
async def test_a_source_that_is_chosen_in_words(member: Member, integration: Integration, said: str) -> None:
    integration.add("North", orders())
    south = integration.add("South", orders())
    question = "how many orders are there?"
    asked_back = await member.asker.ask(question)
    turns = [answer_service_pb2.Turn(question=question, clarification=asked_back.clarification)]
    assert (await member.asker.ask(said, turns=turns)).receipt.source_id == south
    assert (await member.asker.ask(question)).receipt.source_id == south


async def test_what_is_chosen_without_having_been_offered_teaches_nothing(
    member: Member, integration: Integration
) -> None:
    integration.add("Shop", two_cities())
    asked_back = await member.asker.ask(ROME)
    await member.asker.ask(asked_back.clarification.options[0].question)
    assert await words_of(member) == []


async def test_an_answer_that_fails_teaches_nothing(member: Member, integration: Integration) -> None:
    async def broken(request: Any) -> AsyncIterator[Any]:
        yield running("SELECT")
        raise MeshError("no", reason="SOURCE_UNREACHABLE")

    integration.add("Shop", two_cities())
    asked_back = await member.asker.ask(ROME)
    integration.run = broken
    failed = await member.asker.choose(asked_back, ROME, asked_back.clarification.options[0].label)
    assert failed.error is not None
    assert await words_of(member) == []


async def test_nothing_crosses_organizations(gateway: GatewayServer, integration: Integration) -> None:
    """Two organizations with the same source id, which the scripted integration allows and the real one never does."""
    integration.add("Shop", two_cities())
    one, other = gateway.member(new_id()), gateway.member(new_id())
    asked_back = await one.asker.ask(ROME)
    await one.asker.choose(asked_back, ROME, asked_back.clarification.options[0].label)
    (word,) = await words_of(one)
    assert (await other.asker.ask(ROME)).kinds == ["clarification", "completed"]
    assert await words_of(other) == []
    delete = pb.DeleteSynonymRequest(synonym_id=word.id)
    update = pb.UpdateSynonymRequest(synonym_id=word.id, weight=0)
    assert await refused(other.call(other.learning.DeleteSynonym, delete)) == "SYNONYM_NOT_FOUND"
    assert await refused(other.call(other.learning.UpdateSynonym, update)) == "SYNONYM_NOT_FOUND"
    assert len(await words_of(one)) == 1


async def test_a_colleague_has_the_word_too_and_who_taught_it_may_delete_it(
    gateway: GatewayServer, integration: Integration
) -> None:
    organization_id = new_id()
    integration.add("Shop", two_cities())
    teacher = gateway.member(organization_id, ASK_ALONE)
    colleague = gateway.member(organization_id, ASK_ALONE)
    asked_back = await teacher.asker.ask(ROME)
    await teacher.asker.choose(asked_back, ROME, asked_back.clarification.options[0].label)
    answer = await colleague.asker.ask(ROME)
    (word,) = answer.interpretation.learned_words
    assert word.user_id == str(teacher.user_id)
    delete = pb.DeleteSynonymRequest(synonym_id=word.synonym_id)
    assert await refused(colleague.call(colleague.learning.DeleteSynonym, delete)) == "PERMISSION_MISSING"
    assert await refused(words_of(colleague)) == "PERMISSION_MISSING"
    await teacher.call(teacher.learning.DeleteSynonym, delete)
    assert (await colleague.asker.ask(ROME)).kinds == ["clarification", "completed"]


async def test_the_date_that_was_chosen_is_that_tables_date(member: Member, integration: Integration) -> None:
    integration.add("Depot", shipments())
    question = "how many shipments in 2025"
    asked_back = await member.asker.ask(question)
    assert asked_back.kinds == ["clarification", "completed"]
    label = next(one.label for one in asked_back.clarification.options if "sent" in one.label)
    await member.asker.choose(asked_back, question, label)
    (word,) = await words_of(member)
    assert word.target.kind == learning_pb2.SYNONYM_KIND_DATE
    assert word.target.column == "sent_on"
    again = await member.asker.ask("how many shipments in 2024 by carrier")
    assert "clarification" not in again.kinds
    assert '"sent_on"' in again.query.sql
    assert [one.synonym_id for one in again.interpretation.learned_words] == [word.id]


async def test_the_source_that_was_chosen_for_a_question(member: Member, integration: Integration) -> None:
    integration.add("North", orders())
    south = integration.add("South", orders())
    question = "how many orders are there?"
    asked_back = await member.asker.ask(question)
    chosen = await member.asker.choose(asked_back, question, "South")
    assert chosen.receipt.source_id == south
    again = await member.asker.ask(question)
    assert again.receipt.source_id == south
    assert [one.meaning for one in again.interpretation.learned_words] == ["South"]
    # Another question is another choice.
    assert (await member.asker.ask("orders by status")).kinds == ["clarification", "completed"]


async def test_words_that_a_person_teaches_are_read_as_the_things_own(member: Member, integration: Integration) -> None:
    source_id = integration.add("Shop", orders(), metrics=[revenue()])
    taught = {
        "hauls": learning_pb2.SynonymTarget(kind=learning_pb2.SYNONYM_KIND_TABLE, schema="public", table="orders"),
        "phase": learning_pb2.SynonymTarget(
            kind=learning_pb2.SYNONYM_KIND_COLUMN, schema="public", table="orders", column="status"
        ),
        "cleared": learning_pb2.SynonymTarget(
            kind=learning_pb2.SYNONYM_KIND_VALUE, schema="public", table="orders", column="status", value="paid"
        ),
        "moolah": learning_pb2.SynonymTarget(kind=learning_pb2.SYNONYM_KIND_METRIC, metric="revenue"),
    }
    same = {
        "how many hauls": "how many orders",
        "how many orders by phase": "how many orders by status",
        "how many cleared orders": "how many paid orders",
        "moolah by month": "revenue by month",
    }
    for question in same:
        assert "query" not in (await member.asker.ask(question)).kinds, question
    for words, target in taught.items():
        request = pb.CreateSynonymRequest(source_id=source_id, words=words, target=target)
        made = (await member.call(member.learning.CreateSynonym, request)).synonym
        assert made.origin == learning_pb2.LEARNING_ORIGIN_PERSON
    for (question, plain), words in zip(same.items(), taught, strict=True):
        answer = await member.asker.ask(question)
        assert answer.query.sql == (await member.asker.ask(plain)).query.sql
        assert [one.words for one in answer.interpretation.learned_words] == [words]
        assert not answer.interpretation.learned_words[0].is_choice


async def test_what_can_not_be_taught(member: Member, integration: Integration) -> None:
    source_id = integration.add("Shop", orders())
    there = learning_pb2.SynonymTarget(kind=learning_pb2.SYNONYM_KIND_TABLE, schema="public", table="orders")
    cases: list[tuple[str, str, learning_pb2.SynonymTarget, str]] = [
        (source_id, "…", there, "REQUEST_INVALID"),
        (source_id, "", there, "REQUEST_INVALID"),
        (str(new_id()), "purchases", there, "SOURCE_NOT_FOUND"),
        (
            source_id,
            "purchases",
            learning_pb2.SynonymTarget(kind=learning_pb2.SYNONYM_KIND_TABLE, schema="public", table="secrets"),
            "CATALOG_ENTRY_NOT_FOUND",
        ),
        (
            source_id,
            "purchases",
            learning_pb2.SynonymTarget(kind=learning_pb2.SYNONYM_KIND_CHOICE, choice="aggregate:total"),
            "REQUEST_INVALID",
        ),
    ]
    for source, words, target, reason in cases:
        request = pb.CreateSynonymRequest(source_id=source, words=words, target=target)
        assert await refused(member.call(member.learning.CreateSynonym, request)) == reason
    request = pb.CreateSynonymRequest(source_id=source_id, words="purchases", target=there)
    await member.call(member.learning.CreateSynonym, request)
    request.words = "Purchase"  # the same word
    assert await refused(member.call(member.learning.CreateSynonym, request)) == "SYNONYM_EXISTS"


async def test_a_word_of_a_column_that_the_caller_may_not_see_is_withheld(
    gateway: GatewayServer, integration: Integration
) -> None:
    organization_id = new_id()
    source_id = integration.add("Shop", orders())
    teacher, other = gateway.member(organization_id), gateway.member(organization_id)
    target = learning_pb2.SynonymTarget(
        kind=learning_pb2.SYNONYM_KIND_COLUMN, schema="public", table="orders", column="status"
    )
    request = pb.CreateSynonymRequest(source_id=source_id, words="secret progress", target=target)
    await teacher.call(teacher.learning.CreateSynonym, request)
    narrowed = orders()
    del narrowed.columns[2]
    integration.catalogs[source_id].tables[0].CopyFrom(narrowed)
    integration.catalogs[source_id].version = "v2"
    (seen,) = await words_of(other)
    assert (seen.outdated, seen.used, seen.words, seen.meaning) == (True, False, "", "")
    assert not seen.HasField("target")
    (own,) = await words_of(teacher)
    assert (own.outdated, own.words) == (True, "secret progress")
    # It is left out of what the question is read by, and breaks nothing.
    answer = await other.asker.ask("how many orders")
    assert answer.kinds[-1] == "completed"
    assert "query" in answer.kinds


async def test_pages(member: Member, integration: Integration) -> None:
    source_id = integration.add("Shop", orders())
    target = learning_pb2.SynonymTarget(kind=learning_pb2.SYNONYM_KIND_TABLE, schema="public", table="orders")
    for number in range(5):
        request = pb.CreateSynonymRequest(source_id=source_id, words=f"word {number}", target=target)
        await member.call(member.learning.CreateSynonym, request)
    found: list[str] = []
    token = ""
    while True:
        reply = await member.call(
            member.learning.ListSynonyms, pb.ListSynonymsRequest(page_size=2, page_token=token, source_id=source_id)
        )
        found += [one.words for one in reply.synonyms]
        token = reply.next_page_token
        if not token:
            break
    assert sorted(found) == [f"word {number}" for number in range(5)]
    other = pb.ListSynonymsRequest(page_token="AAAA")
    assert await refused(member.call(member.learning.ListSynonyms, other)) == "PAGE_TOKEN_INVALID"


async def one_status(request: Any) -> AsyncIterator[Any]:
    yield running("SELECT")
    yield batch(status=["paid"], n=[1])
    yield summary(1)


@pytest.mark.parametrize(
    ("question", "kind"), [("how many orders are there", "query"), ("how many gorillas are there", "refusal")]
)
async def test_what_used_nothing_learned_is_judged_as_well(
    member: Member, integration: Integration, question: str, kind: str
) -> None:
    integration.add("Shop", two_cities())
    answer_id = str(new_id())
    assert kind in (await member.asker.ask(question, answer_id=answer_id)).kinds
    request = pb.RecordFeedbackRequest(answer_id=answer_id, verdict=learning_pb2.VERDICT_UP)
    kept = (await member.call(member.learning.RecordFeedback, request)).feedback
    assert (kept.answer_id, kept.verdict, list(kept.synonym_ids)) == (answer_id, learning_pb2.VERDICT_UP, [])


async def test_two_thumbs_down_and_the_word_is_used_no_more(gateway: GatewayServer, integration: Integration) -> None:
    organization_id = new_id()
    source_id = integration.add("Shop", two_cities())
    members = [gateway.member(organization_id) for _ in range(3)]
    asked_back = await members[0].asker.ask(ROME)
    await members[0].asker.choose(asked_back, ROME, asked_back.clarification.options[0].label)

    async def used(member: Member) -> str:
        answer_id = str(new_id())
        stub = member.asker.stub
        request = member.asker.request(ROME, answer_id=answer_id)
        assert [one async for one in stub.Answer(request, metadata=member.asker.metadata)]
        return answer_id

    async def judge(member: Member, answer_id: str, verdict: Any) -> learning_pb2.Feedback:
        request = pb.RecordFeedbackRequest(answer_id=answer_id, verdict=verdict, reason="it meant the other")
        reply: pb.RecordFeedbackResponse = await member.call(member.learning.RecordFeedback, request)
        return reply.feedback

    first, second = await used(members[1]), await used(members[2])
    assert await refused(judge(members[2], first, learning_pb2.VERDICT_DOWN)) == "ANSWER_NOT_FOUND"
    kept = await judge(members[1], first, learning_pb2.VERDICT_DOWN)
    (word,) = await words_of(members[0])
    assert list(kept.synonym_ids) == [word.id]
    assert (word.weight, word.used) == (0.7, True)
    await judge(members[1], first, learning_pb2.VERDICT_DOWN)  # the same once more counts once
    assert (await words_of(members[0]))[0].weight == 0.7
    await judge(members[2], second, learning_pb2.VERDICT_DOWN)
    (word,) = await words_of(members[0])
    assert (word.weight, word.used) == (0.4, False)
    assert (await members[0].asker.ask(ROME)).kinds == ["clarification", "completed"]

    await judge(members[2], second, learning_pb2.VERDICT_UP)  # a change of mind
    assert (await words_of(members[0]))[0].weight == 0.8
    assert "query" in (await members[0].asker.ask(ROME)).kinds
    delete = pb.DeleteFeedbackRequest(answer_id=first)
    await members[1].call(members[1].learning.DeleteFeedback, delete)
    assert (await words_of(members[0]))[0].weight == 1.1
    assert await refused(members[1].call(members[1].learning.DeleteFeedback, delete)) == "ANSWER_NOT_FOUND"

    # Everybody is told their own alone.
    own = pb.BatchGetFeedbackRequest(answer_ids=[first, second, second])
    for member, expected in ((members[0], []), (members[2], [(second, learning_pb2.VERDICT_UP, "it meant the other")])):
        told = (await member.call(member.learning.BatchGetFeedback, own)).feedback
        assert [(one.answer_id, one.verdict, one.reason) for one in told] == expected
    listed = await members[0].call(members[0].learning.ListFeedback, pb.ListFeedbackRequest())
    assert [(one.answer_id, one.verdict) for one in listed.feedback] == [(second, learning_pb2.VERDICT_UP)]
    assert UUID(source_id)

    # Nobody judges an answer that they didn't get, be it another organization's or none at all.
    stranger = gateway.member(new_id())
    told = set()
    for answer_id in (first, second, str(new_id())):
        request = pb.RecordFeedbackRequest(answer_id=answer_id, verdict=learning_pb2.VERDICT_UP)
        with pytest.raises(MeshError) as unknown:
            await stranger.call(stranger.learning.RecordFeedback, request)
        told.add((unknown.value.reason, unknown.value.message, str(unknown.value.metadata)))
    assert [reason for reason, _, _ in told] == ["ANSWER_NOT_FOUND"]

    # A weight that a person sets forgets the thumbs.
    update = pb.UpdateSynonymRequest(synonym_id=word.id, weight=0.2)
    assert not (await members[0].call(members[0].learning.UpdateSynonym, update)).synonym.used
    await judge(members[2], second, learning_pb2.VERDICT_DOWN)
    assert (await words_of(members[0]))[0].weight == 0
