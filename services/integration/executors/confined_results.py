"""Inside a worker: what a query's result becomes on its way out. The parent counts again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from services.integration.executors.errors import TooLarge
from services.integration.executors.slices import within_messages
from services.integration.workers.errors import Refused

TRUNCATED: dict[str, Any] = {"truncated": True}


def limited(batches: Iterable[pa.RecordBatch], *, max_rows: int, max_bytes: int) -> Iterator[Any]:
    """Batches of about a message's size, at least one, up to `max_rows` rows; then TRUNCATED if there were more.

    Raises Refused for a result over `max_bytes`.
    """
    rows = received = sent = 0
    for batch in batches:
        received += batch.nbytes
        if received > max_bytes:
            raise Refused("too_large", "The result is over the limit of bytes.")
        room = max_rows - rows
        rows += batch.num_rows
        kept = batch.slice(0, max(room, 0)) if batch.num_rows > room else batch
        if kept.num_rows or not sent:
            for part in _messages(kept):
                sent += 1
                yield part
        if rows > max_rows:
            yield TRUNCATED
            return


def _messages(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    try:
        yield from within_messages(batch)
    except TooLarge:
        raise Refused("row_too_large", "A single row of the result is over the limit.") from None
