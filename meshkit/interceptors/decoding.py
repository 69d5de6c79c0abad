"""Request bytes → message without raising inside grpc, and the search for the field that spoils them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import DecodeError, Message

from meshkit.errors import FieldViolation

_MAX_DEPTH = 100
_VARINT, _FIXED64, _BYTES, _START_GROUP, _END_GROUP, _FIXED32 = range(6)


@dataclass(frozen=True)
class Undecodable:
    """Bytes that are no message of this kind."""

    kind: Descriptor
    data: bytes

    def violation(self) -> FieldViolation:
        """The field at fault, as near as the bytes tell."""
        try:
            _walk(self.data, self.kind, "", 0)
        except _Fault as fault:
            return FieldViolation(fault.field, fault.description)
        return FieldViolation("", "is not a well-formed message")


class _Fault(Exception):
    def __init__(self, field: str, description: str) -> None:
        super().__init__(description)
        self.field = field
        self.description = description


def decoder(kind: type[Message]) -> Callable[[bytes], Message | Undecodable]:
    """A deserializer that hands over what it can't read: grpc would end the rpc without saying why."""

    descriptor = cast(Descriptor, kind.DESCRIPTOR)

    def decode(data: bytes) -> Message | Undecodable:
        try:
            return kind.FromString(data)
        except DecodeError:
            return Undecodable(descriptor, data)

    return decode


def _walk(data: bytes, kind: Descriptor, path: str, depth: int) -> None:
    """Raises _Fault at the first field that breaks the wire format, or whose text is no UTF-8."""
    if depth > _MAX_DEPTH:
        raise _Fault(path, "is nested too deeply")
    counts: dict[int, int] = {}
    position = 0
    while position < len(data):
        tag, position = _varint(data, position, path)
        number, wire = tag >> 3, tag & 7
        field = kind.fields_by_number.get(number)
        here = _name(path, field, counts.get(number, 0))
        counts[number] = counts.get(number, 0) + 1
        value, position = _value(data, position, wire, here)
        if field is not None and value is not None:
            _check(value, field, here, depth)


def _check(value: bytes, field: FieldDescriptor, here: str, depth: int) -> None:
    if field.type == FieldDescriptor.TYPE_STRING:
        try:
            value.decode()
        except UnicodeDecodeError:
            raise _Fault(here, "must be valid UTF-8") from None
    elif field.type == FieldDescriptor.TYPE_MESSAGE and field.message_type is not None:
        _walk(value, field.message_type, here, depth + 1)


def _value(data: bytes, position: int, wire: int, here: str) -> tuple[bytes | None, int]:
    """The bytes of a length-delimited field, or None for any other, and where the next field begins."""
    if wire == _VARINT:
        return None, _varint(data, position, here)[1]
    if wire == _BYTES:
        length, position = _varint(data, position, here)
    elif wire in (_FIXED64, _FIXED32):
        length = 8 if wire == _FIXED64 else 4
    elif wire in (_START_GROUP, _END_GROUP):
        return None, position  # no message of ours has groups; its fields are walked as if they were unknown
    else:
        raise _Fault(here, "has an unknown wire type")
    if position + length > len(data):
        raise _Fault(here, "is cut short")
    return (data[position : position + length] if wire == _BYTES else None), position + length


def _varint(data: bytes, position: int, here: str) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if position >= len(data):
            raise _Fault(here, "is cut short")
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
    raise _Fault(here, "has a number over 64 bits")


def _name(path: str, field: FieldDescriptor | None, index: int) -> str:
    if field is None:
        return path
    name = f"{path}.{field.name}" if path else field.name
    return f"{name}[{index}]" if field.is_repeated else name
