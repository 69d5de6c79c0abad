"""Uploads between messages and the model, pure but for the stream of pieces."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from infinure.integration.v1 import catalog_pb2, source_service_pb2, upload_pb2

from meshkit.errors import FieldViolation, InvalidArgument, MeshError
from services.integration.catalog.model import ColumnType
from services.integration.files.model import (
    BrokenRows,
    ColumnReading,
    FileFormat,
    PreparedColumn,
    PreparedTable,
    Reading,
    TableReading,
)
from services.integration.model import Upload
from services.integration.rpc.catalog_messages import TYPES
from services.integration.rpc.translate import timestamp

_FORMATS = {
    FileFormat.CSV: upload_pb2.FILE_FORMAT_CSV,
    FileFormat.JSON: upload_pb2.FILE_FORMAT_JSON,
    FileFormat.JSON_LINES: upload_pb2.FILE_FORMAT_JSON_LINES,
    FileFormat.EXCEL: upload_pb2.FILE_FORMAT_EXCEL,
    FileFormat.PARQUET: upload_pb2.FILE_FORMAT_PARQUET,
    FileFormat.SQLITE: upload_pb2.FILE_FORMAT_SQLITE,
}
_BROKEN = {
    upload_pb2.BROKEN_ROWS_UNSPECIFIED: BrokenRows.SKIP,
    upload_pb2.BROKEN_ROWS_SKIP: BrokenRows.SKIP,
    upload_pb2.BROKEN_ROWS_REFUSE: BrokenRows.REFUSE,
}
_BROKEN_MESSAGES = {kind: message for message, kind in _BROKEN.items() if message}
_COLUMN_TYPES = {int(message): kind for kind, message in TYPES.items()}


# A client that is still sending when its answer comes may never see it: what it has on the way is taken and dropped.
DRAIN_SECONDS = 5.0


@asynccontextmanager
async def refused_politely(requests: AsyncIterator[source_service_pb2.UploadFileRequest]) -> AsyncIterator[None]:
    """A refusal inside the block waits for the rest of a file that is nearly there."""
    try:
        yield
    except MeshError:
        with suppress(TimeoutError, MeshError):
            async with asyncio.timeout(DRAIN_SECONDS):
                async for _ in requests:
                    pass
        raise


async def opened(
    requests: AsyncIterator[source_service_pb2.UploadFileRequest],
) -> tuple[str, AsyncIterator[bytes]]:
    """The file's name, and its pieces as they come. Raises InvalidArgument for a stream without a message."""
    async for first in requests:
        return first.name, _pieces(first, requests)
    wrong = FieldViolation("name", "must be a file's name")
    raise InvalidArgument("the request holds no file", violations=[wrong])


async def _pieces(
    first: source_service_pb2.UploadFileRequest, rest: AsyncIterator[source_service_pb2.UploadFileRequest]
) -> AsyncIterator[bytes]:
    yield first.content.data
    async for request in rest:
        yield request.content.data


def reading(message: upload_pb2.FileReading) -> Reading:
    return Reading(
        delimiter="\t" if message.delimiter == "\\t" else message.delimiter,
        encoding=message.encoding,
        has_header=message.has_header if message.HasField("has_header") else None,
        broken_rows=_BROKEN[message.broken_rows],
        tables=tuple(
            TableReading(
                origin=table.origin,
                name=table.name,
                left_out=table.left_out,
                columns=tuple(
                    ColumnReading(column.origin, column.name, _column_type(column), column.left_out)
                    for column in table.columns
                ),
            )
            for table in message.tables
        ),
    )


def _column_type(column: upload_pb2.ColumnReading) -> ColumnType | None:
    return _COLUMN_TYPES[int(column.type)] if column.type else None


def upload(known: Upload) -> upload_pb2.Upload:
    message = upload_pb2.Upload(
        id=str(known.id),
        file_name=known.file_name,
        byte_count=known.byte_count,
        create_time=timestamp(known.create_time),
        expire_time=timestamp(known.expire_time),
    )
    prepared = known.prepared
    if prepared is not None:
        message.prepared = True
        message.format = _FORMATS[prepared.format]
        message.reading.CopyFrom(_reading_message(prepared.reading))
        message.tables.extend(map(_table, prepared.tables))
    return message


def _reading_message(known: Reading) -> upload_pb2.FileReading:
    return upload_pb2.FileReading(
        delimiter=known.delimiter,
        encoding=known.encoding,
        has_header=known.has_header,
        broken_rows=_BROKEN_MESSAGES[known.broken_rows],
        tables=[
            upload_pb2.TableReading(
                origin=table.origin,
                name=table.name,
                left_out=table.left_out,
                columns=[
                    upload_pb2.ColumnReading(
                        origin=column.origin,
                        name=column.name,
                        type=TYPES[column.type] if column.type else catalog_pb2.COLUMN_TYPE_UNSPECIFIED,
                        left_out=column.left_out,
                    )
                    for column in table.columns
                ],
            )
            for table in known.tables
        ],
    )


def _table(known: PreparedTable) -> upload_pb2.UploadedTable:
    return upload_pb2.UploadedTable(
        origin=known.origin,
        name=known.name,
        row_count=known.row_count,
        broken_row_count=known.broken_row_count,
        broken_rows=[
            upload_pb2.BrokenRow(line=row.line, problem=row.problem, text=row.text) for row in known.broken_rows
        ],
        columns=map(_column, known.columns),
        left_out=known.left_out,
    )


def _column(known: PreparedColumn) -> upload_pb2.UploadedColumn:
    return upload_pb2.UploadedColumn(
        origin=known.origin,
        name=known.name,
        type=TYPES[known.type],
        possible_types=[TYPES[kind] for kind in known.possible_types],
        note=known.note,
        sample_values=known.sample_values,
        empty_count=known.empty_count,
        unfit_count=known.unfit_count,
        left_out=known.left_out,
    )
