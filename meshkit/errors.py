"""Failures: their kinds, and the one place where they become `google.rpc.Status` and back.

The wire form is code, text, one ErrorInfo of a closed list of reasons, BadRequest and RetryInfo.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from google.protobuf.message import DecodeError
from google.rpc import code_pb2, error_details_pb2, status_pb2
from infinure.error.v1 import error_reason_pb2

if TYPE_CHECKING:
    import grpc

PREFIX = "ERROR_REASON_"
DOMAIN = "infinure"
DETAILS_KEY = "grpc-status-details-bin"
DEFECT = "an internal error occurred; quote the request id to your operator"
UNREACHABLE = "a part of the service can't be reached now; try again"


@dataclass(frozen=True)
class FieldViolation:
    """One wrong field of a request: its path (`configuration.host`, `items[2]`) and what is wrong, for the caller."""

    field: str
    description: str


class MeshError(Exception):
    """A failure that its caller is told of by code, reason (of the closed list) and text; subclasses name the code.

    `message` and `metadata` reach the caller: no secret, no other tenant's data. `retry_after` is in seconds,
    given where waiting helps.
    """

    code: ClassVar[str] = "INTERNAL"
    reason: str = "INTERNAL"

    def __init__(
        self,
        message: str,
        *,
        reason: str | None = None,
        retry_after: float | None = None,
        violations: Sequence[FieldViolation] = (),
        **metadata: str,
    ) -> None:
        super().__init__(message)
        self.message = message
        if reason is not None:
            self.reason = reason
        if self.reason not in reasons():
            raise ValueError(f"no such error reason: {self.reason}")
        self.retry_after = retry_after
        self.violations = tuple(violations)
        self.metadata = metadata


@cache
def reasons() -> frozenset[str]:
    """The closed list of reasons, without their prefix."""
    names = (name.removeprefix(PREFIX) for name in error_reason_pb2.ErrorReason.keys())  # noqa: SIM118 - an enum
    return frozenset(names) - {"UNSPECIFIED"}


class InvalidArgument(MeshError):
    """The request itself is wrong, whatever the state of the system."""

    code = "INVALID_ARGUMENT"
    reason = "REQUEST_INVALID"


class Unauthenticated(MeshError):
    """It isn't known who calls."""

    code = "UNAUTHENTICATED"
    reason = "TOKEN_INVALID"


class PermissionDenied(MeshError):
    """It is known who calls, and that they may not."""

    code = "PERMISSION_DENIED"
    reason = "PERMISSION_MISSING"


class NotFound(MeshError):
    """No such thing for this caller; another tenant's thing looks the same."""

    code = "NOT_FOUND"


class AlreadyExists(MeshError):
    """What was to be made is there already."""

    code = "ALREADY_EXISTS"


class FailedPrecondition(MeshError):
    """The state of the system doesn't allow it now, and trying again alone won't help."""

    code = "FAILED_PRECONDITION"


class ResourceExhausted(MeshError):
    """A limit of the caller's is reached."""

    code = "RESOURCE_EXHAUSTED"
    reason = "RATE_LIMITED"


class Aborted(MeshError):
    """Somebody else was faster; the whole operation may be tried again."""

    code = "ABORTED"


class Cancelled(MeshError):
    """The work was called off."""

    code = "CANCELLED"


class DeadlineExceeded(MeshError):
    """The time allowed was over before the work was done."""

    code = "DEADLINE_EXCEEDED"
    reason = "DEADLINE_EXCEEDED"


class Unavailable(MeshError):
    """A part of the mesh or a store can't be reached now."""

    code = "UNAVAILABLE"
    reason = "SERVICE_UNAVAILABLE"


class Unimplemented(MeshError):
    """There is no such rpc."""

    code = "UNIMPLEMENTED"
    reason = "METHOD_UNKNOWN"


class Internal(MeshError):
    """A defect on our side."""

    code = "INTERNAL"


_KINDS: tuple[type[MeshError], ...] = (
    InvalidArgument,
    Unauthenticated,
    PermissionDenied,
    NotFound,
    AlreadyExists,
    FailedPrecondition,
    ResourceExhausted,
    Aborted,
    Cancelled,
    DeadlineExceeded,
    Unavailable,
    Unimplemented,
    Internal,
)
_BY_CODE: dict[int, type[MeshError]] = {code_pb2.Code.Value(kind.code): kind for kind in _KINDS}


def to_status(error: BaseException, **metadata: str) -> status_pb2.Status:
    """A failure as a status; one that isn't a MeshError becomes INTERNAL with a fixed sentence and `metadata` alone."""
    if not isinstance(error, MeshError):
        error = Internal(DEFECT)
        error.metadata = metadata
    status = status_pb2.Status(code=code_pb2.Code.Value(error.code), message=error.message)
    status.details.add().Pack(error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN, metadata=error.metadata))
    if error.violations:
        fields = [
            error_details_pb2.BadRequest.FieldViolation(field=one.field, description=one.description)
            for one in error.violations
        ]
        status.details.add().Pack(error_details_pb2.BadRequest(field_violations=fields))
    if error.retry_after is not None:
        retry = error_details_pb2.RetryInfo()
        retry.retry_delay.FromNanoseconds(int(error.retry_after * 1e9))
        status.details.add().Pack(retry)
    return status


def from_status(status: status_pb2.Status) -> MeshError:
    """A peer's status as the failure that it was; a reason that we don't know falls back to its code's own."""
    kind = _BY_CODE.get(status.code, Internal)
    reason: str | None = None
    metadata: dict[str, str] = {}
    violations: list[FieldViolation] = []
    retry_after: float | None = None
    info, bad, retry = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest(), error_details_pb2.RetryInfo()
    try:
        for detail in status.details:
            if detail.Unpack(info) and info.domain == DOMAIN:
                reason = info.reason if info.reason in reasons() else None
                metadata = dict(info.metadata)
            elif detail.Unpack(bad):
                violations += [FieldViolation(one.field, one.description) for one in bad.field_violations]
            elif detail.Unpack(retry):
                retry_after = retry.retry_delay.ToTimedelta().total_seconds()
    except (DecodeError, ValueError, OverflowError):
        # What a peer packed wrongly tells nothing; its code and text stand.
        reason = None
    error = kind(status.message, reason=reason, retry_after=retry_after, violations=violations)
    error.metadata = metadata  # set, not passed: a peer's keys may be no names that a parameter could have
    return error


def from_rpc_error(error: "grpc.aio.AioRpcError") -> MeshError:
    """A failed call as the failure that the peer named; where it named none, as what the code alone tells."""
    code: int = error.code().value[0]
    details = _details(error.trailing_metadata() or ())
    if details is not None:
        status = status_pb2.Status()
        try:
            status.ParseFromString(details)
        except DecodeError:
            status.Clear()
        if status.code == code:
            return from_status(status)
    kind = _BY_CODE.get(code, Internal)
    if kind is Unavailable:
        return Unavailable(UNREACHABLE, retry_after=1.0)
    if kind is DeadlineExceeded:
        return DeadlineExceeded("a part of the service didn't answer in time")
    if kind is ResourceExhausted:
        return ResourceExhausted("a message was over the limit", reason="REQUEST_TOO_LARGE")
    if kind is Internal:
        return Internal(DEFECT)
    return kind(error.details() or kind.code)


def _details(metadata: Iterable[tuple[str, str | bytes]]) -> bytes | None:
    for key, value in metadata:
        if key == DETAILS_KEY:
            return value if isinstance(value, bytes) else value.encode()
    return None
