"""How work ends, well or badly, and what the pool is like afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa
import pytest

from services.integration.workers import (
    WorkError,
    Workers,
    WorkersBusy,
    WorkersUnavailable,
    WorkFailed,
    WorkKilled,
    WorkLimits,
)
from services.integration.workers.frames import MAX_ARROW_BYTES
from tests.workers.processes import at_work
from tests.workers.running import MODULES, done, until, work

MIB = 1024 * 1024
PATIENT = WorkLimits(wall_seconds=60.0)


async def test_messages_arrive_as_they_were_sent(workers: Workers) -> None:
    told, batch = await done(workers, "echo", {"a": [1, None, "ü"]})
    assert told == {"a": [1, None, "ü"]}
    assert isinstance(batch, pa.RecordBatch)
    assert batch.to_pydict() == {"n": [1, 2, 3], "t": ["a", None, "ü"]}


async def test_each_work_has_a_process_of_its_own(workers: Workers) -> None:
    answers = [await done(workers, "pid") for _ in range(5)]
    assert len({answer["pid"] for (answer,) in answers}) == 5
    assert {answer["threads"] for (answer,) in answers} == {1}


async def test_a_refusal_arrives_with_its_kind_and_details(workers: Workers) -> None:
    with pytest.raises(WorkFailed) as failed:
        await done(workers, "refuse", {"line": 7})
    assert (failed.value.kind, failed.value.text, failed.value.details) == ("no_good", "It is no good.", {"line": 7})


async def test_a_defect_is_told_by_its_place_and_not_by_its_words(
    workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(WorkKilled) as killed:
        await done(workers, "fail", {"secret": "canary-4711"})
    assert killed.value.reason == "crash"
    assert "RuntimeError at deeds.py" in killed.value.detail
    assert "canary" not in caplog.text + str(killed.value)


ENDS: dict[str, tuple[str, dict[str, Any], WorkLimits, str]] = {
    "memory": ("eat_memory", {}, WorkLimits(address_space_bytes=1024 * MIB), "memory"),
    "processor": ("eat_cpu", {}, WorkLimits(cpu_seconds=1), "cpu"),
    "time": ("for_ever", {}, WorkLimits(wall_seconds=0.5), "time"),
    "exit": ("die", {}, PATIENT, "crash"),
    "segmentation fault": ("die", {"crash": True}, PATIENT, "crash"),
    "unknown frame": ("raw", {"hex": "ff00000000"}, PATIENT, "crash"),
    "frame too long": ("raw", {"hex": "05ffffffff"}, PATIENT, "crash"),
    "no JSON": ("raw", {"hex": "04020000007b7b"}, PATIENT, "crash"),
    "JSON without end": ("raw", {"hex": "0400001000" + "5b" * 0x100000}, PATIENT, "crash"),
    "no object": ("raw", {"hex": "04010000003"[:-1] + "31"}, PATIENT, "crash"),
    "no Arrow": ("raw", {"hex": "050800000000112233" + "44556677"}, PATIENT, "crash"),
    "a pickle": ("raw", {"hex": "050600000080049300" + "2e2e"}, PATIENT, "crash"),
    "half a frame": ("raw", {"hex": "04ff000000"}, WorkLimits(wall_seconds=0.5), "time"),
    "started twice": ("raw", {"hex": "0300000000"}, PATIENT, "crash"),
}


@pytest.mark.parametrize("case", ENDS)
async def test_each_bad_end_has_its_reason_and_the_next_work_is_done(workers: Workers, case: str) -> None:
    deed, arguments, limits, reason = ENDS[case]
    own = psutil.Process().memory_info().rss
    with pytest.raises(WorkKilled) as killed:
        await done(workers, deed, arguments, limits=limits)
    assert killed.value.reason == reason
    assert psutil.Process().memory_info().rss - own < 64 * MIB
    assert (await done(workers, "echo", {"a": 1}))[0] == {"a": 1}
    await until(lambda: at_work(workers) == 0)


async def test_a_worker_killed_in_the_middle_is_told_and_the_next_works(workers: Workers) -> None:
    async with workers.run(work("for_ever")) as messages:
        first = await anext(messages)
        assert isinstance(first, dict)
        os.kill(first["pid"], signal.SIGKILL)
        with pytest.raises(WorkKilled):
            await anext(messages)
    assert (await done(workers, "echo", {"a": 2}))[0] == {"a": 2}


async def test_leaving_kills(workers: Workers) -> None:
    async with workers.run(work("for_ever", limits=PATIENT)) as messages:
        first = await anext(messages)
        assert isinstance(first, dict)
        assert psutil.pid_exists(first["pid"])
    assert not psutil.pid_exists(first["pid"])


async def test_who_does_not_read_holds_the_worker_up(workers: Workers) -> None:
    """Not memory: a batch, and what fits the socket, is all that is ever on its way."""
    before = psutil.Process().memory_info().rss
    async with workers.run(work("endless", limits=PATIENT)) as messages:
        await anext(messages)
        (worker,) = [child for child in psutil.Process(workers.zygote_pid).children() if _busy(workers, child.pid)]
        await until(lambda: worker.status() == psutil.STATUS_SLEEPING and not _works(worker, 0.3))
        assert psutil.Process().memory_info().rss - before < 4 * MAX_ARROW_BYTES
    await until(lambda: at_work(workers) == 0)


async def test_a_conversation_goes_on_after_a_refusal_and_not_after_its_time(workers: Workers) -> None:
    async with workers.converse(work("counter", {"from": 3})) as conversation:
        assert [m async for m in conversation.ask({"add": 4}, timeout_seconds=60)] == [{"total": 7}]
        with pytest.raises(WorkFailed):
            await anext(conversation.ask({"refuse": True}, timeout_seconds=60))
        assert [m async for m in conversation.ask({"add": 1}, timeout_seconds=60)] == [{"total": 8}]
        with pytest.raises(WorkKilled) as killed:
            await anext(conversation.ask({"hang": True}, timeout_seconds=0.2))
        assert killed.value.reason == "time"


async def test_a_zygote_that_dies_is_replaced_and_its_work_told(workers: Workers) -> None:
    async with workers.run(work("for_ever", limits=PATIENT)) as messages:
        await anext(messages)
        first = workers.zygote_pid
        assert first
        os.kill(first, signal.SIGKILL)
        with pytest.raises(WorkKilled):
            await anext(messages)
    assert (await done(workers, "echo", {"a": 1}))[0] == {"a": 1}
    assert workers.zygote_pid not in (None, first)


async def test_warm_workers_that_died_are_never_given_work(workers: Workers) -> None:
    """Nothing was started: the work is done by another, and nobody hears of it."""
    for _ in range(3):
        await until(lambda: len(workers.idle_pids) == 2)
        for idle in workers.idle_pids:
            os.kill(idle, signal.SIGKILL)
        assert (await done(workers, "echo", {"a": 1}))[0] == {"a": 1}


async def test_no_more_run_at_once_than_may() -> None:
    async with Workers.open(warm=1, at_once=2, patience_seconds=0.3, modules=MODULES) as workers:
        async with workers.run(work("for_ever")) as one, workers.run(work("for_ever")) as two:
            await anext(one)
            await anext(two)
            with pytest.raises(WorkersBusy):
                await done(workers, "echo")
        await until(lambda: at_work(workers) == 0)  # a place is free when its process is gone
        assert (await done(workers, "echo", {"a": 1}))[0] == {"a": 1}


async def test_two_hundred_works_leave_nothing_behind(workers: Workers, tmp_path: Path) -> None:
    async def one(n: int) -> None:
        assert (await done(workers, "echo", {"n": n}))[0] == {"n": n}

    await asyncio.gather(*map(one, range(20)))
    await until(lambda: at_work(workers) == 0 and len(workers.idle_pids) == 2)
    own, zygote = psutil.Process(), psutil.Process(workers.zygote_pid)
    before = own.num_fds(), zygote.num_fds(), zygote.num_threads(), sorted(tmp_path.parent.iterdir())
    await asyncio.gather(*map(one, range(200)))
    await until(lambda: at_work(workers) == 0 and len(workers.idle_pids) == 2)
    await until(
        lambda: (own.num_fds(), zygote.num_fds(), zygote.num_threads(), sorted(tmp_path.parent.iterdir())) == before
    )
    assert [child.status() for child in zygote.children()].count(psutil.STATUS_ZOMBIE) == 0


async def test_a_storm_of_cancellations_leaves_nothing_behind(workers: Workers) -> None:
    async def cancelled(n: int) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(0.002 * (n % 40)):
                await done(workers, ("for_ever", "endless", "echo")[n % 3], limits=PATIENT)

    await asyncio.gather(*map(cancelled, range(150)))
    await until(lambda: at_work(workers) == 0 and len(workers.idle_pids) == 2)
    answers = await asyncio.gather(*(done(workers, "echo", {"n": n}) for n in range(12)))
    assert [answer[0] for answer in answers] == [{"n": n} for n in range(12)]


async def test_closing_the_pool_ends_all_its_processes() -> None:
    async with Workers.open(modules=MODULES) as workers, workers.run(work("for_ever")) as messages:
        await anext(messages)
        zygote = psutil.Process(workers.zygote_pid)
        family = [zygote, *zygote.children()]
        assert len(family) >= 2
    await until(lambda: not any(process.is_running() for process in family))


async def test_work_of_a_module_that_was_not_preloaded_is_not_done(workers: Workers) -> None:
    from services.integration.workers import Work

    with pytest.raises(WorkError):
        async with workers.run(Work("json:loads")) as messages:
            await anext(messages)
    with pytest.raises(WorkKilled, match="KeyError"):
        async with workers.run(Work("antigravity:fly")) as messages:
            await anext(messages)


async def test_a_module_that_is_not_there_is_told_at_once() -> None:
    started = time.monotonic()
    with pytest.raises(WorkersUnavailable):
        async with Workers.open(modules=("services.integration.no_such_module",)):
            pass
    assert time.monotonic() - started < 25  # and not after the 30 that a start may take


def _works(worker: psutil.Process, seconds: float) -> bool:
    """Whether it spends processor time meanwhile."""
    spent = worker.cpu_times().user
    time.sleep(seconds)
    return bool(worker.cpu_times().user - spent >= 0.05)


def _busy(workers: Workers, pid: int) -> bool:
    return pid not in workers.idle_pids
