"""Files are read in a confined worker as they are in any process."""

import io
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from services.integration.workers import Work, Workers, WorkFailed, WorkLimits
from services.integration.workers.model import GIB

MODULES = ("services.integration.files.preparing",)


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers.open(warm=1, at_once=2, modules=MODULES) as opened:
        yield opened


async def prepared(workers: Workers, path: Path, out: Path, **limits: int) -> dict[str, Any]:
    out.mkdir()
    work = Work(
        "services.integration.files.preparing:prepare",
        {"path": str(path), "file_name": path.name, "reading": {}, "out": str(out), "limits": limits},
        readable=(path,), writable=(out,), limits=WorkLimits(wall_seconds=120.0, address_space_bytes=4 * GIB),
    )  # fmt: skip
    async with workers.run(work) as messages:
        last: Any = [message async for message in messages][-1]
    found: dict[str, Any] = last["prepared"]
    return found


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["id", "name"])
    book.active.append([1, "a"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def parquet() -> bytes:
    data = io.BytesIO()
    pq.write_table(pa.table({"id": [1], "name": ["a"]}), data)
    return data.getvalue()


def database(path: Path) -> bytes:
    with sqlite3.connect(path) as connection:
        connection.executescript("CREATE TABLE t (id INTEGER, name TEXT); INSERT INTO t VALUES (1, 'a');")
    connection.close()
    return path.read_bytes()


async def test_every_format_is_read_by_a_confined_worker(workers: Workers, tmp_path: Path) -> None:
    contents = {
        "csv": b"id;name\n1;M\xfcller\n", "json": b'[{"id": 1, "name": "a"}]', "json_lines": b'{"id": 1}\n{"id": 2}\n',
        "excel": workbook(), "parquet": parquet(), "sqlite": database(tmp_path / "made.db"),
    }  # fmt: skip
    for kind, content in contents.items():
        path = tmp_path / f"in_{kind}"
        path.write_bytes(content)
        found = await prepared(workers, path, tmp_path / kind)
        assert found["format"] == kind
        assert found["tables"][0]["row_count"] >= 1


async def test_a_refusal_comes_out_of_the_worker(workers: Workers, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b"id,name\n")
    with pytest.raises(WorkFailed) as failed:
        await prepared(workers, path, tmp_path / "out")
    assert failed.value.kind == "UPLOAD_EMPTY"
    assert list((tmp_path / "out").iterdir()) == []


async def test_work_beyond_memory_goes_to_the_out_folder_or_is_refused(workers: Workers, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    with path.open("w") as file:
        file.write("id,text\n")
        for n in range(300_000):
            file.write(f"{n},{n:0100d}\n")
    found = await prepared(workers, path, tmp_path / "out", memory=256 << 20)
    assert found["tables"][0]["row_count"] == 300_000


@pytest.mark.parametrize("content", [b"id,text\n", "id,text\nü,ü\n".encode("cp1252")])
async def test_a_disk_that_gets_full_leaves_nothing(content: bytes, workers: Workers, tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out"
    path.write_bytes(content + b"".join(b"%d,%040d\n" % (n, n * 7919) for n in range(200_000)))
    out.mkdir()
    work = Work(
        "services.integration.files.preparing:prepare",
        {"path": str(path), "file_name": "in.csv", "out": str(out)},
        readable=(path,), writable=(out,), limits=WorkLimits(file_bytes=1 << 20, wall_seconds=120.0),
    )  # fmt: skip
    with pytest.raises(WorkFailed) as failed:
        async with workers.run(work) as messages:
            [message async for message in messages]
    assert failed.value.kind == "STORAGE_FULL"
    assert list(out.iterdir()) == []
