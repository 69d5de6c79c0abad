"""Reading the record batch that a worker sent, as if an enemy had written it."""

from __future__ import annotations

import struct

import pyarrow as pa

from services.integration.workers.frames import BadFrame

_PLAIN = (
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_temporal,
    pa.types.is_string,
    pa.types.is_binary,
)


def read(body: bytes | bytearray) -> pa.RecordBatch:
    """The one batch of an Arrow IPC stream, of plain types, every value checked. Raises BadFrame."""
    try:
        stream = pa.BufferReader(pa.py_buffer(body))
        described, data = pa.ipc.read_message(stream), pa.ipc.read_message(stream)
        if (described.type, data.type) != ("schema", "record batch") or _compressed(data.metadata.to_pybytes()):
            raise BadFrame("not one plain batch")
        schema = pa.ipc.read_schema(described).remove_metadata()
        if not all(_plain(field) for field in schema) or not len(schema):
            raise BadFrame("types that no worker sends")
        batch = pa.ipc.read_record_batch(data, schema)
        batch.validate(full=True)
    except (pa.ArrowException, EOFError, struct.error, ValueError, OSError, MemoryError):
        raise BadFrame("no record batch") from None
    return batch


def _plain(field: pa.Field) -> bool:
    kind = field.type
    return not isinstance(kind, pa.BaseExtensionType) and any(is_plain(kind) for is_plain in _PLAIN)


def _compressed(message: bytes) -> bool:
    """Whether the flatbuffer of a record batch names a compression: it could unpack to any size.

    Message.fbs of the Arrow format: the header is field 2 of Message, compression field 3 of RecordBatch.
    """
    (root,) = struct.unpack_from("<I", message, 0)
    header = root + _field(message, root, 2)
    (ahead,) = struct.unpack_from("<I", message, header)
    return _field(message, header + ahead, 3) != 0


def _field(buffer: bytes, table: int, index: int) -> int:
    """Where a table's field stands, counted from the table; 0 if it isn't there."""
    (back,) = struct.unpack_from("<i", buffer, table)
    entries = table - back
    if entries < 0:
        raise BadFrame("no table")
    (size,) = struct.unpack_from("<H", buffer, entries)
    place = 4 + 2 * index
    if place + 2 > size:
        return 0
    (offset,) = struct.unpack_from("<H", buffer, entries + place)
    return int(offset)
