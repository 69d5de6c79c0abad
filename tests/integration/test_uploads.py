"""Files as their senders see them: sent whole or not at all, read, shown, corrected, made a source, and forgotten."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import pytest
from infinure.integration.v1 import catalog_pb2, source_service_pb2, upload_pb2

from services.integration.settings import BlobSettings, UploadSettings
from tests.builders.grpc_errors import fields, info
from tests.builders.postgres import Database
from tests.integration.server import PIECE, IntegrationServer, serving

SALES = b"date;region;amount\n2025-01-31;North;1.234,50\n2025-02-28;South;99,00\n2025-03-31;North;10,25\n"


async def eventually(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  a file that goes tells nobody
            await asyncio.sleep(0.05)


async def test_a_file_is_sent_read_shown_and_becomes_a_source_to_ask(integration: IntegrationServer) -> None:
    sender = integration.client()
    sent = await sender.upload("Sales 2025.csv", SALES)
    assert (sent.file_name, sent.byte_count, sent.prepared) == ("Sales 2025.csv", len(SALES), False)
    upload = await sender.prepare(sent.id)
    assert upload.prepared
    assert upload.format == upload_pb2.FILE_FORMAT_CSV
    (table,) = upload.tables
    assert table.row_count == 3
    assert [column.type for column in table.columns] == [
        catalog_pb2.COLUMN_TYPE_DATE,
        catalog_pb2.COLUMN_TYPE_TEXT,
        catalog_pb2.COLUMN_TYPE_DECIMAL,
    ]
    source = await sender.connect([upload.id], "Sales")
    assert (source.kind, source.table_count, list(source.configuration.files.file_names)) == (
        "files",
        1,
        ["Sales 2025.csv"],
    )
    result = await sender.execute(
        source.id, f"SELECT sum(amount) AS total FROM \"{table.name}\" WHERE region = 'North'"
    )
    assert [str(value) for (value,) in result.rows] == ["1244.75"]


async def test_a_correction_is_read_anew_and_counts(integration: IntegrationServer) -> None:
    sender = integration.client()
    sent = await sender.upload("codes.csv", b"code,size\n1,small\n2,large\n")
    found = await sender.prepare(sent.id)
    assert found.tables[0].columns[0].type == catalog_pb2.COLUMN_TYPE_INTEGER
    column = upload_pb2.ColumnReading(origin="code", name="article", type=catalog_pb2.COLUMN_TYPE_TEXT)
    left_out = upload_pb2.ColumnReading(origin="size", left_out=True)
    table = upload_pb2.TableReading(origin=found.tables[0].origin, name="articles", columns=[column, left_out])
    corrected = await sender.prepare(sent.id, tables=[table])
    assert corrected.tables[0].name == "articles"
    source = await sender.connect([sent.id])
    catalog = await sender.catalog(source.id)
    assert [(known.name, known.type) for known in catalog.tables[0].columns] == [
        ("article", catalog_pb2.COLUMN_TYPE_TEXT)
    ]


async def test_two_uploads_of_one_name_are_two_tables_of_a_source(integration: IntegrationServer) -> None:
    sender = integration.client()
    ids = [(await sender.upload("sales.csv", text)).id for text in (b"a,b\n1,2\n", b"a,b\n3,4\n5,6\n")]
    for upload_id in ids:
        await sender.prepare(upload_id)
    source = await sender.connect(ids)
    catalog = await sender.catalog(source.id)
    assert {table.name: table.row_count for table in catalog.tables} == {"sales": 1, "sales_2": 2}


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a/b.csv", "a\\b.csv", "..", "tab\there.csv", "x" * 256])
async def test_a_name_is_a_name_and_no_path(integration: IntegrationServer, name: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await integration.client().upload(name, SALES)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert list(fields(refused.value)) == ["name"]
    assert integration.kept() == []


async def test_an_empty_file_is_refused_and_nothing_is_kept(integration: IntegrationServer) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await integration.client().upload("empty.csv", b"")
    assert info(refused.value).reason == "UPLOAD_EMPTY"
    assert integration.kept() == []


async def test_a_header_alone_is_refused_when_it_is_read(integration: IntegrationServer) -> None:
    sender = integration.client()
    sent = await sender.upload("header.csv", b"a,b,c\n")
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await sender.prepare(sent.id)
    assert info(refused.value).reason == "UPLOAD_EMPTY"
    with pytest.raises(grpc.aio.AioRpcError) as early:
        await sender.connect([sent.id])
    assert info(early.value).reason == "UPLOAD_NOT_PREPARED"


async def test_a_file_over_the_limit_is_refused_as_it_comes(
    control_plane: Callable[..., Database], tmp_path: Path
) -> None:
    limits = UploadSettings(file_bytes=4 * PIECE)
    sent = 0  # more than may come, on its way when the answer is known

    async def much() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100 * PIECE:
            sent += PIECE
            yield b"x" * PIECE

    async with serving(control_plane("integration"), tmp_path, uploads=limits) as server:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await server.client().upload("large.csv", much())
        assert info(refused.value).reason == "UPLOAD_TOO_LARGE"
        await eventually(lambda: server.kept() == [])


async def test_an_upload_cut_in_the_middle_leaves_nothing(integration: IntegrationServer) -> None:
    sender = integration.client()
    begun = asyncio.Event()

    async def cut() -> AsyncIterator[bytes]:
        for _ in range(8):
            yield b"a,b\n" * (PIECE // 4)
        begun.set()
        await asyncio.sleep(3600)

    sending = asyncio.create_task(sender.upload("cut.csv", cut()))
    await begun.wait()
    await eventually(lambda: integration.kept() != [])
    sending.cancel()
    await asyncio.wait([sending])
    await eventually(lambda: integration.kept() == [])
    listed = await sender.sources.ListUploads(source_service_pb2.ListUploadsRequest(), metadata=sender.metadata)
    assert list(listed.uploads) == []


async def test_a_disk_without_room_takes_no_file(control_plane: Callable[..., Database], tmp_path: Path) -> None:
    full = BlobSettings(str(tmp_path / "blobs"), tmp_path / "work", reserve_bytes=1 << 60)
    async with serving(control_plane("integration"), tmp_path, blobs=full) as server:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await server.client().upload("sales.csv", SALES)
        assert info(refused.value).reason == "STORAGE_FULL"
        assert server.kept() == []


async def test_an_upload_is_its_senders_alone(integration: IntegrationServer) -> None:
    sender = integration.client()
    sent = await sender.upload("sales.csv", SALES)
    await sender.prepare(sent.id)
    for stranger in (integration.client(sender.organization_id), integration.client()):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await stranger.prepare(sent.id)
        assert info(refused.value).reason == "UPLOAD_NOT_FOUND"
        with pytest.raises(grpc.aio.AioRpcError) as untaken:
            await stranger.connect([sent.id])
        assert info(untaken.value).reason == "UPLOAD_NOT_FOUND"


async def test_a_removed_upload_and_a_removed_source_leave_no_file(integration: IntegrationServer) -> None:
    sender = integration.client()
    unwanted = await sender.upload("unwanted.csv", SALES)
    await sender.sources.DeleteUpload(
        source_service_pb2.DeleteUploadRequest(upload_id=unwanted.id), metadata=sender.metadata
    )
    source = await sender.add_file("sales.csv", SALES)
    # What was read of the second stays, and nothing of how it came.
    await eventually(lambda: [path.endswith("original") for path in integration.kept()] == [False])
    await sender.delete(source.id)
    await eventually(lambda: integration.kept() == [])


async def test_uploads_are_listed_newest_first_page_by_page(integration: IntegrationServer) -> None:
    sender = integration.client()
    sent = [(await sender.upload(f"{number}.csv", SALES)).id for number in range(5)]
    found: list[str] = []
    token = ""
    while True:
        request = source_service_pb2.ListUploadsRequest(page_size=2, page_token=token)
        page = await sender.sources.ListUploads(request, metadata=sender.metadata)
        found += [upload.id for upload in page.uploads]
        token = page.next_page_token
        if not token:
            break
    assert found == sent[::-1]


async def test_an_upload_over_its_time_is_gone(control_plane: Callable[..., Database], tmp_path: Path) -> None:
    at_once = replace(UploadSettings(), hours=0.0)
    async with serving(control_plane("integration"), tmp_path, uploads=at_once) as server:
        sender = server.client()
        sent = await sender.upload("sales.csv", SALES)
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await sender.prepare(sent.id)
        assert info(refused.value).reason == "UPLOAD_NOT_FOUND"
        assert server.kept() != []
        server.database.run("UPDATE integration.jobs SET run_time = now()")
        await eventually(lambda: server.kept() == [])


async def test_a_source_whose_file_is_gone_fails_its_test(integration: IntegrationServer) -> None:
    sender = integration.client()
    source = await sender.add_file("sales.csv", SALES)
    request = source_service_pb2.TestSourceRequest(source_id=source.id)
    reply = await sender.sources.TestSource(request, metadata=sender.metadata)
    assert reply.latency.ToNanoseconds() > 0
    shutil.rmtree(integration.folder / "blobs")
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await sender.sources.TestSource(request, metadata=sender.metadata)
    assert info(refused.value).reason == "SOURCE_UNREACHABLE"


async def test_a_file_that_is_removed_while_it_is_read_is_gone_and_not_damaged(integration: IntegrationServer) -> None:
    sender = integration.client()
    rows = b"day,amount\n" + b"2024-01-01,12.50\n" * 2_000_000
    sent = await sender.upload("long.csv", rows)
    reading = source_service_pb2.PrepareUploadRequest(upload_id=sent.id)
    call = sender.sources.PrepareUpload(reading, metadata=sender.metadata)
    await anext(aiter(call))
    removal = source_service_pb2.DeleteUploadRequest(upload_id=sent.id)
    await sender.sources.DeleteUpload(removal, metadata=sender.metadata)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await drained(call)
    assert info(refused.value).reason == "UPLOAD_NOT_FOUND"
    await eventually(lambda: integration.kept() == [])


async def drained(call: Any) -> None:
    async for _ in call:
        pass
