"""Proto ⇄ model, pure, both ways."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp
from infinure.chat.v1 import chat_service_pb2 as pb
from infinure.chat.v1 import conversation_pb2 as nouns
from infinure.ml_gateway.v1.answer_event_pb2 import AnswerEvent

from services.chat.model import AnswerState, Conversation, ConversationChange, Message
from services.chat.ports import Page

DEFAULT_PAGE_SIZE = 25
# A page of messages stays well under the 4 MiB that a message may have.
MAX_PAGE_BYTES = 2 * 1024 * 1024
STATES = {
    AnswerState.RUNNING: nouns.ANSWER_STATE_RUNNING,
    AnswerState.COMPLETED: nouns.ANSWER_STATE_COMPLETED,
    AnswerState.FAILED: nouns.ANSWER_STATE_FAILED,
    AnswerState.CANCELLED: nouns.ANSWER_STATE_CANCELLED,
}

T = TypeVar("T", pb.SendMessageResponse, pb.ResumeAnswerResponse)
Item = TypeVar("Item", Conversation, Message)


def page(size: int, position: Mapping[str, str] | None) -> Page:
    return Page(size or DEFAULT_PAGE_SIZE, position)


def optional_id(text: str) -> UUID | None:
    return UUID(text) if text else None


def event_as(kind: type[T], event: AnswerEvent) -> T:
    """The three event messages have the same fields under the same numbers."""
    return kind.FromString(event.SerializeToString())


def conversation(one: Conversation) -> nouns.Conversation:
    return nouns.Conversation(
        id=str(one.id),
        title=one.title,
        source_id=str(one.source_id or ""),
        archived=one.archived,
        create_time=moment(one.created_at),
        update_time=moment(one.updated_at),
    )


def message(one: Message) -> nouns.Message:
    is_answer = one.answer_state is not None
    return nouns.Message(
        id=str(one.id),
        conversation_id=str(one.conversation_id),
        role=nouns.MESSAGE_ROLE_ASSISTANT if is_answer else nouns.MESSAGE_ROLE_USER,
        content=one.content,
        create_time=moment(one.created_at),
        question_id=str(one.question_id or ""),
        answer_state=STATES[one.answer_state] if one.answer_state else nouns.ANSWER_STATE_UNSPECIFIED,
        events=one.events,
    )


def conversation_page(
    found: Sequence[Conversation], size: int, seal: Callable[[Mapping[str, str]], str]
) -> pb.ListConversationsResponse:
    shown = found[:size]
    token = seal(_position(shown[-1].updated_at, shown[-1].id)) if len(found) > size else ""
    return pb.ListConversationsResponse(conversations=map(conversation, shown), next_page_token=token)


def message_page(
    found: Sequence[Message], size: int, seal: Callable[[Mapping[str, str]], str]
) -> pb.ListMessagesResponse:
    reply = pb.ListMessagesResponse()
    room = MAX_PAGE_BYTES
    last: Message | None = None
    for one in found[:size]:
        made = message(one)
        room -= made.ByteSize()
        if last is not None and room < 0:
            break
        reply.messages.append(made)
        last = one
    if last is not None and len(reply.messages) < len(found):
        reply.next_page_token = seal(_position(last.created_at, last.id))
    return reply


def change(request: pb.UpdateConversationRequest) -> ConversationChange:
    """What the mask names, or without one what is set. A title that is named but not set stays as it is."""
    named = set(request.update_mask.paths) or {"title", "archived", "source_id"}

    def wanted(field: str) -> bool:
        return field in named and request.HasField(field)  # type: ignore[arg-type]

    source_named = wanted("source_id") or "source_id" in request.update_mask.paths
    source_id = optional_id(request.source_id) if source_named else None
    return ConversationChange(
        title=request.title.strip() if wanted("title") else None,
        archived=request.archived if wanted("archived") else None,
        source_id=source_id,
        clear_source=source_named and source_id is None,
    )


def moment(time: datetime) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(time)
    return stamp


def _position(time: datetime, identity: UUID) -> Mapping[str, str]:
    return {"moment": time.isoformat(), "id": str(identity)}
