"""How this service fails its callers, and how failures of sources and refusals of the guard become that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from meshkit.errors import (
    AlreadyExists,
    DeadlineExceeded,
    FailedPrecondition,
    FieldViolation,
    InvalidArgument,
    MeshError,
    NotFound,
    PermissionDenied,
    ResourceExhausted,
)
from services.integration.boundary.refusals import QueryRefused
from services.integration.catalog.strict_yaml import InvalidYaml
from services.integration.executors import errors as source
from services.integration.hosts import HostNotAllowed, HostRefusal


class SourceNotFound(NotFound):
    """No such source for this caller; another organization's looks the same."""

    reason = "SOURCE_NOT_FOUND"

    def __init__(self, source_id: UUID | str) -> None:
        super().__init__("no such source", source_id=str(source_id))


class SourceNameTaken(AlreadyExists):
    """The organization has a source of this name."""

    reason = "SOURCE_NAME_TAKEN"

    def __init__(self) -> None:
        super().__init__("there is a source of this name already: choose another name")


class SourceLimitReached(ResourceExhausted):
    """The organization has as many sources as it may."""

    reason = "SOURCE_LIMIT_REACHED"

    def __init__(self, most: int) -> None:
        super().__init__(f"there are {most} sources, which is the most: remove one first", limit=str(most))


class SourceEmpty(FailedPrecondition):
    """Connected, but the credentials may read no table."""

    reason = "SOURCE_EMPTY"

    def __init__(self) -> None:
        super().__init__(
            "connected, but there is no table that this role may read: grant it SELECT, or name other schemas"
        )


class SemanticModelInvalid(InvalidArgument):
    """The semantic model is wrong in these places."""

    reason = "SEMANTIC_MODEL_INVALID"

    def __init__(self, error: InvalidYaml) -> None:
        violations = [
            FieldViolation(
                f"semantic_model.{problem.path}" if problem.path else "semantic_model",
                f"line {problem.line}: {problem.message}" if problem.line else problem.message,
            )
            for problem in error.problems
        ]
        super().__init__("the semantic model is wrong: " + str(error.problems[0]), violations=violations)


class Overloaded(ResourceExhausted):
    """As much is running as is allowed at once."""

    reason = "OVERLOADED"

    def __init__(self) -> None:
        super().__init__("too much is running at once: try again shortly", retry_after=2.0)


_KINDS: dict[type[source.SourceError], tuple[type[MeshError], str]] = {
    source.Unreachable: (FailedPrecondition, "SOURCE_UNREACHABLE"),
    source.CredentialsRejected: (FailedPrecondition, "SOURCE_CREDENTIALS_REJECTED"),
    source.DatabaseUnknown: (FailedPrecondition, "SOURCE_DATABASE_UNKNOWN"),
    source.TlsFailed: (FailedPrecondition, "SOURCE_TLS_FAILED"),
    source.TimedOut: (DeadlineExceeded, "QUERY_TIMED_OUT"),
    source.TooLarge: (ResourceExhausted, "QUERY_TOO_LARGE"),
    source.QueryFailed: (FailedPrecondition, "QUERY_FAILED"),
}
_REFUSALS: dict[str, type[MeshError]] = {
    "QUERY_RELATION_UNKNOWN": NotFound,
    "QUERY_NOT_PERMITTED": PermissionDenied,
}


@contextmanager
def told(source_id: UUID | str) -> Iterator[None]:
    """Failures of the source and refusals of the guard inside the block reach the caller in the mesh's terms.

    The cause is cut off: a driver's error may quote data or name credentials, and must reach no log either.
    """
    try:
        yield
    except source.SourceRemoved:
        raise SourceNotFound(source_id) from None
    except source.Busy:
        raise Overloaded from None
    except source.SourceError as error:
        kind, reason = _KINDS[type(error)]
        metadata: dict[str, Any] = {"sqlstate": error.sqlstate} if error.sqlstate else {}
        raise kind(error.text, reason=reason, **metadata) from None
    except HostNotAllowed as error:
        reason = "SOURCE_UNREACHABLE" if error.reason is HostRefusal.NO_ADDRESS else "SOURCE_HOST_NOT_ALLOWED"
        raise FailedPrecondition(error.message, reason=reason, refusal=str(error.reason)) from None
    except QueryRefused as error:
        reason = error.reason.contract_reason
        noted: dict[str, Any] = {"refusal": str(error.reason)} | ({"subject": error.subject} if error.subject else {})
        raise _REFUSALS.get(reason, InvalidArgument)(error.message, reason=reason, **noted) from None
    except InvalidYaml as error:
        raise SemanticModelInvalid(error) from None
