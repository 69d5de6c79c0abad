"""An answer that a person vouches for answers the same question in other words, says so, and no other question."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from infinure.ml_gateway.v1 import learning_pb2, receipt_service_pb2
from infinure.ml_gateway.v1 import learning_service_pb2 as pb
from infinure.ml_gateway.v1.receipt_pb2 import OUTCOME_REFUSED

from meshkit.errors import FailedPrecondition, MeshError
from meshkit.ids import new_id
from tests.builders.ports import free_port
from tests.builders.postgres import Database
from tests.ml_gateway.catalogs import orders, revenue
from tests.ml_gateway.server import GatewayServer, Integration, Member, scripted, serving

PAID_IN_2025 = "how many paid orders in 2025"
WRITTEN = "SELECT count(*) AS n FROM public.orders WHERE status <> 'open'"


@pytest.fixture
def member(gateway: GatewayServer) -> Member:
    return gateway.member(new_id())


@pytest.fixture
def shop(integration: Integration) -> str:
    return integration.add("Shop", orders(), metrics=[revenue()])


async def verify(member: Member, question: str, said: str = "") -> learning_pb2.VerifiedAnswer:
    """Asks, and marks the answer verified; `said` is how people ask for it."""
    answer = await member.asker.ask(question)
    request = pb.CreateVerifiedAnswerRequest(receipt=answer.receipt, question=said)
    reply: pb.CreateVerifiedAnswerResponse = await member.call(member.learning.CreateVerifiedAnswer, request)
    return reply.verified_answer


async def write(member: Member, source_id: str, question: str, sql: str = WRITTEN) -> learning_pb2.VerifiedAnswer:
    request = pb.CreateVerifiedAnswerRequest(source_id=source_id, question=question, sql=sql)
    reply: pb.CreateVerifiedAnswerResponse = await member.call(member.learning.CreateVerifiedAnswer, request)
    return reply.verified_answer


async def listed(member: Member) -> list[learning_pb2.VerifiedAnswer]:
    reply = await member.call(member.learning.ListVerifiedAnswers, pb.ListVerifiedAnswersRequest())
    return list(reply.verified_answers)


async def used_by(member: Member, question: str) -> str:
    """The id of the verified answer that the question was answered by; empty for none."""
    answer = await member.asker.ask(question)
    if "interpretation" not in answer.kinds or not answer.interpretation.HasField("verified"):
        return ""
    assert answer.receipt.verified_answer_id == answer.interpretation.verified.verified_answer_id
    return str(answer.receipt.verified_answer_id)


async def failure(call: Any) -> str:
    with pytest.raises(MeshError) as failed:
        await call
    return failed.value.reason


async def test_the_same_question_in_other_words(member: Member, shop: str) -> None:
    made = await verify(member, PAID_IN_2025)
    assert (made.question, made.is_correction, made.is_relative, made.used) == (PAID_IN_2025, False, False, True)
    assert made.user_id == str(member.user_id)
    assert made.catalog_version == "v1"
    answer = await member.asker.ask("How many orders were paid in 2025?")
    told = answer.interpretation.verified
    assert (told.verified_answer_id, told.question, told.user_id) == (made.id, PAID_IN_2025, str(member.user_id))
    assert told.text == f"Used a verified answer: “{PAID_IN_2025}”, verified on 15 March 2026."
    assert answer.interpretation.confidence == 1.0
    assert answer.query.sql == made.sql
    (seen,) = await listed(member)
    assert seen.use_count == 1
    assert seen.HasField("last_use_time")


@pytest.mark.parametrize(
    "other",
    [
        "how many paid orders in 2024",
        "how many open orders in 2025",
        "how many orders in 2025",
        "how many orders not paid in 2025",
        "paid orders in 2025 by month",
        "revenue in 2025",
        "how many paid orders last year",
    ],
)
async def test_other_figures_periods_and_conditions_are_other_questions(member: Member, shop: str, other: str) -> None:
    await verify(member, PAID_IN_2025)
    assert await used_by(member, other) == ""


async def test_a_relative_period_is_counted_anew(
    integration: Integration, control_plane: Any, member: Member, shop: str
) -> None:
    database: Database = control_plane("ml_gateway")
    organization_id = new_id()
    question = "how many orders last month"
    async with scripted(integration) as address:
        async with serving(address, database) as gateway:
            made = await verify(gateway.member(organization_id), question)
            assert made.is_relative
            assert "2026-02-01" in made.sql
        async with serving(address, database, now=datetime(2026, 9, 2, tzinfo=UTC)) as gateway:
            answer = await gateway.member(organization_id).asker.ask("last month, how many orders?")
            assert answer.receipt.verified_answer_id == made.id
            assert "2026-08-01" in answer.query.sql
            assert "2026-02-01" not in answer.query.sql


async def test_a_query_of_ones_own_is_used_as_it_stands(member: Member, shop: str, integration: Integration) -> None:
    made = await write(member, shop, "settled business")
    assert made.is_correction
    assert [query.sql for query in integration.queries] == [WRITTEN]  # it ran once, so that it is known to
    answer = await member.asker.ask("Please show me the settled business")
    assert answer.receipt.verified_answer_id == made.id
    assert answer.query.sql == WRITTEN
    assert [column.label for column in answer.rows.columns] == ["N"]
    assert answer.kinds == ["interpretation", "query", "rows", "chart", "completed"]
    # Only the same words are the same question: what the engine makes of them isn't what was vouched for.
    assert await used_by(member, "settled business in 2025") == ""
    assert await used_by(member, "business settled") == ""


@pytest.mark.parametrize(
    ("question", "sql", "reason"),
    [
        ("settled", "DELETE FROM public.orders", "QUERY_NOT_UNDERSTOOD"),
        ("settled", "SELECT 1; SELECT 2", "QUERY_NOT_UNDERSTOOD"),
        ("settled", "SELEC", "QUERY_NOT_UNDERSTOOD"),
        ("settled", "SELECT count(*) FROM public.salaries", "QUERY_RELATION_UNKNOWN"),
        ("settled", "SELECT max(salary) FROM public.orders", "QUERY_RELATION_UNKNOWN"),
        ("settled last month", WRITTEN, "REQUEST_INVALID"),
        ("?", WRITTEN, "REQUEST_INVALID"),
        (" ", WRITTEN, "REQUEST_INVALID"),
    ],
)
async def test_a_query_of_ones_own_is_checked(
    member: Member, shop: str, integration: Integration, question: str, sql: str, reason: str
) -> None:
    assert await failure(write(member, shop, question, sql)) == reason
    assert integration.queries == []
    assert await listed(member) == []


async def test_what_the_boundary_refuses_is_not_kept(member: Member, shop: str, integration: Integration) -> None:
    async def refuse(request: Any) -> Any:
        raise FailedPrecondition("no", reason="QUERY_CONSTRUCT_REFUSED")
        yield

    integration.run = refuse
    assert await failure(write(member, shop, "settled")) == "QUERY_CONSTRUCT_REFUSED"
    assert await listed(member) == []


async def test_a_verified_query_that_no_longer_runs_is_told(
    member: Member, shop: str, integration: Integration
) -> None:
    await write(member, shop, "settled business")

    async def refuse(request: Any) -> Any:
        raise FailedPrecondition("no", reason="QUERY_CONSTRUCT_REFUSED")
        yield

    integration.run = refuse
    answer = await member.asker.ask("settled business")
    assert answer.kinds[-2:] == ["refusal", "completed"]
    assert "verified query" in answer.refusal.text


async def test_the_same_question_is_verified_once(member: Member, shop: str) -> None:
    await verify(member, PAID_IN_2025)
    assert await failure(verify(member, PAID_IN_2025)) == "VERIFIED_ANSWER_EXISTS"
    assert await failure(write(member, shop, f"{PAID_IN_2025}?")) == "VERIFIED_ANSWER_EXISTS"


async def test_how_people_ask_may_be_other_words_but_not_other_figures(member: Member, shop: str) -> None:
    made = await verify(member, PAID_IN_2025, "settled business of 2025")
    assert made.question == "settled business of 2025"
    assert await used_by(member, "show the settled business of 2025") == made.id
    assert await used_by(member, PAID_IN_2025) == made.id
    for other in ("settled business of 2024", "settled business last year"):
        assert await failure(verify(member, "how many open orders in 2025", other)) == "REQUEST_INVALID"


async def test_an_altered_receipt_is_not_taken(member: Member, shop: str) -> None:
    answer = await member.asker.ask(PAID_IN_2025)
    answer.receipt.question = "how many open orders in 2025"
    request = pb.CreateVerifiedAnswerRequest(receipt=answer.receipt)
    assert await failure(member.call(member.learning.CreateVerifiedAnswer, request)) == "RECEIPT_NOT_REPLAYABLE"
    refused = await member.asker.ask("hello")
    request = pb.CreateVerifiedAnswerRequest(receipt=refused.receipt)
    assert await failure(member.call(member.learning.CreateVerifiedAnswer, request)) == "RECEIPT_NOT_REPLAYABLE"


async def test_nothing_is_told_or_used_of_a_column_that_the_caller_may_not_see(
    gateway: GatewayServer, integration: Integration, shop: str
) -> None:
    organization_id = new_id()
    teacher, other = gateway.member(organization_id), gateway.member(organization_id)
    made = await verify(teacher, PAID_IN_2025)
    written = await write(teacher, shop, "settled business")
    narrowed = orders()
    del narrowed.columns[2]
    integration.catalogs[shop].tables[0].CopyFrom(narrowed)
    del integration.catalogs[shop].metrics[:]
    integration.catalogs[shop].version = "v2"
    for seen in await listed(other):
        assert (seen.outdated, seen.used, seen.question, seen.sql, seen.summary) == (True, False, "", "", "")
    one = pb.GetVerifiedAnswerRequest(verified_answer_id=made.id)
    assert (await other.call(other.learning.GetVerifiedAnswer, one)).verified_answer.sql == ""
    assert (await teacher.call(teacher.learning.GetVerifiedAnswer, one)).verified_answer.outdated
    assert {seen.question for seen in await listed(teacher)} == {PAID_IN_2025, "settled business"}
    assert await used_by(other, "settled business") == ""
    assert await used_by(teacher, PAID_IN_2025) == ""
    assert written.id


async def test_nothing_crosses_organizations(gateway: GatewayServer, shop: str) -> None:
    one, other = gateway.member(new_id()), gateway.member(new_id())
    made = await verify(one, PAID_IN_2025)
    assert await used_by(other, PAID_IN_2025) == ""
    assert await listed(other) == []
    calls = [
        other.call(other.learning.GetVerifiedAnswer, pb.GetVerifiedAnswerRequest(verified_answer_id=made.id)),
        other.call(other.learning.DeleteVerifiedAnswer, pb.DeleteVerifiedAnswerRequest(verified_answer_id=made.id)),
        other.call(
            other.learning.UpdateVerifiedAnswer, pb.UpdateVerifiedAnswerRequest(verified_answer_id=made.id, weight=0)
        ),
    ]
    for call in calls:
        assert await failure(call) == "VERIFIED_ANSWER_NOT_FOUND"
    assert await used_by(one, PAID_IN_2025) == made.id


async def test_edited_lowered_and_deleted(member: Member, shop: str) -> None:
    made = await verify(member, PAID_IN_2025)
    update = pb.UpdateVerifiedAnswerRequest(verified_answer_id=made.id, weight=0.3)
    lowered = (await member.call(member.learning.UpdateVerifiedAnswer, update)).verified_answer
    assert (lowered.weight, lowered.used) == (0.3, False)
    assert await used_by(member, PAID_IN_2025) == ""
    sql = "SELECT count(*) AS n FROM public.orders WHERE status = 'paid' AND ordered_on >= '2025-01-01'"
    update = pb.UpdateVerifiedAnswerRequest(verified_answer_id=made.id, weight=1, sql=sql)
    edited = (await member.call(member.learning.UpdateVerifiedAnswer, update)).verified_answer
    assert (edited.sql, edited.is_correction, edited.used) == (sql, True, True)
    assert (await member.asker.ask(PAID_IN_2025)).query.sql == sql
    delete = pb.DeleteVerifiedAnswerRequest(verified_answer_id=made.id)
    await member.call(member.learning.DeleteVerifiedAnswer, delete)
    assert await used_by(member, PAID_IN_2025) == ""
    assert await failure(member.call(member.learning.DeleteVerifiedAnswer, delete)) == "VERIFIED_ANSWER_NOT_FOUND"


async def test_thumbs_down_weigh_a_verified_answer(member: Member, shop: str) -> None:
    made = await verify(member, PAID_IN_2025)
    for weight, used in ((0.7, True), (0.4, False)):
        answer_id = str(new_id())
        request = member.asker.request(PAID_IN_2025, answer_id=answer_id)
        assert [one async for one in member.asker.stub.Answer(request, metadata=member.asker.metadata)]
        given = pb.RecordFeedbackRequest(answer_id=answer_id, verdict=learning_pb2.VERDICT_DOWN)
        kept = (await member.call(member.learning.RecordFeedback, given)).feedback
        assert kept.verified_answer_id == made.id
        (seen,) = await listed(member)
        assert (seen.weight, seen.used) == (weight, used)
    assert await used_by(member, PAID_IN_2025) == ""


async def test_a_receipt_replays_to_the_same_query(member: Member, shop: str, integration: Integration) -> None:
    answer = await member.asker.ask("revenue last year", time_zone="Europe/Berlin")
    asked = len(integration.queries)
    request = receipt_service_pb2.ReplayReceiptRequest(receipt=answer.receipt)
    replayed = await member.call(member.receipts.ReplayReceipt, request)
    assert replayed.identical
    assert replayed.sql == answer.query.sql
    assert replayed.plan_fingerprint == answer.receipt.plan_fingerprint
    assert len(integration.queries) == asked  # nothing ran


@pytest.mark.parametrize("engine_version", ["", "0"], ids=["the same engine", "an earlier engine"])
async def test_a_receipt_from_before_there_were_seals_cannot_be_checked(
    member: Member, shop: str, integration: Integration, engine_version: str
) -> None:
    receipt = (await member.asker.ask(PAID_IN_2025)).receipt
    receipt.seal = ""
    receipt.engine_version = engine_version or receipt.engine_version
    request = receipt_service_pb2.ReplayReceiptRequest(receipt=receipt)
    replayed = await member.call(member.receipts.ReplayReceipt, request)
    assert not replayed.identical
    assert replayed.difference == receipt_service_pb2.REPLAY_DIFFERENCE_RECEIPT
    assert "can't be checked" in replayed.text
    assert "before receipts were sealed" in replayed.text
    assert replayed.plan_fingerprint == receipt.plan_fingerprint


async def test_a_replay_says_why_it_gives_another_query(member: Member, shop: str, integration: Integration) -> None:
    answer = await member.asker.ask(PAID_IN_2025)

    async def replay(**changes: Any) -> receipt_service_pb2.ReplayDifference.ValueType:
        receipt = type(answer.receipt)()
        receipt.CopyFrom(answer.receipt)
        for name, value in changes.items():
            setattr(receipt, name, value)
        request = receipt_service_pb2.ReplayReceiptRequest(receipt=receipt)
        replayed: receipt_service_pb2.ReplayReceiptResponse = await member.call(member.receipts.ReplayReceipt, request)
        assert replayed.identical == (not replayed.difference)
        return replayed.difference

    other = "how many open orders in 2025"
    assert not await replay()
    for sql in ("", answer.receipt.sql + " ", "SELECT 1", answer.receipt.sql.lower() + " LIMIT 1"):
        assert await replay(sql=sql) == receipt_service_pb2.REPLAY_DIFFERENCE_RECEIPT
    assert await replay(sql="", seal="") == receipt_service_pb2.REPLAY_DIFFERENCE_RECEIPT
    assert not await replay(sql="", seal="", outcome=OUTCOME_REFUSED)  # of which no query ran
    assert await replay(question=other) == receipt_service_pb2.REPLAY_DIFFERENCE_RECEIPT
    assert await replay(question=other, engine_version="0") == receipt_service_pb2.REPLAY_DIFFERENCE_ENGINE
    assert await replay(question=other, learned_version="x") == receipt_service_pb2.REPLAY_DIFFERENCE_LEARNING
    integration.catalogs[shop].tables[0].columns[2].name = "state"
    del integration.catalogs[shop].metrics[:]
    integration.catalogs[shop].version = "v2"
    assert await replay() in (
        receipt_service_pb2.REPLAY_DIFFERENCE_CATALOG,
        receipt_service_pb2.REPLAY_DIFFERENCE_UNSPECIFIED,
    )
    integration.catalogs[shop].tables[0].columns[2].sample_values[:] = ["open"]
    integration.catalogs[shop].version = "v3"
    assert await replay() == receipt_service_pb2.REPLAY_DIFFERENCE_CATALOG
    for changes in ({"engine": "another"}, {"plan_fingerprint": ""}, {"source_id": "x"}, {"question": ""}):
        assert await failure(replay(**changes)) == "RECEIPT_NOT_REPLAYABLE"
    assert await failure(replay(source_id=str(new_id()))) == "SOURCE_NOT_FOUND"


async def test_pages_of_long_queries_fit_a_message(member: Member, shop: str) -> None:
    long = f"SELECT count(*) AS n FROM public.orders WHERE status <> '{'x' * 60_000}'"
    for number in range(40):
        await write(member, shop, f"question {number}", long)
    found: list[str] = []
    token, pages = "", 0
    while True:
        request = pb.ListVerifiedAnswersRequest(page_size=100, page_token=token)
        reply = await member.call(member.learning.ListVerifiedAnswers, request)
        found += [one.question for one in reply.verified_answers]
        token, pages = reply.next_page_token, pages + 1
        if not token:
            break
    assert pages > 1
    assert sorted(found) == sorted(f"question {number}" for number in range(40))


async def test_an_outage_of_the_memory_costs_no_answer(integration: Integration, control_plane: Any) -> None:
    integration.add("Shop", orders())
    away = replace(control_plane("ml_gateway"), port=free_port())
    async with scripted(integration) as address, serving(address, away) as gateway:
        answer = await gateway.member(new_id()).asker.ask(PAID_IN_2025)
        assert answer.kinds[-1] == "completed"
        assert "rows" in answer.kinds
        assert await failure(listed(gateway.member(new_id()))) == "SERVICE_UNAVAILABLE"


async def test_learned_words_make_questions_the_same(member: Member, shop: str) -> None:
    target = learning_pb2.SynonymTarget(kind=learning_pb2.SYNONYM_KIND_TABLE, schema="public", table="orders")
    word = pb.CreateSynonymRequest(source_id=shop, words="hauls", target=target)
    await member.call(member.learning.CreateSynonym, word)
    made = await write(member, shop, "settled orders")
    assert await used_by(member, "settled hauls") == made.id


async def test_a_replay_of_what_was_learned(member: Member, shop: str) -> None:
    """A written query is replayed for as long as it is kept; a choice is in the receipt's question."""
    made = await write(member, shop, "settled business")
    receipt = (await member.asker.ask("settled business")).receipt
    request = receipt_service_pb2.ReplayReceiptRequest(receipt=receipt)
    replayed = await member.call(member.receipts.ReplayReceipt, request)
    assert (replayed.identical, replayed.sql) == (True, WRITTEN)
    delete = pb.DeleteVerifiedAnswerRequest(verified_answer_id=made.id)
    await member.call(member.learning.DeleteVerifiedAnswer, delete)
    replayed = await member.call(member.receipts.ReplayReceipt, request)
    assert replayed.difference == receipt_service_pb2.REPLAY_DIFFERENCE_LEARNING
    assert replayed.text
