"""Reading what a failed rpc tells its client."""

from typing import Any

import grpc
from google.rpc import error_details_pb2, status_pb2

DETAILS_KEY = "grpc-status-details-bin"


def status(error: grpc.aio.AioRpcError) -> status_pb2.Status:
    """The google.rpc.Status in the trailers."""
    for key, value in error.trailing_metadata() or ():
        if key == DETAILS_KEY and isinstance(value, bytes):
            return status_pb2.Status.FromString(value)
    raise AssertionError(f"no details came with {error.code()}: {error.details()}")


def info(error: grpc.aio.AioRpcError) -> Any:
    """The one ErrorInfo."""
    found = _details(error, error_details_pb2.ErrorInfo)
    assert len(found) == 1
    assert found[0].domain == "infinure"
    return found[0]


def reason(error: grpc.aio.AioRpcError) -> str:
    """Code and reason, as in "NOT_FOUND CONVERSATION_NOT_FOUND"."""
    text: str = info(error).reason
    return f"{error.code().name} {text}"


def fields(error: grpc.aio.AioRpcError) -> dict[str, str]:
    """What BadRequest says: field path → description."""
    found = _details(error, error_details_pb2.BadRequest)
    return {violation.field: violation.description for bad in found for violation in bad.field_violations}


def retry_seconds(error: grpc.aio.AioRpcError) -> float:
    """What RetryInfo says."""
    (found,) = _details(error, error_details_pb2.RetryInfo)
    seconds: float = found.retry_delay.ToTimedelta().total_seconds()
    return seconds


def _details(error: grpc.aio.AioRpcError, kind: Any) -> list[Any]:
    unpacked = []
    for detail in status(error).details:
        message = kind()
        if detail.Unpack(message):
            unpacked.append(message)
    return unpacked
