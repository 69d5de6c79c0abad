"""What a refused call says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import grpc
import pytest

from meshkit.errors import MeshError, from_rpc_error


@dataclass
class Refusal:
    """Filled when the block has ended."""

    code: grpc.StatusCode = grpc.StatusCode.OK
    error: MeshError = field(default_factory=lambda: MeshError("nothing was refused"))
    raw: bytes = b""


@contextmanager
def refused(code: grpc.StatusCode, reason: str) -> Iterator[Refusal]:
    """The block's call must be refused with this code and reason."""
    refusal = Refusal()
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        yield refusal
    refusal.code = raised.value.code()
    refusal.error = from_rpc_error(raised.value)
    trailers = raised.value.trailing_metadata() or ()
    refusal.raw = b"|".join(
        key.encode() + b"=" + (value if isinstance(value, bytes) else value.encode()) for key, value in trailers
    )
    assert (refusal.code, refusal.error.reason) == (code, reason)
