"""Starts the chat service as it starts itself, with auth and analytics beside it and a scripted engine behind it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import grpc
from infinure.auth.v1 import auth_service_pb2
from infinure.chat.v1 import chat_service_pb2 as pb
from infinure.chat.v1 import chat_service_pb2_grpc
from infinure.ml_gateway.v1 import answer_service_pb2 as ml
from infinure.ml_gateway.v1 import answer_service_pb2_grpc
from infinure.ml_gateway.v1.answer_event_pb2 import Completed, Interpretation, Query, Status
from infinure.ml_gateway.v1.receipt_pb2 import OUTCOME_ANSWERED, Receipt
from infinure.ml_gateway.v1.result_pb2 import VALUE_TYPE_INTEGER, Cell, ResultColumn, Row, Rows

from meshkit.secrets import Secret
from meshkit.server import start
from meshkit.settings import DatabaseSettings, PagingSettings, PeerSettings, ServerSettings
from services.chat.bootstrap import assemble
from services.chat.settings import Settings
from tests.auth.server import serving as serving_auth
from tests.builders.postgres import Database

PAGE_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
Script = Callable[[ml.AnswerRequest, Any], AsyncIterator[ml.AnswerResponse]]


async def forty_two(request: ml.AnswerRequest, context: Any) -> AsyncIterator[ml.AnswerResponse]:
    """A whole answer: one row with one number."""
    column = ResultColumn(name="orders", label="Orders", type=VALUE_TYPE_INTEGER, is_measure=True)
    rows = Rows(columns=[column], rows=[Row(cells=[Cell(integer=42)])], total_row_count=1)
    yield ml.AnswerResponse(sequence=1, status=Status(text="reading"))
    yield ml.AnswerResponse(sequence=2, interpretation=Interpretation(summary="The number of orders."))
    yield ml.AnswerResponse(sequence=3, query=Query(sql="SELECT count(*) FROM orders", tables=["shop.orders"]))
    yield ml.AnswerResponse(sequence=4, rows=rows)
    yield ml.AnswerResponse(
        sequence=5, completed=Completed(receipt=Receipt(outcome=OUTCOME_ANSWERED, engine="scripted"))
    )


async def never_ends(request: ml.AnswerRequest, context: Any) -> AsyncIterator[ml.AnswerResponse]:
    yield ml.AnswerResponse(sequence=1, status=Status(text="thinking"))
    await asyncio.Event().wait()


@dataclass
class Engine(answer_service_pb2_grpc.AnswerServiceServicer):
    """The other side of chat's engine port: says what the test's script says, and notes what it was asked."""

    script: Script = forty_two
    asked: list[ml.AnswerRequest] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    async def Answer(self, request: ml.AnswerRequest, context: Any) -> AsyncIterator[ml.AnswerResponse]:
        self.asked.append(request)
        try:
            async for response in self.script(request, context):
                yield response
        except asyncio.CancelledError:
            self.left.set()
            raise


@dataclass
class Person:
    """A signed-up person's stub calls."""

    stub: chat_service_pb2_grpc.ChatServiceStub
    token: str
    user_id: str

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        return (("authorization", f"Bearer {self.token}"),)

    def call(self, method: str, request: Any) -> Any:
        return getattr(self.stub, method)(request, metadata=self.metadata)

    async def conversation(self, **fields: Any) -> str:
        reply = await self.call("CreateConversation", pb.CreateConversationRequest(**fields))
        return str(reply.conversation.id)

    async def ask(self, conversation_id: str, content: str = "how many orders?", **fields: Any) -> list[Any]:
        """Every event of the answer; a `failed` one is the last, whatever status follows."""
        request = pb.SendMessageRequest(conversation_id=conversation_id, content=content, **fields)
        return await collected(self.call("SendMessage", request))

    async def resume(self, answer_id: str, after_sequence: int = 0) -> list[Any]:
        request = pb.ResumeAnswerRequest(answer_id=answer_id, after_sequence=after_sequence)
        return await collected(self.call("ResumeAnswer", request))


async def collected(call: Any) -> list[Any]:
    events = []
    try:
        async for event in call:
            events.append(event)
    except grpc.aio.AioRpcError:
        if not events or events[-1].WhichOneof("event") != "failed":
            raise
    return events


def kinds(events: list[Any]) -> list[str]:
    return [event.WhichOneof("event") for event in events]


@dataclass
class ChatServer:
    """A running chat service with its surroundings."""

    stub: chat_service_pb2_grpc.ChatServiceStub
    auth: Any
    engine: Engine
    database: Database
    channel: grpc.aio.Channel

    async def person(self, **fields: Any) -> Person:
        """Somebody of a new organization."""
        opened: auth_service_pb2.SignUpResponse = await self.auth.signed_up(**fields)
        return Person(self.stub, opened.access_token, opened.user.id)


@asynccontextmanager
async def serving(database: Database, keys: Path, **changes: Any) -> AsyncIterator[ChatServer]:
    async with AsyncExitStack() as stack:
        auth = await stack.enter_async_context(serving_auth(database, keys))
        engine = Engine()
        gateway = grpc.aio.server()
        answer_service_pb2_grpc.add_AnswerServiceServicer_to_server(engine, gateway)
        port = gateway.add_insecure_port("127.0.0.1:0")
        await gateway.start()
        stack.push_async_callback(gateway.stop, 0)
        settings = Settings(
            server=ServerSettings(listen="127.0.0.1:0"),
            database=DatabaseSettings(url=Secret(database.app_url("chat"))),
            paging=PagingSettings(key=Secret(PAGE_KEY)),
            auth=PeerSettings(auth.address),
            ml_gateway=PeerSettings(f"127.0.0.1:{port}"),
            analytics=PeerSettings("127.0.0.1:1"),
            **changes,
        )
        running = await start("chat", settings.server, partial(assemble, settings))
        stack.push_async_callback(running.stop, 0)
        channel = await stack.enter_async_context(grpc.aio.insecure_channel(running.address))

        yield ChatServer(chat_service_pb2_grpc.ChatServiceStub(channel), auth, engine, database, channel)
