"""Record batches as messages: each an Arrow IPC stream of its own."""

import pyarrow as pa


def message(batch: pa.RecordBatch) -> bytes:
    """The batch with its schema, readable alone."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    encoded: bytes = sink.getvalue().to_pybytes()
    return encoded
