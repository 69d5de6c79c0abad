"""A service for meshkit's own tests: speaks contracts of the mesh, and fails in every way on demand."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, TypeAlias

import grpc
from infinure.auth.v1 import (
    auth_service_pb2,
    auth_service_pb2_grpc,
    identity_service_pb2,
    identity_service_pb2_grpc,
    user_pb2,
    user_service_pb2,
    user_service_pb2_grpc,
)
from infinure.chat.v1 import chat_service_pb2, chat_service_pb2_grpc
from infinure.ml_backend.v1 import answer_backend_service_pb2, answer_backend_service_pb2_grpc

from meshkit import identity
from meshkit.errors import NotFound, ResourceExhausted
from meshkit.server import Assembly, RunningServer, Servicer
from tests.builders import tokens

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"
Revoked = identity_service_pb2.ListRevocationsResponse


class Users(user_service_pb2_grpc.UserServiceServicer):
    """GetMe says who the caller is, by the token alone."""

    async def GetMe(self, request: user_service_pb2.GetMeRequest, context: Context) -> user_service_pb2.GetMeResponse:
        caller = identity.caller()
        user = user_pb2.User(id=str(caller.user_id or ""), organization_id=str(caller.organization_id))
        user.last_name = identity.peer()
        return user_service_pb2.GetMeResponse(user=user)


class Peers(identity_service_pb2_grpc.IdentityServiceServicer):
    """ListRevocations takes no token; a caller there would be a mistake."""

    async def ListRevocations(self, request: Any, context: Context) -> Revoked:
        return Revoked(cursor=request.after_cursor + (1 if identity.current_caller() is None else 0))


class Logins(auth_service_pb2_grpc.AuthServiceServicer):
    """Logout takes anybody."""

    async def Logout(self, request: Any, context: Context) -> auth_service_pb2.LogoutResponse:
        return auth_service_pb2.LogoutResponse()


class Chats(chat_service_pb2_grpc.ChatServiceServicer):
    """SendMessage does what the question says; CreateConversation runs the function given by its title."""

    def __init__(self) -> None:
        self.closed = asyncio.Event()
        self.begun = asyncio.Event()
        self.functions: dict[str, Callable[[], Awaitable[None]]] = {}

    async def CreateConversation(self, request: Any, context: Context) -> chat_service_pb2.CreateConversationResponse:
        await self.functions[request.title]()
        return chat_service_pb2.CreateConversationResponse()

    async def SendMessage(
        self, request: chat_service_pb2.SendMessageRequest, context: Context
    ) -> AsyncIterator[chat_service_pb2.SendMessageResponse]:
        word, _, number = request.content.partition(" ")
        try:
            for sequence in range(1, int(number or "1") + 1):
                self.begun.set()
                yield chat_service_pb2.SendMessageResponse(sequence=sequence)
            if word == "wait":
                await asyncio.Event().wait()
            if word == "boom":
                raise ZeroDivisionError("the canary in the error's text")
            if word == "refuse":
                raise ResourceExhausted("too many", reason="TOO_MANY_ANSWERS", retry_after=2.5, limit="3")
            if word == "missing":
                raise NotFound("no such conversation", reason="CONVERSATION_NOT_FOUND")
        finally:
            self.closed.set()


class Backend(answer_backend_service_pb2_grpc.AnswerBackendServiceServicer):
    """Answer replies once to each message."""

    async def Answer(
        self, request_iterator: AsyncIterator[Any], context: Context
    ) -> AsyncIterator[answer_backend_service_pb2.AnswerResponse]:
        async for _ in request_iterator:
            yield answer_backend_service_pb2.AnswerResponse()


class Echo:
    """The composition root of the test service, and the handles that tests hold on to."""

    def __init__(self, chats: Chats | None = None, **assembly: Any) -> None:
        self.chats = chats or Chats()  # type: ignore[abstract]
        self.revocations = tokens.TestRevocations()
        self._assembly = assembly
        self.server: RunningServer

    async def assemble(self, resources: AsyncExitStack) -> Assembly:
        return Assembly(servicers=self._servicers(), verifier=tokens.verifier(self.revocations), **self._assembly)

    def _servicers(self) -> list[Servicer]:
        users = user_service_pb2.DESCRIPTOR.services_by_name["UserService"]
        peers = identity_service_pb2.DESCRIPTOR.services_by_name["IdentityService"]
        logins = auth_service_pb2.DESCRIPTOR.services_by_name["AuthService"]
        chats = chat_service_pb2.DESCRIPTOR.services_by_name["ChatService"]
        backend = answer_backend_service_pb2.DESCRIPTOR.services_by_name["AnswerBackendService"]
        return [
            Servicer(user_service_pb2_grpc.add_UserServiceServicer_to_server, Users(), users),  # type: ignore[abstract]
            Servicer(identity_service_pb2_grpc.add_IdentityServiceServicer_to_server, Peers(), peers),  # type: ignore[abstract]
            Servicer(auth_service_pb2_grpc.add_AuthServiceServicer_to_server, Logins(), logins),  # type: ignore[abstract]
            Servicer(chat_service_pb2_grpc.add_ChatServiceServicer_to_server, self.chats, chats),
            Servicer(answer_backend_service_pb2_grpc.add_AnswerBackendServiceServicer_to_server, Backend(), backend),
        ]
