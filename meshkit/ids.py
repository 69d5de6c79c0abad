"""Ids: UUIDv7, made here, so that they sort by time and no store has to make them."""

import os
from datetime import UTC, datetime
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_RANDOM_A = (1 << 12) - 1
_RANDOM_B = (1 << 62) - 1


def utc_now() -> datetime:
    """The clock that use cases take as a parameter's default."""
    return datetime.now(UTC)


def new_id(now: datetime | None = None) -> UUID:
    """A UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds since 1970, 74 random bits. `now` must carry a time zone."""
    moment = now if now is not None else utc_now()
    milliseconds = int(moment.timestamp() * 1000)
    random = int.from_bytes(os.urandom(10), "big")
    high = (milliseconds & ((1 << 48) - 1)) << 80
    return UUID(int=high | _VERSION | ((random >> 62) & _RANDOM_A) << 64 | _VARIANT | random & _RANDOM_B)
