"""Who calls: the verified token's caller and the peer's mTLS identity, of the running rpc."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from meshkit.errors import Unauthenticated
from meshkit.secrets import Secret


@dataclass(frozen=True)
class Caller:
    """For whom the work is done. A job's caller has a `job_id`, no session, and a user only if one asked for it.
    `source_ids` are the sources that the user is held to; None for all."""

    organization_id: UUID
    user_id: UUID | None
    role: str
    permissions: frozenset[int]
    session_id: UUID | None
    job_id: UUID | None
    token_type: str
    token: Secret
    expire_time: datetime
    source_ids: frozenset[UUID] | None = None

    def may_see(self, source_id: UUID) -> bool:
        """Whether the source is among those that the user is held to."""
        return self.source_ids is None or source_id in self.source_ids


_CALLER: ContextVar[Caller | None] = ContextVar("caller", default=None)
_PEER: ContextVar[str] = ContextVar("peer", default="")


def caller() -> Caller:
    """The caller of the running rpc, or of the enclosing `acting_as`; Unauthenticated where there is none."""
    found = _CALLER.get()
    if found is None:
        raise Unauthenticated("this needs a caller", reason="TOKEN_MISSING")
    return found


def current_caller() -> Caller | None:
    """The caller if there is one."""
    return _CALLER.get()


def peer() -> str:
    """The name of the service that called, by its certificate; "" outside an rpc or without TLS."""
    return _PEER.get()


@contextmanager
def acting_as(whom: Caller) -> Iterator[None]:
    """For work that outlives its rpc: inside the block `caller()` is `whom`, and outgoing calls carry their token."""
    token = _CALLER.set(whom)
    try:
        yield
    finally:
        _CALLER.reset(token)


def entered_by(whom: Caller | None, service: str) -> None:
    """Says who called, to the running task. The interceptor's alone: each rpc has a task, and so a context."""
    _CALLER.set(whom)
    _PEER.set(service)
