"""Moments and pages between messages and the model. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp

from services.ml_gateway.learning.model import Page

DEFAULT_PAGE_SIZE = 25

T = TypeVar("T")


def moment(time: datetime | None) -> Timestamp | None:
    if time is None:
        return None
    stamp = Timestamp()
    stamp.FromDatetime(time)
    return stamp


def page(size: int, position: Mapping[str, str] | None) -> Page:
    place = (datetime.fromisoformat(position["time"]), UUID(position["id"])) if position else None
    return Page(size or DEFAULT_PAGE_SIZE, place)


def next_token(
    found: Sequence[T], size: int, place: Callable[[T], tuple[datetime, UUID]], seal: Callable[[Mapping[str, str]], str]
) -> str:
    """The next page's token; empty where nothing is beyond this one."""
    if len(found) <= size:
        return ""
    time, identity = place(found[size - 1])
    return seal({"time": time.isoformat(), "id": str(identity)})


def optional_id(text: str) -> UUID | None:
    return UUID(text) if text else None
