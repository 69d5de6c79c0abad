"""A result's parts joined to one document, in the formats that can be sent as they come."""

from collections.abc import Iterable, Iterator

from cli.stores.clickhouse.engine import Part

# Their blocks follow each other as they are: no head, no end.
CONCATENATED = frozenset(
    "Native RowBinary TabSeparated TSV TabSeparatedRaw TSVRaw Raw CSV JSONEachRow JSONLines NDJSON JSONStringsEachRow "
    "JSONCompactEachRow JSONCompactStringsEachRow LineAsString TSKV Values Vertical".split()
) - {"Values", "Vertical"}
STREAM, FILE = "ArrowStream", "Arrow"
END_OF_STREAM = b"\xff\xff\xff\xff\x00\x00\x00\x00"
SLICE = 1 << 20

CONTENT_TYPES = {
    **dict.fromkeys(("TabSeparated", "TSV"), "text/tab-separated-values; charset=UTF-8"),
    "CSV": "text/csv; charset=UTF-8; header=absent",
    **dict.fromkeys(("JSON", "JSONCompact"), "application/json; charset=UTF-8"),
    "JSONEachRow": "application/x-ndjson; charset=UTF-8",
}


def in_parts(format_name: str) -> str | None:
    """The format to ask the engine for so that the result can be sent in parts; None where it can't be."""
    if format_name in CONCATENATED or format_name == STREAM:
        return format_name
    return STREAM if format_name == FILE else None


def joined(format_name: str, parts: Iterable[Part]) -> Iterator[bytes]:
    """The document, piece by piece; `parts` are in the format that `in_parts` told."""
    if format_name == STREAM:
        return _one_stream(parts)
    return _as_file(parts) if format_name == FILE else _one_after_another(parts)


def sliced(content: bytes) -> Iterator[bytes]:
    """A whole document in pieces."""
    for start in range(0, len(content), SLICE):
        yield content[start : start + SLICE]


def _one_after_another(parts: Iterable[Part]) -> Iterator[bytes]:
    first = True
    for part in parts:
        if part.content and (part.rows or first):
            yield part.content
        first = False


def _one_stream(parts: Iterable[Part]) -> Iterator[bytes]:
    """Each part is a stream with its schema and an end; the document has one schema and one end."""
    schema = b""
    for part in parts:
        if not part.content:
            continue
        body = part.content.removesuffix(END_OF_STREAM)
        if not schema:
            schema = body[: 8 + int.from_bytes(body[4:8], "little")]
            yield body
        elif body.startswith(schema):
            yield body[len(schema) :]
        else:
            raise RuntimeError("the blocks of one result have different schemas")
    yield END_OF_STREAM


def _as_file(parts: Iterable[Part]) -> Iterator[bytes]:
    """The file format is the stream's batches with an index behind them."""
    import pyarrow as pa

    written = _Taken()
    writer = None
    for part in parts:
        if not part.content:
            continue
        reader = pa.ipc.open_stream(part.content)
        writer = writer or pa.ipc.new_file(pa.PythonFile(written, mode="w"), reader.schema)
        for batch in reader:
            writer.write_batch(batch)
        yield written.take()
    if writer is not None:
        writer.close()
        yield written.take()


class _Taken:
    """A file that is read as fast as it is written."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._size += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._size

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        content, self._pieces = b"".join(self._pieces), []
        return content
