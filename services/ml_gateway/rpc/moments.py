"""Moments and pages between messages and the model. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from services.ml_gateway.learning.model import Page

DEFAULT_PAGE_SIZE = 25

# A page stays well under the 4 MiB that a message may have.
MAX_PAGE_BYTES = 2 * 1024 * 1024

T = TypeVar("T")
M = TypeVar("M", bound=Message)


def moment(time: datetime | None) -> Timestamp | None:
    if time is None:
        return None
    stamp = Timestamp()
    stamp.FromDatetime(time)
    return stamp


def page(size: int, position: Mapping[str, str] | None) -> Page:
    after = (datetime.fromisoformat(position["time"]), UUID(position["id"])) if position else None
    return Page(size or DEFAULT_PAGE_SIZE, after)


def told(
    found: Sequence[T],
    size: int,
    render: Callable[[T], M],
    position: Callable[[T], Mapping[str, str]],
    seal: Callable[[Mapping[str, str]], str],
) -> tuple[Sequence[M], str]:
    """A page of at most `size` of what was found, fewer where they would be too large for a message, and the token of
    the next; empty where nothing is beyond this one."""
    shown: list[M] = []
    room = MAX_PAGE_BYTES
    for one in found[:size]:
        made = render(one)
        room -= made.ByteSize()
        if shown and room < 0:
            break
        shown.append(made)
    return shown, seal(position(found[len(shown) - 1])) if shown and len(shown) < len(found) else ""


def place(time: datetime, identity: UUID) -> Mapping[str, str]:
    """A position in a listing by time."""
    return {"time": time.isoformat(), "id": str(identity)}


def optional_id(text: str) -> UUID | None:
    return UUID(text) if text else None
