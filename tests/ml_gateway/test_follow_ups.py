"""Follow-ups over rpc: the turns that chat sends along, two sources, receipts that replay."""

from __future__ import annotations

from infinure.ml_gateway.v1 import answer_service_pb2 as pb
from infinure.ml_gateway.v1 import receipt_pb2
from infinure.ml_gateway.v1.receipt_service_pb2 import ReplayReceiptRequest
from infinure.ml_gateway.v1.receipt_service_pb2_grpc import ReceiptServiceStub

from tests.ml_gateway.catalogs import employees, orders
from tests.ml_gateway.server import GatewayServer, Integration

ASKED = "how many orders are open"


async def test_a_follow_up_is_read_against_the_turn_before(gateway: GatewayServer, integration: Integration) -> None:
    source_id = integration.add("Shop", orders())
    turns = [pb.Turn(question=ASKED, sql="SELECT 1", source_id=source_id)]
    answer = await gateway.asker().ask("and the paid ones?", source_id=source_id, turns=turns)
    assert answer.receipt.outcome == receipt_pb2.OUTCOME_ANSWERED
    assert "'paid'" in answer.query.sql
    assert "'open'" not in answer.query.sql
    assert any("question before" in one for one in answer.interpretation.assumptions)
    assert list(answer.receipt.earlier) == [ASKED]


async def test_without_turns_there_is_nothing_to_lean_on(gateway: GatewayServer, integration: Integration) -> None:
    source_id = integration.add("Shop", orders())
    answer = await gateway.asker().ask("how many of them are there?", source_id=source_id)
    assert answer.receipt.outcome == receipt_pb2.OUTCOME_REFUSED
    assert not integration.queries


async def test_a_follow_up_stays_with_the_source_of_the_turn_before(
    gateway: GatewayServer, integration: Integration
) -> None:
    integration.add("People", employees())
    shop = integration.add("Shop", orders())
    turns = [pb.Turn(question=f"{ASKED} (in Shop)", sql="SELECT 1", source_id=shop)]
    answer = await gateway.asker().ask("and the paid ones?", turns=turns)
    assert answer.query.source_id == shop


async def test_a_question_of_its_own_has_a_receipt_of_its_own(gateway: GatewayServer, integration: Integration) -> None:
    source_id = integration.add("Shop", orders())
    turns = [pb.Turn(question=ASKED, sql="SELECT 1", source_id=source_id)]
    answer = await gateway.asker().ask("how many orders are there", source_id=source_id, turns=turns)
    assert "'open'" not in answer.query.sql
    assert list(answer.receipt.earlier) == []


async def test_the_receipt_of_a_follow_up_replays(gateway: GatewayServer, integration: Integration) -> None:
    source_id = integration.add("Shop", orders())
    turns = [pb.Turn(question=ASKED, sql="SELECT 1", source_id=source_id)]
    asker = gateway.asker()
    answer = await asker.ask("and the paid ones?", source_id=source_id, turns=turns)
    receipts = ReceiptServiceStub(gateway.channel)
    replayed = await receipts.ReplayReceipt(ReplayReceiptRequest(receipt=answer.receipt), metadata=asker.metadata)
    assert replayed.identical, replayed
