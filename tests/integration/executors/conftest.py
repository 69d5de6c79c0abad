"""The contract's subjects: each adapter in turn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from tests.integration.executors.clickhouse import CLICKHOUSE
from tests.integration.executors.contract import Contract, Subject
from tests.integration.executors.duckdb import DUCKDB
from tests.integration.executors.mysql import MYSQL
from tests.integration.executors.postgres import POSTGRES
from tests.integration.executors.sqlite import SQLITE

CONTRACTS = (POSTGRES, DUCKDB, SQLITE, MYSQL, CLICKHOUSE)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of the contract for every adapter, and those of a case for each case that the adapter has."""
    if "contract" not in metafunc.fixturenames:
        return
    case = next((name for name in ("value", "typed_null", "failing") if name in metafunc.fixturenames), None)
    if case is None:
        metafunc.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name, scope="module")
        return
    found = [(contract, key) for contract in CONTRACTS for key in _cases(contract, case)]
    ids = [f"{contract.name}-{key}" for contract, key in found]
    metafunc.parametrize(("contract", case), found, ids=ids, scope="module")


def _cases(contract: Contract, case: str) -> tuple[str, ...]:
    match case:
        case "value":
            return tuple(contract.values)
        case "typed_null":
            return tuple(contract.typed_nulls)
        case _:
            return contract.failures


@pytest.fixture(scope="module")
def place(contract: Contract, request: pytest.FixtureRequest) -> Iterator[Any]:
    with contract.prepare(request.getfixturevalue(contract.server)) as prepared:
        yield prepared


@pytest.fixture
async def subject(contract: Contract, place: Any) -> AsyncIterator[Subject]:
    async with contract.open(place) as opened:
        yield opened
