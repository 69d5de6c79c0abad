"""Requests that break their contract end here, with every wrong field named."""

from collections.abc import AsyncIterator
from typing import Any

from google.protobuf.message import Message
from protovalidate import Validator, Violation

from meshkit.errors import FieldViolation, InvalidArgument
from meshkit.interceptors.call import Call, Proceed
from meshkit.interceptors.decoding import Undecodable


class Validation:
    """Holds each request message to the rules in its proto; a stream's messages one by one, as they are read."""

    def __init__(self, validator: Validator) -> None:
        self._validator = validator

    async def __call__(self, call: Call, proceed: Proceed) -> Any:
        if isinstance(call.request, Message | Undecodable):
            self._check(call.request)
        else:
            call.request = self._checked(call.request)
        return await proceed(call)

    def prepare(self, kind: type[Message]) -> None:
        """Compiles a message's rules before the first request needs them; a rule that can't be is found here."""
        self._validator.collect_violations(kind())

    async def _checked(self, requests: Any) -> AsyncIterator[Message]:
        async for request in requests:
            self._check(request)
            yield request

    def _check(self, request: Message | Undecodable) -> None:
        if isinstance(request, Undecodable):
            raise InvalidArgument("the request can't be decoded", violations=[request.violation()])
        violations = self._validator.collect_violations(request)
        if violations:
            raise InvalidArgument("the request is invalid", violations=[_named(one) for one in violations])


def _named(violation: Violation) -> FieldViolation:
    found = violation.proto
    return FieldViolation(_path(found.field.elements if found.field else ()), found.message or found.rule_id)


def _path(elements: Any) -> str:
    return ".".join(element.field_name + _subscript(element) for element in elements)


def _subscript(element: Any) -> str:
    subscript = element.subscript
    if subscript is None:
        return ""
    return f"[{subscript.value!r}]" if isinstance(subscript.value, str) else f"[{subscript.value}]"
