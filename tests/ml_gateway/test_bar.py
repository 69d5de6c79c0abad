"""The bar of confidence as a setting: what it keeps from being answered, and what receipts say of it."""

from collections.abc import Callable

import pytest
from infinure.ml_gateway.v1.receipt_service_pb2 import ReplayReceiptRequest

from meshkit.errors import FailedPrecondition, InvalidArgument
from meshkit.ids import new_id
from meshkit.settings import SettingsError, load
from services.ml_gateway.engine import BAR
from services.ml_gateway.settings import Settings
from tests.builders.postgres import Database
from tests.ml_gateway.catalogs import orders
from tests.ml_gateway.server import Integration, scripted, serving

COUNT = "how many orders are there"
ENVIRONMENT = {
    "INFINURE_LISTEN": "127.0.0.1:7001",
    "INFINURE_DATABASE_URL": "postgresql+asyncpg://ml_gateway_app@localhost/infinure",
    "INFINURE_PAGE_TOKEN_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "INFINURE_AUTH_ADDRESS": "127.0.0.1:7002",
    "INFINURE_INTEGRATION_ADDRESS": "127.0.0.1:7003",
}


async def test_what_is_less_sure_is_not_answered(
    integration: Integration, control_plane: Callable[..., Database]
) -> None:
    database = control_plane("ml_gateway")
    source_id = integration.add("Shop", orders())
    async with scripted(integration) as address:
        async with serving(address, database, answer_bar=0.0) as server:
            member = server.member(new_id())
            given = await member.asker.ask(COUNT, source_id=source_id)
        assert "rows" in given.kinds
        assert given.receipt.bar == 0.0
        assert given.receipt.confidence < 1.0
        async with serving(address, database, answer_bar=1.0) as server:
            asked = await server.member(new_id()).asker.ask(COUNT, source_id=source_id)
            assert "rows" not in asked.kinds
            assert asked.receipt.bar == 1.0
            # What was answered under a lower bar is made again under that.
            receipts = server.member(new_id()).receipts
            replayed = await member.call(receipts.ReplayReceipt, ReplayReceiptRequest(receipt=given.receipt))
            assert replayed.identical, replayed
            given.receipt.bar = 7.0
            with pytest.raises((FailedPrecondition, InvalidArgument)):
                await member.call(receipts.ReplayReceipt, ReplayReceiptRequest(receipt=given.receipt))


@pytest.mark.parametrize(("text", "bar"), [("", BAR), ("0", 0.0), ("0.9", 0.9), ("1", 1.0)])
def test_it_is_read_from_the_environment(text: str, bar: float) -> None:
    assert load(Settings, ENVIRONMENT | {"INFINURE_ANSWER_BAR": text}).answer_bar == bar


@pytest.mark.parametrize("text", ["75 %", "1.1", "-0.1", "nan", "high"])
def test_what_is_no_share_is_a_wrong_setting(text: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load(Settings, ENVIRONMENT | {"INFINURE_ANSWER_BAR": text})
    (problem,) = raised.value.problems
    assert problem.startswith("INFINURE_ANSWER_BAR")
    assert text not in problem
