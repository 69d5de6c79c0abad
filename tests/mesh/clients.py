"""The doors that clients use: JSON by httpx, gRPC by generated stubs, gRPC-web by its frames."""

import json
import struct
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

import grpc
import httpx
from google.protobuf import json_format
from infinure.auth.v1 import auth_service_pb2, auth_service_pb2_grpc
from infinure.chat.v1 import chat_service_pb2, chat_service_pb2_grpc

from tests.builders.mesh import Mesh


def next_second() -> None:
    """A change of somebody's rights voids the tokens of its whole second, as claims count seconds."""
    time.sleep(1.05 - time.time() % 1)


class JsonDoor:
    """What curl does."""

    def __init__(self, mesh: Mesh) -> None:
        self.http = httpx.Client(base_url=mesh.url, timeout=60)

    def log_in(self, email: str, password: str) -> None:
        reply = self.http.post("/v1/auth/login", json={"email": email, "password": password})
        assert reply.status_code == 200, reply.text
        self.http.headers["authorization"] = f"Bearer {reply.json()['accessToken']}"

    def conversation(self) -> str:
        reply = self.http.post("/v1/chat/conversations", json={})
        assert reply.status_code == 200, reply.text
        return str(reply.json()["conversation"]["id"])

    def ask(self, question: str, **headers: str) -> list[dict[str, Any]]:
        path = f"/v1/chat/conversations/{self.conversation()}/messages"
        with self.http.stream("POST", path, json={"content": question}, headers=headers) as reply:
            assert reply.status_code == 200, reply.read()
            lines = (line.removeprefix("data: ") for line in reply.iter_lines())
            return [json.loads(line) for line in lines if line]


class GrpcDoor:
    """What a Python client with generated stubs does."""

    def __init__(self, mesh: Mesh) -> None:
        # The generated stubs are typed for asyncio; a plain channel makes plain calls of them.
        self._channel = cast(Any, grpc.insecure_channel(f"localhost:{mesh.port}"))
        self.chat: Any = chat_service_pb2_grpc.ChatServiceStub(self._channel)
        self.metadata: tuple[tuple[str, str], ...] = ()

    def log_in(self, email: str, password: str) -> None:
        stub: Any = auth_service_pb2_grpc.AuthServiceStub(self._channel)
        reply = stub.Login(auth_service_pb2.LoginRequest(email=email, password=password))
        self.metadata = (("authorization", f"Bearer {reply.access_token}"),)

    def ask(self, question: str) -> list[dict[str, Any]]:
        made = self.chat.CreateConversation(chat_service_pb2.CreateConversationRequest(), metadata=self.metadata)
        request = chat_service_pb2.SendMessageRequest(conversation_id=made.conversation.id, content=question)
        events = self.chat.SendMessage(request, metadata=self.metadata)
        return [json_format.MessageToDict(event, always_print_fields_with_no_presence=True) for event in events]


class GrpcWebDoor:
    """What the browser's client does: frames of a flag, a length and a message, trailers in the last."""

    def __init__(self, mesh: Mesh) -> None:
        self.http = httpx.Client(base_url=mesh.url, timeout=60)

    def log_in(self, email: str, password: str) -> None:
        request = auth_service_pb2.LoginRequest(email=email, password=password)
        frames = self._call("infinure.auth.v1.AuthService/Login", request)
        reply = auth_service_pb2.LoginResponse.FromString(next(frames))
        self.http.headers["authorization"] = f"Bearer {reply.access_token}"

    def ask(self, question: str) -> list[dict[str, Any]]:
        path = "infinure.chat.v1.ChatService"
        made = chat_service_pb2.CreateConversationResponse.FromString(
            next(self._call(f"{path}/CreateConversation", chat_service_pb2.CreateConversationRequest()))
        )
        request = chat_service_pb2.SendMessageRequest(conversation_id=made.conversation.id, content=question)
        return [
            json_format.MessageToDict(
                chat_service_pb2.SendMessageResponse.FromString(frame), always_print_fields_with_no_presence=True
            )
            for frame in self._call(f"{path}/SendMessage", request)
        ]

    def _call(self, path: str, request: Any) -> Iterator[bytes]:
        message = request.SerializeToString()
        body = struct.pack(">BI", 0, len(message)) + message
        reply = self.http.post(f"/{path}", content=body, headers={"content-type": "application/grpc-web+proto"})
        assert reply.status_code == 200, reply.text
        rest = reply.content
        while rest:
            flag, length = struct.unpack(">BI", rest[:5])
            frame, rest = rest[5 : 5 + length], rest[5 + length :]
            if flag & 0x80:
                assert b"grpc-status:0" in frame.replace(b" ", b""), frame
            else:
                yield frame


def part(events: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    """The one event of a kind."""
    (found,) = [event[kind] for event in events if kind in event]
    return dict(found)


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [next(key for key in event if key != "sequence") for event in events]


def table(events: list[dict[str, Any]]) -> list[list[str]]:
    """The rows as text, numbers without trailing zeros."""
    rows = part(events, "rows").get("rows", [])
    return [[plain(next(iter(cell.values()), "")) for cell in row["cells"]] for row in rows]


def plain(value: object) -> str:
    """A value in one spelling, whoever wrote it: 12.50 is 12.5, a moment at midnight is its day."""
    text = str(value).removesuffix("T00:00:00Z")
    try:
        number = Decimal(text)
    except ArithmeticError:
        return text
    return f"{number.quantize(Decimal('0.0001')).normalize():f}" if number.is_finite() else text
