"""Arrow streams from servers that aren't ours: read in any pieces, and refused before they cost anything."""

from __future__ import annotations

import io
import random
from typing import Any

import pyarrow as pa
import pytest

from services.integration.executors.arrow_stream import NotArrow, OverLimit, StreamDecoder

TABLE = pa.table({"n": [1, 2, None], "t": ["a", "ü", None], "l": [[1], [], None]})


def stream(table: pa.Table, **options: Any) -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        for batch in table.to_batches(max_chunksize=2):
            writer.write_batch(batch)
    return sink.getvalue()


@pytest.mark.parametrize("piece", [1, 7, 64, 10_000])
def test_any_pieces_give_the_same(piece: int) -> None:
    data, decoder = stream(TABLE), StreamDecoder(10_000)
    found = [batch for at in range(0, len(data), piece) for batch in decoder.feed(data[at : at + piece])]
    read = pa.Table.from_batches(found)
    assert read["n"].to_pylist() == [1, 2, None]
    assert read["t"].to_pylist() == [b"a", "ü".encode(), None]
    assert read["l"].to_pylist() == [[1], [], None]
    assert (decoder.ended, decoder.rest) == (True, b"")


def test_a_stream_without_rows_has_its_schema() -> None:
    decoder = StreamDecoder(10_000)
    assert list(decoder.feed(stream(TABLE.slice(0, 0)))) == []
    assert (decoder.empty().num_rows, decoder.empty().schema.names) == (0, ["n", "t", "l"])


def test_what_was_cut_off_is_not_ended() -> None:
    decoder = StreamDecoder(10_000)
    assert len(list(decoder.feed(stream(TABLE)[:-16]))) < 3
    assert not decoder.ended


def test_a_failure_in_place_of_a_message_is_handed_over() -> None:
    with pytest.raises(NotArrow) as failed:
        list(StreamDecoder(10_000).feed(stream(TABLE)[:-8] + b"Code: 395. DB::Exception"))
    assert failed.value.rest == b"Code: 395. DB::Exception"


@pytest.mark.parametrize("length", [2**31 - 1, 2**30])
def test_a_message_that_says_to_be_huge_is_refused_at_its_head(length: int) -> None:
    with pytest.raises(OverLimit):
        list(StreamDecoder(10_000).feed(b"\xff\xff\xff\xff" + length.to_bytes(4, "little")))


def test_a_batch_over_the_limit_is_refused_at_its_head() -> None:
    data = stream(pa.table({"t": ["x" * 100_000]}))
    with pytest.raises(OverLimit):
        list(StreamDecoder(10_000).feed(data[:2000]))


def test_little_that_becomes_much_is_refused() -> None:
    with pytest.raises(NotArrow):
        list(StreamDecoder(10_000_000).feed(stream(pa.table({"t": ["x" * 1_000_000]}), compression="zstd")))


def test_dictionaries_are_refused() -> None:
    with pytest.raises(NotArrow):
        list(StreamDecoder(10_000).feed(stream(pa.table({"t": pa.array(["a", "b"]).dictionary_encode()}))))


def test_nonsense_is_refused_in_our_words() -> None:
    """Bytes changed anywhere: refused, or read as another value, but never another error, nor a crash."""
    generator = random.Random(7)
    data = stream(TABLE)
    refused = 0
    for _ in range(3000):
        changed = bytearray(data)
        for _ in range(generator.randint(1, 4)):
            changed[generator.randrange(len(changed))] = generator.randrange(256)
        decoder = StreamDecoder(10_000)
        try:
            for batch in decoder.feed(bytes(changed)):
                assert [len(column.to_pylist()) for column in batch.columns] == [batch.num_rows] * 3
        except (NotArrow, OverLimit):
            refused += 1
    assert 300 < refused < 3000
