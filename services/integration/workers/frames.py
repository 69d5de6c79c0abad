"""What goes over a worker's socket: frames of a kind, a length and a body.

No pickle: a hostile file may own the sender.

Down: WORK, then for a conversation ASK. Up: STARTED, then JSON and ARROW, then DONE (of an answer: ANSWERED), REFUSED
or BROKEN.
"""

from __future__ import annotations

import json
import struct
from enum import IntEnum
from typing import Any

HEADER = struct.Struct("<BI")
MAX_JSON_BYTES = 16 * 1024 * 1024
MAX_ARROW_BYTES = 8 * 1024 * 1024


class Kind(IntEnum):
    WORK = 1
    ASK = 2
    STARTED = 3
    JSON = 4
    ARROW = 5
    ANSWERED = 6
    DONE = 7
    REFUSED = 8
    BROKEN = 9


class BadFrame(Exception):
    """What came isn't of our making."""


def header(kind: Kind, length: int) -> bytes:
    """Raises ValueError for a body larger than the other side takes."""
    if length > largest(kind):
        raise ValueError(f"a frame of {length} bytes")
    return HEADER.pack(kind, length)


def parse_header(data: bytes | bytearray) -> tuple[Kind, int]:
    """Raises BadFrame for an unknown kind or a body larger than may be."""
    number, length = HEADER.unpack(data)
    try:
        kind = Kind(number)
    except ValueError:
        raise BadFrame("unknown kind") from None
    if length > largest(kind):
        raise BadFrame("too long")
    return kind, length


def largest(kind: Kind) -> int:
    """Bytes that a body of this kind may have."""
    match kind:
        case Kind.ARROW:
            return MAX_ARROW_BYTES
        case Kind.STARTED | Kind.ANSWERED | Kind.DONE:
            return 0
        case _:
            return MAX_JSON_BYTES


def encode(document: dict[str, Any]) -> bytes:
    """Raises ValueError for what JSON can't hold, as NaN."""
    return json.dumps(document, allow_nan=False, separators=(",", ":")).encode()


def decode(body: bytes | bytearray) -> dict[str, Any]:
    """Raises BadFrame for anything but one JSON object."""
    try:
        document = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BadFrame("no JSON") from None
    if not isinstance(document, dict):
        raise BadFrame("no object")
    return document


def _refuse(constant: str) -> None:
    raise ValueError(constant)
