"""Batches in slices that fit messages."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from services.integration.executors.errors import TooLarge
from services.integration.executors.port import BATCH_BYTES

_MESSAGE_BYTES = 3 * 1024 * 1024


def within_messages(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """The batch in slices that fit messages. Raises TooLarge where a single row doesn't."""
    if batch.nbytes <= BATCH_BYTES or batch.num_rows <= 1:
        if batch.nbytes > _MESSAGE_BYTES:
            raise TooLarge("A single row of the result is larger than can be sent: leave out long texts.")
        yield batch
        return
    pieces = min(batch.num_rows, 2 * batch.nbytes // BATCH_BYTES)
    rows = max(1, batch.num_rows // pieces)
    for start in range(0, batch.num_rows, rows):
        yield from within_messages(batch.slice(start, rows))
