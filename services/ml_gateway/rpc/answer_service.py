"""AnswerService."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.ml_gateway.v1 import answer_service_pb2 as pb
from infinure.ml_gateway.v1 import answer_service_pb2_grpc

from meshkit.errors import from_status
from services.ml_gateway.answering import Answering
from services.ml_gateway.model import Choice, Turn


def choice(request: pb.AnswerRequest) -> Choice | None:
    """What was chosen, where the question is one of the options that the last turn offered."""
    if not request.turns:
        return None
    last = request.turns[-1]
    for option in last.clarification.options:
        if option.id and option.question == request.question:
            return Choice(last.question, last.clarification.words, option.id, option.label)
    return None


@dataclass(frozen=True)
class AnswerServicer(answer_service_pb2_grpc.AnswerServiceServicer):
    """Answers for chat; after `failed` the rpc ends with the same status."""

    answering: Answering

    async def Answer(
        self, request: pb.AnswerRequest, context: "grpc.aio.ServicerContext[Any, Any]"
    ) -> AsyncIterator[pb.AnswerResponse]:
        events = self.answering.answer(
            request.question,
            request.source_id,
            request.time_zone,
            UUID(request.answer_id),
            choice(request),
            tuple(Turn(turn.question, turn.source_id) for turn in request.turns),
        )
        async with aclosing(events):
            async for event in events:
                # The two messages have the same fields under the same numbers.
                yield pb.AnswerResponse.FromString(event.SerializeToString())
                if event.HasField("failed"):
                    raise from_status(event.failed.status)
