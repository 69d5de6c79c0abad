"""An Arrow IPC stream taken apart as it comes: each message checked in its frame before it is kept or decoded.

pyarrow reads streams from files that block, and trusts them; these come from servers that aren't ours.
Frames: https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pyarrow as pa

_CONTINUATION = b"\xff\xff\xff\xff"
_METADATA_BYTES = 8 * 1024 * 1024
# Of a Message and a RecordBatch: which of their fields hold what we look at.
_HEADER_TYPE, _HEADER, _BODY_LENGTH, _COMPRESSION = 1, 2, 3, 3
_SCHEMA, _RECORD_BATCH = 1, 3
# Marks what the stream calls text, which is read as bytes.
TEXT = {b"text": b"yes"}


class NotArrow(Exception):
    """What came isn't an Arrow stream that we read; `rest` is what stands where a message should."""

    def __init__(self, rest: bytes) -> None:
        super().__init__("not an Arrow stream")
        self.rest = rest


class OverLimit(Exception):
    """A message is larger than may be kept."""


class StreamDecoder:
    """Takes bytes, gives record batches that are sound, with texts as bytes. `most_bytes` bounds one message."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._waiting = bytearray()
        self.schema: pa.Schema | None = None
        self.ended = False
        self.batches = 0

    def empty(self) -> pa.RecordBatch:
        """No rows, of the stream's schema."""
        assert self.schema is not None  # an ended stream began with one
        return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in self.schema], schema=self.schema)

    @property
    def rest(self) -> bytes:
        """What came and is no whole message yet."""
        return bytes(self._waiting)

    def feed(self, data: bytes) -> Iterator[pa.RecordBatch]:
        """The batches that are whole with these bytes. Raises NotArrow, OverLimit."""
        self._waiting += data
        while (size := self._next()) is not None:
            message = bytes(memoryview(self._waiting)[:size])
            del self._waiting[:size]
            batch = self._decoded(message)
            if batch is not None:
                self.batches += 1
                yield batch

    def _next(self) -> int | None:
        """How long the next message is, once all of it is there."""
        if len(self._waiting) < 8:
            if not _CONTINUATION.startswith(self._waiting[:4]):
                raise NotArrow(self.rest)
            return None
        if self.ended or self._waiting[:4] != _CONTINUATION:
            raise NotArrow(self.rest)
        (length,) = struct.unpack_from("<i", self._waiting, 4)
        if not length:
            if self.schema is None:
                raise NotArrow(b"")
            del self._waiting[:8]
            self.ended = True
            return self._next() if self._waiting else None
        if not 0 < length <= _METADATA_BYTES:
            raise OverLimit if length > 0 else NotArrow(self.rest)
        if len(self._waiting) < 8 + length:
            return None
        body = _body_length(bytes(self._waiting[8 : 8 + length]))
        if 8 + length + body > self._most:
            raise OverLimit
        return 8 + length + body if len(self._waiting) >= 8 + length + body else None

    def _decoded(self, message: bytes) -> pa.RecordBatch | None:
        try:
            if self.schema is None:
                told = pa.ipc.read_schema(pa.py_buffer(message))
                self.schema = pa.schema([_as_octets(field) for field in told])
                if not self.schema.names:  # also decodes them, which nothing before did
                    raise NotArrow(b"")
                return None
            batch = pa.ipc.read_record_batch(pa.ipc.read_message(message), self.schema)
            batch.validate(full=True)  # a false offset would lead Arrow's own code outside of the batch
        except (pa.ArrowException, OSError, ValueError):
            raise NotArrow(b"") from None
        return batch


def _as_octets(field: pa.Field) -> pa.Field:
    """The field with its texts as bytes, the outermost marked: not all of them need be UTF-8."""
    marked = field.with_metadata(TEXT) if pa.types.is_string(field.type) else field.remove_metadata()
    return marked.with_type(_octets(field.type))


def _octets(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_string(kind):
        return pa.binary()
    if pa.types.is_list(kind):
        return pa.list_(kind.value_field.with_type(_octets(kind.value_type)))
    if pa.types.is_map(kind):
        key, item = kind.key_field, kind.item_field
        return pa.map_(key.with_type(_octets(key.type)), item.with_type(_octets(item.type)))
    if pa.types.is_struct(kind):
        return pa.struct([inner.with_type(_octets(inner.type)) for inner in kind])
    return kind


def _body_length(metadata: bytes) -> int:
    """What the message says of its body; refuses what isn't a schema or a plain batch."""
    try:
        message = _table(metadata, 0)
        kind = _field(metadata, message, _HEADER_TYPE)
        header = _field(metadata, message, _HEADER)
        length = _field(metadata, message, _BODY_LENGTH)
        if kind is None or header is None or metadata[kind] not in (_SCHEMA, _RECORD_BATCH):
            raise NotArrow(b"")
        if metadata[kind] == _RECORD_BATCH and _field(metadata, _table(metadata, header), _COMPRESSION) is not None:
            raise NotArrow(b"")  # little that becomes much
        body = struct.unpack_from("<q", metadata, length)[0] if length is not None else 0
    except (struct.error, IndexError):
        raise NotArrow(b"") from None
    if body < 0:
        raise NotArrow(b"")
    return int(body)


def _table(data: bytes, at: int) -> int:
    """Where the table is that the offset at `at` leads to."""
    return int(at + struct.unpack_from("<I", data, at)[0])


def _field(data: bytes, table: int, number: int) -> int | None:
    """Where a table's field is; None if it isn't there."""
    directory = table - struct.unpack_from("<i", data, table)[0]
    slot = 4 + 2 * number
    if directory < 0 or slot + 2 > struct.unpack_from("<H", data, directory)[0]:
        return None
    offset = struct.unpack_from("<H", data, directory + slot)[0]
    return table + offset if offset else None
