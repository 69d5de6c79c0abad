"""How this service fails its callers, and how failures of sources and refusals of the guard become that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from meshkit.errors import (
    Aborted,
    AlreadyExists,
    DeadlineExceeded,
    FailedPrecondition,
    FieldViolation,
    InvalidArgument,
    MeshError,
    NotFound,
    PermissionDenied,
    ResourceExhausted,
    Unavailable,
)
from meshkit.hosts import HostNotAllowed, HostRefusal
from services.integration.boundary.refusals import QueryRefused
from services.integration.catalog.strict_yaml import InvalidYaml
from services.integration.executors import errors as source


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


class SourceIdTaken(AlreadyExists):
    """Somebody else made the same source meanwhile."""

    reason = "SOURCE_NAME_TAKEN"

    def __init__(self) -> None:
        super().__init__("this source is there already")


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
    """The semantic model is wrong in these places. place: the request's field for a path of the YAML."""

    reason = "SEMANTIC_MODEL_INVALID"

    def __init__(self, error: InvalidYaml, place: Callable[[str], str] | None = None) -> None:
        violations = [
            FieldViolation(
                (place or _in_source)(problem.path),
                f"line {problem.line}: {problem.message}" if problem.line else problem.message,
            )
            for problem in error.problems
        ]
        super().__init__("the semantic model is wrong: " + str(error.problems[0]), violations=violations)


def _in_source(path: str) -> str:
    return f"semantic_model.{path}" if path else "semantic_model"


class SemanticModelChanged(Aborted):
    """Somebody else changed the model meanwhile."""

    reason = "SEMANTIC_MODEL_CHANGED"

    def __init__(self, current: int) -> None:
        super().__init__(
            "somebody else changed the semantic model meanwhile, and nothing of yours is kept: look at the newest "
            "version, then change it again",
            current_version=str(current),
        )


class SemanticModelVersionNotFound(NotFound):
    """The model has no such version (any more)."""

    reason = "SEMANTIC_MODEL_VERSION_NOT_FOUND"

    def __init__(self, number: int) -> None:
        super().__init__("there is no such version of the semantic model", version=str(number))


class Overloaded(ResourceExhausted):
    """As much is running as is allowed at once."""

    reason = "OVERLOADED"

    def __init__(self) -> None:
        super().__init__("too much is running at once: try again shortly", retry_after=2.0)


class UploadNotFound(NotFound):
    """No such upload of this caller; somebody else's looks the same."""

    reason = "UPLOAD_NOT_FOUND"

    def __init__(self, upload_id: UUID | str) -> None:
        super().__init__("no such upload: it may be over its time; send the file again", upload_id=str(upload_id))


class UploadEmpty(InvalidArgument):
    """No byte came."""

    reason = "UPLOAD_EMPTY"

    def __init__(self) -> None:
        super().__init__("the file is empty: choose a file with rows in it")


class UploadTooLarge(ResourceExhausted):
    """More bytes came than a file may have."""

    reason = "UPLOAD_TOO_LARGE"

    def __init__(self, most: int) -> None:
        super().__init__(
            f"the file is larger than {most / 1e6:,.0f} MB, which is the most: send it in parts, or connect the "
            "database that it comes from",
            limit_bytes=str(most),
        )


class UploadLimitReached(ResourceExhausted):
    """The organization keeps as many uploads as it may."""

    reason = "UPLOAD_LIMIT_REACHED"

    def __init__(self, what: str, most: int) -> None:
        super().__init__(
            f"the organization keeps {most:,} {what} of files, which is the most: remove some first", limit=str(most)
        )


class UploadInterrupted(Aborted):
    """No more came, though the file didn't end."""

    reason = "UPLOAD_INTERRUPTED"

    def __init__(self) -> None:
        super().__init__("the file stopped coming before its end, and nothing of it is kept: send it again")


class UploadNotPrepared(FailedPrecondition):
    """Its tables weren't read yet."""

    reason = "UPLOAD_NOT_PREPARED"

    def __init__(self, upload_id: UUID) -> None:
        super().__init__("the file wasn't read yet: prepare the upload first", upload_id=str(upload_id))


class UploadKindsMixed(InvalidArgument):
    """A SQLite file among others."""

    def __init__(self) -> None:
        wrong = FieldViolation("configuration.files.upload_ids", "a SQLite file makes a source of its own")
        super().__init__(
            "a SQLite file can't be joined with other files: add it as a source of its own", violations=[wrong]
        )


class StorageFull(ResourceExhausted):
    """The disk, or the operator's reserve of it, is used up."""

    reason = "STORAGE_FULL"

    def __init__(self) -> None:
        super().__init__("there is no room left to keep files, and nothing of this one is kept: tell your operator")


class CatalogEntryNotFound(NotFound):
    """The source has no such table or column."""

    reason = "CATALOG_ENTRY_NOT_FOUND"

    def __init__(self, name: str) -> None:
        super().__init__("the source has no such table or column: it may have changed, look at its catalog", name=name)


class WarehouseTableExists(AlreadyExists):
    """A table of this name is there."""

    reason = "WAREHOUSE_TABLE_EXISTS"

    def __init__(self) -> None:
        super().__init__("the warehouse has a table of this name: choose another name, or replace it")


class WarehouseLimitReached(ResourceExhausted):
    """The organization's warehouse is as large as it may be."""

    reason = "WAREHOUSE_LIMIT_REACHED"

    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"the warehouse holds at most {most:,} {what}: drop a table first", limit=str(most))


class WarehouseAway(Unavailable):
    """This installation has no warehouse, or it doesn't answer."""

    def __init__(self, text: str = "the warehouse can't be reached now: try again shortly") -> None:
        super().__init__(text)


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
