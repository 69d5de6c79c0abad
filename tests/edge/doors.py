"""The edge's three doors, so that one test can go through each: native gRPC, gRPC-web and JSON."""

import base64
import json
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import grpc
import httpx
import infinure
from google.api import annotations_pb2
from google.protobuf import json_format
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import code_pb2, error_details_pb2, status_pb2

WEB = "application/grpc-web+proto"
TRAILERS = 0x80
DETAILS = "grpc-status-details-bin"
LARGEST = 16 * 1024 * 1024


@dataclass
class Reply:
    """What came back by whichever door, and in whose words it was refused."""

    messages: list[Any] = field(default_factory=list)
    status: status_pb2.Status = field(default_factory=status_pb2.Status)
    headers: Any = field(default_factory=dict)
    http_status: int = 200

    @property
    def outcome(self) -> str:
        """ "OK", or code and reason as in "NOT_FOUND CONVERSATION_NOT_FOUND"."""
        code = code_pb2.Code.Name(self.status.code)
        return " ".join([code, *(info.reason for info in self._details(error_details_pb2.ErrorInfo))])

    @property
    def retry_seconds(self) -> float:
        (retry,) = self._details(error_details_pb2.RetryInfo)
        return float(retry.retry_delay.ToTimedelta().total_seconds())

    @property
    def domains(self) -> list[str]:
        return [info.domain for info in self._details(error_details_pb2.ErrorInfo)]

    @property
    def fields(self) -> list[str]:
        bad = self._details(error_details_pb2.BadRequest)
        return [violation.field for one in bad for violation in one.field_violations]

    def _details(self, kind: Callable[[], Any]) -> list[Any]:
        found = []
        for detail in self.status.details:
            message = kind()
            if detail.Unpack(message):
                found.append(message)
        return found


@dataclass(frozen=True)
class Request:
    """A call of one rpc, before it takes any door. `path` is for rpcs that are no part of the contracts."""

    method: MethodDescriptor | None
    message: Message
    token: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    path: str = ""

    @property
    def rpc_path(self) -> str:
        return self.path or f"/{self.method.containing_service.full_name}/{self.method.name}"  # type: ignore[union-attr]

    @property
    def all_headers(self) -> list[tuple[str, str]]:
        bearer = [("authorization", f"Bearer {self.token}")] if self.token is not None else []
        return [*bearer, *self.headers]

    def parse(self, data: bytes) -> Any:
        return GetMessageClass(self.method.output_type).FromString(data) if self.method else data


def request(service: Any, method: str, message: Message, token: str | None = None, **headers: str) -> Request:
    """`request(chat_service_pb2, "ListConversations", …)`; `x_some_header="…"` becomes a header of that name."""
    found = next(
        one for each in service.DESCRIPTOR.services_by_name.values() for one in each.methods if one.name == method
    )
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Request(found, message, token, pairs)


def contract_methods() -> Iterator[MethodDescriptor]:
    """Every rpc of every contract, found in the generated code: none can be forgotten here."""
    for folder in infinure.__path__:
        for file in sorted(Path(folder).glob("*/v*/*_service_pb2.py")):
            module = import_module(".".join(("infinure", *file.relative_to(folder).with_suffix("").parts)))
            for service in module.DESCRIPTOR.services_by_name.values():
                yield from service.methods


def http_rule(method: MethodDescriptor) -> tuple[str, str]:
    """The verb and path of the rpc's JSON form; both "" if it has none."""
    rule = method.GetOptions().Extensions[annotations_pb2.http]
    verb = rule.WhichOneof("pattern") or ""
    return verb.upper(), getattr(rule, verb) if verb else ""


async def native(address: str, asked: Request, credentials: grpc.ChannelCredentials | None = None) -> Reply:
    """By HTTP/2 as grpc's own clients; with `credentials`, straight to a service's port."""
    options = [("grpc.max_send_message_length", LARGEST)]
    channel: Any = (
        grpc.aio.secure_channel(address, credentials, options)
        if credentials
        else grpc.aio.insecure_channel(address, options)
    )
    reply = Reply()
    async with channel:
        call: Any = channel.unary_stream(
            asked.rpc_path,
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=asked.parse,
        )(asked.message, metadata=asked.all_headers, timeout=60)
        try:
            async for message in call:
                reply.messages.append(message)
            reply.headers = dict(await call.initial_metadata())
        except grpc.aio.AioRpcError as error:
            found = dict(error.trailing_metadata() or ()) | dict(error.initial_metadata() or ())
            reply.status = _status(str(error.code().value[0]), error.details() or "", found.get(DETAILS))
    return reply


async def grpc_web(address: str, asked: Request) -> Reply:
    """By HTTP/1.1 as the browser: a frame out, frames in, the status in the last one."""
    body = frame(asked.message.SerializeToString())
    async with httpx.AsyncClient(base_url=f"http://{address}", timeout=60) as client:
        got = await client.post(asked.rpc_path, content=body, headers=[("content-type", WEB), *asked.all_headers])
    return read_web(got, asked)


def frame(data: bytes) -> bytes:
    return struct.pack(">BI", 0, len(data)) + data


def read_web(got: httpx.Response, asked: Request) -> Reply:
    reply = Reply(headers=got.headers, http_status=got.status_code)
    trailers: dict[str, str] = {name.lower(): value for name, value in got.headers.items()}
    data = got.content
    while data:
        flags, size = struct.unpack(">BI", data[:5])
        part, data = data[5 : 5 + size], data[5 + size :]
        assert len(part) == size
        if flags & TRAILERS:
            assert not data, "nothing comes after the trailers"
            trailers |= {
                name.strip().lower(): value.strip()
                for name, _, value in (line.partition(":") for line in part.decode().strip().split("\r\n"))
            }
        else:
            reply.messages.append(asked.parse(part))
    details = trailers.get(DETAILS)
    binary = base64.b64decode(details + "=" * (-len(details) % 4)) if details else None
    assert "grpc-status" in trailers, f"no status came with HTTP {got.status_code}: {got.content[:200]!r}"
    reply.status = _status(trailers["grpc-status"], unquote(trailers.get("grpc-message", "")), binary)
    return reply


async def json_lines(address: str, asked: Request, accept: str = "*/*") -> Reply:
    """By plain HTTP: the rpc's verb and path by its http rule, lines of JSON for a stream."""
    verb, path, body, query = json_form(asked)
    headers = [("accept", accept), *asked.all_headers]
    async with httpx.AsyncClient(base_url=f"http://{address}", timeout=60) as client:
        got = await client.request(verb, path, json=body, params=query, headers=headers)
    return read_json(got, asked)


def json_form(asked: Request) -> tuple[str, str, Any, dict[str, Any] | None]:
    assert asked.method is not None
    verb, path = http_rule(asked.method)
    assert verb, f"{asked.method.full_name} has no JSON form"
    fields = json_format.MessageToDict(asked.message, preserving_proto_field_name=True)
    path = re.sub(r"{(\w+)}", lambda match: str(fields.pop(match[1], "")), path)
    has_body = bool(asked.method.GetOptions().Extensions[annotations_pb2.http].body)
    return verb, path, fields if has_body else None, None if has_body else fields or None


def read_json(got: httpx.Response, asked: Request) -> Reply:
    reply = Reply(headers=got.headers, http_status=got.status_code)
    if got.status_code != 200:
        json_format.ParseDict(got.json(), reply.status)
        return reply
    assert asked.method is not None
    kind = GetMessageClass(asked.method.output_type)
    lines = got.text.splitlines() if asked.method.server_streaming else [got.text]
    reply.messages = [json_format.Parse(line.removeprefix("data: "), kind()) for line in lines if line.strip()]
    return reply


def _status(code: str, message: str, details: Any) -> status_pb2.Status:
    if not details:
        return status_pb2.Status(code=int(code), message=message)
    status = status_pb2.Status.FromString(details)
    assert status.code == int(code)
    assert status.message == message
    return status


def as_json(text: str) -> Mapping[str, Any]:
    parsed: dict[str, Any] = json.loads(text)
    return parsed


DOORS = {"native": native, "grpc-web": grpc_web, "json": json_lines}
