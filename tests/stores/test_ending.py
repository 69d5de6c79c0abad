"""Queries end when they are told to, or when nobody waits for them; the server stays."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError

from tests.builders.clickhouse import RunningClickHouse, running_clickhouse

ENDLESS = "SELECT count() FROM numbers(100000000000) WHERE NOT ignore(sipHash64(number))"
RUNNING = (
    "SELECT count() FROM system.processes WHERE query LIKE '%sipHash64(number)%'"
    " AND query NOT LIKE '%system.processes%'"
)


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        threading.Event().wait(0.02)


@pytest.fixture
def alone() -> Iterator[RunningClickHouse]:
    with running_clickhouse() as server:
        yield server


def test_a_killed_query_says_so_and_the_server_goes_on(alone: RunningClickHouse) -> None:
    with alone.client() as client, ThreadPoolExecutor(1) as pool:
        running = pool.submit(alone.client().query, ENDLESS, settings={"query_id": "endless"})
        until(lambda: client.command(RUNNING) == 1)
        assert client.command("KILL QUERY WHERE query_id = 'nothing of this name' SYNC") == ""
        killed = client.command("KILL QUERY WHERE query_id = 'endless' SYNC")
        assert isinstance(killed, list)
        assert killed[:2] == ["waiting", "endless"]
        with pytest.raises(DatabaseError, match="QUERY_WAS_CANCELLED") as raised:
            running.result(60)
        assert raised.value.code == 394
        assert client.command("SELECT 1") == 1


def test_a_closed_connection_ends_its_query(alone: RunningClickHouse) -> None:
    with alone.client() as client:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(alone.url, content=ENDLESS, timeout=1.0)
        until(lambda: client.command(RUNNING) == 0)


def test_a_stream_that_nobody_reads_on_ends(alone: RunningClickHouse) -> None:
    with alone.client() as client:
        endless = "SELECT number, sipHash64(number) FROM numbers(100000000000)"
        with httpx.stream("POST", alone.url, content=endless) as answer:
            read = answer.iter_bytes(10)
            assert next(read)
            assert client.command(RUNNING) == 1
        until(lambda: client.command(RUNNING) == 0)


def test_time_and_memory_of_a_query_end_it(alone: RunningClickHouse) -> None:
    with alone.client() as client:
        with pytest.raises(DatabaseError, match="TIMEOUT_EXCEEDED"):
            client.query(ENDLESS, settings={"max_execution_time": 1})
        with pytest.raises(DatabaseError, match="MEMORY_LIMIT_EXCEEDED"):
            client.query("SELECT groupArray(repeat('x', 1000)) FROM numbers(100000000)")
        assert client.command("SELECT 1") == 1


def test_more_than_run_at_once_wait_their_turn(alone: RunningClickHouse) -> None:
    def ask(number: int) -> object:
        with alone.client() as client:
            return client.command(
                f"SELECT {number} + count() * 0 FROM numbers(20000000) WHERE NOT ignore(sipHash64(number))"
            )

    with ThreadPoolExecutor(24) as pool:
        assert list(pool.map(ask, range(24))) == list(range(24))


def test_more_than_may_wait_are_told_to_come_again(alone: RunningClickHouse) -> None:
    with alone.client() as client, ThreadPoolExecutor(90) as pool:
        asked = [
            pool.submit(httpx.post, alone.url, params={"query_id": f"q{number}"}, content=ENDLESS, timeout=60)
            for number in range(90)
        ]
        until(lambda: sum(one.done() for one in asked) >= 90 - 8 - 64)
        refused = [one.result() for one in asked if one.done()]
        assert {(answer.status_code, answer.headers["X-ClickHouse-Exception-Code"]) for answer in refused} == {
            (503, "202")
        }
        del client
        alone.stop()
        ended = [one.result().status_code for one in asked if one.exception() is None]
        assert set(ended) <= {500, 503}


def test_an_id_runs_once_at_a_time(alone: RunningClickHouse) -> None:
    with alone.client() as client, ThreadPoolExecutor(1) as pool:
        running = pool.submit(httpx.post, alone.url, params={"query_id": "same"}, content=ENDLESS, timeout=60)
        until(lambda: client.command(RUNNING) == 1)
        assert (
            httpx.post(alone.url, params={"query_id": "same"}, content="SELECT 1").headers[
                "X-ClickHouse-Exception-Code"
            ]
            == "216"
        )
        client.command("KILL QUERY WHERE query_id = 'same'")
        assert running.result().status_code == 500


def test_asked_to_stop_it_ends_what_runs_and_leaves_in_order(alone: RunningClickHouse) -> None:
    with alone.client() as client, ThreadPoolExecutor(1) as pool:
        running = pool.submit(httpx.post, alone.url, content=ENDLESS, timeout=60)
        until(lambda: client.command(RUNNING) == 1)
        began = time.monotonic()
        assert alone.stop() == 0
        assert time.monotonic() - began < 30
        assert running.result().status_code == 500


def insert_until_killed(server: RunningClickHouse, client: Client, first: int) -> int:
    """Inserts numbers one block after another while the server is killed; how many blocks were acknowledged."""
    begun = threading.Event()

    def kill() -> None:
        begun.wait()
        server.kill()

    stop = threading.Thread(target=kill)
    stop.start()
    block = first
    try:
        while True:
            client.command(f"INSERT INTO org_k.t SELECT {block}, number FROM numbers(1000)")
            block += 1
            if block - first == 5:
                begun.set()
    except Exception:
        begun.set()
        stop.join()
        return block


def test_kill_9_in_the_middle_of_inserts_loses_nothing_acknowledged(alone: RunningClickHouse) -> None:
    with alone.client() as client:
        client.command("CREATE DATABASE org_k")
        client.command("CREATE TABLE org_k.t (block Int64, n Int64) ENGINE = MergeTree ORDER BY (block, n)")
    acknowledged = 0
    for _ in range(3):
        with alone.client(query_retries=0) as client:
            acknowledged = insert_until_killed(alone, client, acknowledged)
        alone.start()
        with alone.client() as client:
            counts = client.query("SELECT block, count() FROM org_k.t GROUP BY block ORDER BY block").result_rows
        assert [block for block, _ in counts][:acknowledged] == list(range(acknowledged))
        assert {count for _, count in counts} == {1000}
        acknowledged = len(counts)
    assert acknowledged > 3


def test_a_second_process_on_one_folder_is_refused(alone: RunningClickHouse) -> None:
    with alone.client() as client:
        assert client.command("SELECT 1") == 1
    status = (alone.folder / "data" / "status").read_text()
    assert str(alone.process.pid if alone.process else 0) in status
