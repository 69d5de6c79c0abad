"""ChatService."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.chat.v1 import chat_service_pb2 as pb
from infinure.chat.v1 import chat_service_pb2_grpc
from infinure.ml_gateway.v1.answer_event_pb2 import AnswerEvent

from meshkit.errors import from_status
from meshkit.identity import caller
from meshkit.paging import PageTokens
from services.chat.answering import Answering
from services.chat.conversations import ConversationKeeping
from services.chat.rpc import translate

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class ChatServicer(chat_service_pb2_grpc.ChatServiceServicer):
    """The caller's conversations and the answers in them."""

    keeping: ConversationKeeping
    answering: Answering
    page_tokens: PageTokens

    async def CreateConversation(
        self, request: pb.CreateConversationRequest, context: Context
    ) -> pb.CreateConversationResponse:
        source_id = translate.optional_id(request.source_id)
        made = await self.keeping.create(caller(), request.title, source_id)
        return pb.CreateConversationResponse(conversation=translate.conversation(made))

    async def ListConversations(
        self, request: pb.ListConversationsRequest, context: Context
    ) -> pb.ListConversationsResponse:
        listing = f"conversations archived={request.archived}"
        page = translate.page(request.page_size, self._opened(request.page_token, listing))
        found = await self.keeping.list(caller(), page, request.archived)
        return translate.conversation_page(found, page.size, lambda position: self._sealed(position, listing))

    async def GetConversation(self, request: pb.GetConversationRequest, context: Context) -> pb.GetConversationResponse:
        found = await self.keeping.get(caller(), UUID(request.conversation_id))
        return pb.GetConversationResponse(conversation=translate.conversation(found))

    async def UpdateConversation(
        self, request: pb.UpdateConversationRequest, context: Context
    ) -> pb.UpdateConversationResponse:
        changed = await self.keeping.change(caller(), UUID(request.conversation_id), translate.change(request))
        return pb.UpdateConversationResponse(conversation=translate.conversation(changed))

    async def DeleteConversation(
        self, request: pb.DeleteConversationRequest, context: Context
    ) -> pb.DeleteConversationResponse:
        await self.keeping.delete(caller(), UUID(request.conversation_id))
        return pb.DeleteConversationResponse()

    async def ListMessages(self, request: pb.ListMessagesRequest, context: Context) -> pb.ListMessagesResponse:
        conversation_id = UUID(request.conversation_id)
        listing = f"messages {conversation_id}"
        page = translate.page(request.page_size, self._opened(request.page_token, listing))
        found = await self.keeping.messages(caller(), conversation_id, page)
        return translate.message_page(found, page.size, lambda position: self._sealed(position, listing))

    async def SendMessage(
        self, request: pb.SendMessageRequest, context: Context
    ) -> AsyncIterator[pb.SendMessageResponse]:
        events = self.answering.ask(
            caller(),
            UUID(request.conversation_id),
            translate.optional_id(request.message_id),
            request.content,
            request.time_zone,
        )
        async with aclosing(_to_the_end(events)) as told:
            async for event in told:
                yield translate.event_as(pb.SendMessageResponse, event)

    async def ResumeAnswer(
        self, request: pb.ResumeAnswerRequest, context: Context
    ) -> AsyncIterator[pb.ResumeAnswerResponse]:
        events = self.answering.resume(caller(), UUID(request.answer_id), request.after_sequence)
        async with aclosing(_to_the_end(events)) as told:
            async for event in told:
                yield translate.event_as(pb.ResumeAnswerResponse, event)

    async def CancelAnswer(self, request: pb.CancelAnswerRequest, context: Context) -> pb.CancelAnswerResponse:
        state = await self.answering.cancel(caller(), UUID(request.answer_id))
        return pb.CancelAnswerResponse(answer_state=translate.STATES[state])

    def _opened(self, token: str, listing: str) -> Mapping[str, str] | None:
        return self.page_tokens.open(token, listing=listing, caller=caller())

    def _sealed(self, position: Mapping[str, str], listing: str) -> str:
        return self.page_tokens.seal(position, listing=listing, caller=caller())


async def _to_the_end(events: AsyncGenerator[AnswerEvent, None]) -> AsyncGenerator[AnswerEvent, None]:
    """The events; after `failed` the rpc ends with the same status."""
    async with aclosing(events):
        async for event in events:
            yield event
            if event.WhichOneof("event") == "failed":
                raise from_status(event.failed.status)
