"""What every executor must hold: types, limits, outcomes, and that leaving ends the query in the source."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterable, Callable

import pytest

from services.integration.boundary.model import Limits
from services.integration.executors.errors import QueryFailed, SourceRemoved, TimedOut, TooLarge
from services.integration.executors.port import BATCH_BYTES
from tests.integration.executors import fetched, guarded
from tests.integration.executors.contract import Contract, Subject

PATIENT = Limits(statement_timeout_ms=60_000, max_bytes=10**12)


async def test_values_keep_their_type(contract: Contract, value: str, subject: Subject) -> None:
    wanted = contract.values[value]
    (batch,), execution = await fetched(subject.executor, contract.scalar.format(sql=wanted.sql))
    assert (batch.schema.names, batch.schema.field(0).type) == (["v"], wanted.type)
    assert batch.to_pylist() == [{"v": wanted.value}]
    assert (execution.row_count, execution.truncated) == (1, False)


async def test_nulls_and_no_rows_keep_the_type(contract: Contract, typed_null: str, subject: Subject) -> None:
    nulls, nothing = contract.typed_nulls[typed_null]
    (typed,), _ = await fetched(subject.executor, nulls)
    (empty,), execution = await fetched(subject.executor, nothing)
    assert typed.to_pylist() == [{"v": None}, {"v": None}]
    assert (empty.num_rows, empty.schema, execution.row_count) == (0, typed.schema, 0)


async def test_columns_of_one_name_both_come(contract: Contract, subject: Subject) -> None:
    (batch,), _ = await fetched(subject.executor, contract.same_names)
    assert [column.to_pylist() for column in batch.columns] == [[1], [2], [3]]


async def test_rows_are_cut_at_the_wanted_number_and_it_is_said(contract: Contract, subject: Subject) -> None:
    batches, execution = await fetched(subject.executor, contract.rows.format(n=11, width=5), max_rows=10)
    assert [g for batch in batches for g in batch["g"].to_pylist()] == list(range(1, 11))
    assert (execution.row_count, execution.truncated) == (10, True)
    _, execution = await fetched(subject.executor, contract.rows.format(n=10, width=5), max_rows=10)
    assert (execution.row_count, execution.truncated) == (10, False)


async def test_large_results_come_in_small_batches_of_one_schema(contract: Contract, subject: Subject) -> None:
    sql = contract.rows.format(n=20_000, width=1000)
    batches, execution = await fetched(subject.executor, sql, PATIENT, max_rows=100_000)
    assert len(batches) > 15
    assert max(batch.nbytes for batch in batches) <= BATCH_BYTES
    assert {batch.schema for batch in batches} == {batches[0].schema}
    assert [g for batch in batches for g in batch["g"].to_pylist()] == list(range(1, 20_001))
    assert all(float(n) == g / 2 for b in batches for g, n in zip(b["g"].to_pylist(), b["n"].to_pylist(), strict=True))
    assert execution.row_count == 20_000
    assert execution.duration_seconds > 0


async def test_a_result_over_the_bytes_is_too_large(contract: Contract, subject: Subject) -> None:
    with pytest.raises(TooLarge):
        await fetched(subject.executor, contract.endless.format(width=1000), Limits(max_bytes=1_000_000), 10**9)
    assert await _usable(contract, subject)


async def test_one_row_too_large_for_a_message_is_too_large(contract: Contract, subject: Subject) -> None:
    with pytest.raises(TooLarge):
        await fetched(subject.executor, contract.rows.format(n=1, width=4_000_000))


async def test_failures_tell_none_of_the_data(contract: Contract, failing: str, subject: Subject) -> None:
    with pytest.raises(QueryFailed) as failed:
        await fetched(subject.executor, failing)
    assert "canary" not in failed.value.text + failed.value.sqlstate
    assert failed.value.__cause__ is None
    assert await _usable(contract, subject)


async def test_a_slow_query_times_out(contract: Contract, subject: Subject) -> None:
    started = time.monotonic()
    with pytest.raises(TimedOut):
        await fetched(subject.executor, contract.slow, Limits(statement_timeout_ms=300))
    assert time.monotonic() - started < 20
    await _until(lambda: subject.running() == 0)
    assert await _usable(contract, subject)


async def test_leaving_ends_the_query_in_the_source(contract: Contract, subject: Subject) -> None:
    async with subject.executor.execute(guarded(contract.slow), PATIENT):
        await _until(lambda: subject.running() == 1)
    await _until(lambda: subject.running() == 0)


async def test_leaving_in_the_middle_of_rows_ends_the_query(contract: Contract, subject: Subject) -> None:
    async with subject.executor.execute(guarded(contract.endless.format(width=500), 10**9), PATIENT) as execution:
        async for batch in execution:
            assert batch.num_rows
            break
    await _until(lambda: subject.running() == 0)
    assert await _usable(contract, subject)


async def test_cancelled_queries_leave_nothing(contract: Contract, subject: Subject) -> None:
    async def query(delay: float) -> None:
        async with asyncio.timeout(delay):
            async with subject.executor.execute(guarded(contract.slow), PATIENT) as execution:
                await _drained(execution)

    outcomes = await asyncio.gather(*(query(0.01 + n * 0.02) for n in range(30)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {TimeoutError}
    await _until(lambda: subject.running() == 0)
    assert await _usable(contract, subject)


async def test_ending_the_executor_ends_its_queries(contract: Contract, subject: Subject) -> None:
    async with subject.executor.execute(guarded(contract.slow), PATIENT) as execution:
        await _until(lambda: subject.running() == 1)
        await subject.executor.end()
        with pytest.raises(SourceRemoved):
            await _drained(execution)
    await _until(lambda: subject.running() == 0)


async def test_a_source_removed_between_two_batches_is_told(contract: Contract, subject: Subject) -> None:
    async with subject.executor.execute(guarded(contract.endless.format(width=500), 10**9), PATIENT) as execution:
        batches = aiter(execution)
        await anext(batches)
        await subject.executor.end()
        with pytest.raises(SourceRemoved):
            await _drained(batches)
    await _until(lambda: subject.running() == 0)


async def test_many_at_once_get_each_their_own(contract: Contract, subject: Subject) -> None:
    async def count(n: int) -> int:
        batches, _ = await fetched(subject.executor, contract.rows.format(n=n, width=10), PATIENT, max_rows=10**6)
        return sum(batch.num_rows for batch in batches)

    wanted = [100 * n for n in range(1, 4 * contract.at_once)]
    assert await asyncio.gather(*map(count, wanted)) == wanted


async def test_an_idle_executor_says_so(contract: Contract, subject: Subject) -> None:
    assert await _usable(contract, subject)
    await subject.executor.close_idle(0)
    assert subject.executor.idle
    async with subject.executor.execute(guarded(contract.slow), PATIENT):
        assert not subject.executor.idle


async def _usable(contract: Contract, subject: Subject) -> bool:
    batches, _ = await fetched(subject.executor, contract.rows.format(n=3, width=1))
    return [g for batch in batches for g in batch["g"].to_pylist()] == [1, 2, 3]


async def _drained(execution: AsyncIterable[object]) -> None:
    async for _ in execution:
        pass


async def _until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Looks until it is so: before what runs would end by itself, and however busy the machine is."""
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110  another process decides
            await asyncio.sleep(0.02)
