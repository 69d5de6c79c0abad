"""Rows go in whole or not at all, by every way the client has; bodies are bounded, packed or not."""

import gzip
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyarrow as pa
import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError

from cli.stores.clickhouse.bodies import Spool, receive, too_large
from cli.stores.clickhouse.errors import Refused
from tests.builders.clickhouse import RunningClickHouse
from tests.builders.ports import free_port


@pytest.fixture(autouse=True)
def table(client: Client) -> None:
    client.command("CREATE TABLE t (id Int64, name Nullable(String)) ENGINE = MergeTree ORDER BY id")


def count(client: Client) -> object:
    return client.command("SELECT count() FROM t")


def test_arrow_rows_and_raw_blocks(client: Client) -> None:
    arrow = pa.table({"id": pa.array([1, 2], pa.int64()), "name": ["é", None]})
    assert client.insert_arrow("t", arrow).written_rows == 2
    assert client.insert("t", [[3, "x"], [4, None]], column_names=["id", "name"]).written_rows == 2
    assert client.raw_insert("t", ["id", "name"], b"5,five\n6,\\N\n", fmt="CSV").written_rows == 2
    assert client.raw_insert("t", ["id"], (f"{n}\n".encode() for n in (7, 8)), fmt="TSV").written_rows == 2
    client.command("INSERT INTO t (id, name) VALUES (9, 'FORMAT CSV'), (10, {name:String})", {"name": "SELECT"})
    rows = client.query("SELECT id, name FROM t ORDER BY id").result_rows
    assert [row[0] for row in rows] == list(range(1, 11))
    assert [row[1] for row in rows] == ["é", None, "x", None, "five", None, None, None, "FORMAT CSV", "SELECT"]


@pytest.mark.parametrize("packing", ["lz4", "zstd", "gzip", None])
def test_packed_blocks_are_unpacked(client: Client, store: RunningClickHouse, packing: str | None) -> None:
    with store.client(database=client.database, compress=packing or False) as packed:
        rows = [[number, "text " * 20] for number in range(50_000)]
        assert packed.insert("t", rows, column_names=["id", "name"]).written_rows == 50_000
    assert count(client) == 50_000


def test_a_body_that_is_not_packed_as_it_says_is_refused(client: Client, store: RunningClickHouse) -> None:
    parameters = {"database": client.database or "", "query": "INSERT INTO t FORMAT CSV"}
    whole = gzip.compress(b"1,x\n" * 1000)
    for packing, body in (("gzip", b"1,x\n"), ("gzip", whole[:-20]), ("zstd", b"1,x\n"), ("lz4", whole), ("br", whole)):
        answer = httpx.post(store.url, params=parameters, content=body, headers={"Content-Encoding": packing})
        assert answer.status_code in (400, 501), packing
    assert count(client) == 0


def test_a_wrong_row_takes_its_block_back_and_the_next_insert_works(client: Client) -> None:
    with pytest.raises(DatabaseError):
        client.raw_insert("t", ["id"], b"1\n2\nthree\n", fmt="CSV")
    assert count(client) == 0
    assert client.raw_insert("t", ["id"], b"1\n", fmt="CSV").written_rows == 1


def test_an_upload_that_is_cut_inserts_nothing(client: Client, store: RunningClickHouse) -> None:
    head = (
        f"POST /?database={client.database}&query=INSERT%20INTO%20t%20FORMAT%20CSV HTTP/1.1\r\nHost: here\r\n"
        f"X-ClickHouse-User: integration\r\nX-ClickHouse-Key: {store.password}\r\nContent-Length: 1000000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", store.port)) as connection:
        connection.sendall(head.encode() + b"1,x\n" * 1000)
    assert count(client) == 0


async def test_a_body_is_counted_as_it_is_unpacked(tmp_path: pytest.TempPathFactory) -> None:
    async def pieces(content: bytes) -> "Iterator[bytes]":  # type: ignore[misc]
        for start in range(0, len(content), 1000):
            yield content[start : start + 1000]

    bomb = gzip.compress(bytes(100_000_000))
    assert len(bomb) < 200_000
    spool = Spool(tmp_path, 10_000_000, too_large())  # type: ignore[arg-type]
    with pytest.raises(Refused, match="too large"):
        await receive(pieces(bomb), "gzip", spool)  # type: ignore[arg-type]
    assert spool.size < 20_000_000
    spool.close()


def test_rows_that_the_disk_may_not_hold_are_refused_before_they_are_inserted(tmp_path: Path) -> None:
    spool = Spool(tmp_path, 10_000_000, too_large(), reserve=1 << 62)
    spool.write(b"1,x\n")
    with pytest.raises(Refused) as refused:
        spool.check_room()
    assert refused.value.code == 243
    spool.close()


def test_a_full_disk_loses_no_row_that_was_said_to_be_written(small_disk: Path) -> None:
    store = RunningClickHouse(small_disk, free_port(), "password", {})
    try:
        store.start()
        client = store.client()
        client.command("CREATE DATABASE d")
        client.command("CREATE TABLE d.t (a String) ENGINE = MergeTree ORDER BY tuple()")
        kept = 0
        with pytest.raises(DatabaseError) as refused:  # noqa: PT012  how many go in before is the disk's matter
            for _ in range(100):
                block = pa.table({"a": [os.urandom(500).hex() for _ in range(10_000)]})
                kept += int(client.insert_arrow("t", block, database="d").written_rows)
        assert refused.value.code == 243
        assert client.command("SELECT count() FROM d.t") == kept > 0
    finally:
        store.kill()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 120 MB; only root may make one."""
    if os.geteuid() != 0 or subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=120m", "tmpfs", str(tmp_path)], check=False, capture_output=True
    ).returncode:  # fmt: skip
        pytest.skip("no disk can be mounted here")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)
