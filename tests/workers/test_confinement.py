"""What a worker that was taken over can't do."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from services.integration.workers import ConfinementUnavailable, Workers, WorkFailed, WorkKilled, WorkLimits
from services.integration.workers.seccomp import program
from tests.workers.running import MODULES, done

FORBIDDEN = (
    "dial",
    "unix socket",
    "datagram",
    "run",
    "exec",
    "fork",
    "kill parent",
    "kill zygote",
    "become root",
    "io_uring",
    "ptrace",
    "list /",
    "list /proc",
    "environment of the parent",
    "own environment",
    "other descriptors",
    "chmod",
    "link",
    "truncate",
    "remove",
)


async def test_a_worker_reaches_neither_network_nor_processes_nor_files(workers: Workers, tmp_path: Path) -> None:
    """With a neighbour's file readable to its user, and somebody listening."""
    secret = tmp_path / "neighbour.txt"
    secret.write_text("secret")
    async with await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0) as server:
        arguments = {
            "deeds": FORBIDDEN,
            "port": server.sockets[0].getsockname()[1],
            "pid": os.getpid(),
            "path": str(secret),
            "folder": str(tmp_path),
        }
        outcomes = await done(workers, "attempt", arguments)
    assert [outcome["deed"] for outcome in outcomes if outcome["outcome"] == "done"] == []
    assert len(outcomes) == len(FORBIDDEN)
    assert secret.read_text() == "secret"


async def test_a_worker_reads_its_own_files_alone(workers: Workers, tmp_path: Path) -> None:
    own, other = tmp_path / "own.txt", tmp_path / "other.txt"
    own.write_text("own")
    other.write_text("other")
    (tmp_path / "link.txt").symlink_to(other)
    assert await done(workers, "read", {"path": str(own)}, readable=(own,)) == [{"read": "own"}]
    ways = [
        other,
        tmp_path / "link.txt",
        tmp_path / "." / ".." / tmp_path.name / "other.txt",
        Path("/proc/self/root") / other.relative_to("/"),
        Path(f"/proc/{os.getpid()}/root") / other.relative_to("/"),
        Path("/etc/passwd"),
        Path("/dev/zero"),
    ]
    for way in ways:
        with pytest.raises(WorkKilled, match="PermissionError"):
            await done(workers, "read", {"path": str(way)}, readable=(own,))


async def test_a_worker_writes_where_it_may_alone_and_no_more(workers: Workers, tmp_path: Path) -> None:
    (own := tmp_path / "own").mkdir()
    limits = WorkLimits(file_bytes=10_000)
    written = {"path": str(own / "a"), "bytes": 10_000}
    assert await done(workers, "write", written, writable=(own,), limits=limits) == [{"written": True}]
    with pytest.raises(WorkKilled, match="OSError"):
        await done(workers, "write", written | {"bytes": 10_001}, writable=(own,), limits=limits)
    for path in (tmp_path / "b", own / ".." / "c", Path("/tmp/infinure-canary")):  # noqa: S108
        with pytest.raises(WorkKilled, match="PermissionError"):
            await done(workers, "write", {"path": str(path)}, writable=(own,), limits=limits)
        assert not path.exists()
    with pytest.raises(WorkKilled, match="PermissionError"):
        await done(workers, "write", {"path": str(own / "a")}, readable=(own,))


async def test_the_database_libraries_reach_no_other_file_either(workers: Workers, tmp_path: Path) -> None:
    """Their own locks left out: this is the same process with DuckDB and SQLite as they come."""
    (own := tmp_path / "own").mkdir()
    other = tmp_path / "other"
    pa.parquet.write_table(pa.table({"n": [1, 2]}), own / "own.parquet")
    pa.parquet.write_table(pa.table({"secret": [1]}), other.with_suffix(".parquet"))
    other.with_suffix(".csv").write_text("secret\n1\n")
    with closing(sqlite3.connect(other.with_suffix(".db"))) as connection:
        connection.execute("CREATE TABLE secret (a)")
    statements = [
        f"duckdb:SELECT * FROM read_parquet('{other}.parquet')",
        f"duckdb:SELECT * FROM read_csv('{other}.csv')",
        f"duckdb:SELECT * FROM read_text('{other}.csv')",
        f"duckdb:SELECT * FROM glob('{tmp_path}/*')",
        f"duckdb:COPY (SELECT 1) TO '{tmp_path}/out.csv'",
        f"duckdb:ATTACH '{other}.duckdb'",
        "duckdb:INSTALL httpfs",
        "duckdb:SELECT * FROM read_csv('https://127.0.0.1/x.csv')",
        f"sqlite:ATTACH '{other}.db' AS other; SELECT * FROM other.secret",
        f"sqlite:ATTACH '{tmp_path}/new.db' AS other; CREATE TABLE other.t (a)",
        "sqlite:SELECT load_extension('/lib/x86_64-linux-gnu/libc.so.6')",
        f"sqlite:VACUUM INTO '{tmp_path}/copy.db'",
    ]
    before = sorted(tmp_path.rglob("*"))
    reached = [statement for statement in statements if await _rows(workers, statement, own)]
    assert reached == []
    assert sorted(tmp_path.rglob("*")) == before
    assert await _rows(workers, f"duckdb:SELECT * FROM read_parquet('{own}/own.parquet')", own) == 2


async def _rows(workers: Workers, statement: str, readable: Path) -> int:
    try:
        (outcome,) = await done(workers, "sql", {"statement": statement}, readable=(readable,))
    except WorkKilled:  # a library that can't start a thread, or reach what it must, may break down
        return 0
    assert isinstance(outcome, dict)
    return outcome["rows"] or 0


async def test_a_file_that_is_gone_is_told_before_anything_is_done(workers: Workers, tmp_path: Path) -> None:
    with pytest.raises(WorkFailed) as failed:
        await done(workers, "echo", readable=(tmp_path / "gone",))
    assert failed.value.kind == "missing"


async def test_where_workers_cannot_be_confined_none_start_unless_allowed(caplog: pytest.LogCaptureFixture) -> None:
    """A module that starts a thread while it is imported: from there on no fork is whole, nor any filter."""
    threaded = (*MODULES, "tests.workers.threaded")
    with pytest.raises(ConfinementUnavailable) as refused:
        async with Workers.open(modules=threaded):
            pass
    assert "one thread" in str(refused.value)
    async with Workers.open(modules=threaded, unconfined=True) as workers:
        assert (await done(workers, "echo", {"a": 1}))[0] == {"a": 1}
    assert "unconfined" in caplog.text


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_jumps_nowhere_beyond_its_end(machine: str) -> None:
    instructions = program(machine, 4711)
    assert len(instructions) < 4096
    for place, (code, if_so, if_not, _) in enumerate(instructions):
        if code & 0x07 == 0x05:
            assert place + 1 + max(if_so, if_not) < len(instructions)
    assert instructions[-1][0] == 0x06
