"""The port AnswerEngine over ml_gateway's AnswerService."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

import grpc
from infinure.auth.v1.user_pb2 import Role
from infinure.ml_gateway.v1 import answer_service_pb2 as pb
from infinure.ml_gateway.v1 import answer_service_pb2_grpc
from infinure.ml_gateway.v1.answer_event_pb2 import AnswerEvent

from meshkit.channel import stream
from meshkit.errors import from_status
from services.chat.model import Question, Turn


class MlGateway:
    """Asks as the running caller. A stream that is left is cancelled, down to the query in the source."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._service = answer_service_pb2_grpc.AnswerServiceStub(channel)

    async def answer(
        self, answer_id: UUID, question: Question, turns: Sequence[Turn], role: str
    ) -> AsyncIterator[AnswerEvent]:
        request = pb.AnswerRequest(
            answer_id=str(answer_id),
            question=question.content,
            source_id=str(question.source_id or ""),
            turns=[
                pb.Turn(
                    question=turn.question, sql=turn.sql, source_id=turn.source_id, clarification=turn.clarification
                )
                for turn in turns
            ],
            asker=pb.Asker(role=Role.Value(f"ROLE_{role.upper()}")),
            time_zone=question.time_zone,
        )
        async with stream(self._service.Answer(request)) as replies:
            async for reply in replies:
                event = AnswerEvent.FromString(reply.SerializeToString())
                if event.WhichOneof("event") == "failed":
                    raise from_status(event.failed.status)
                yield event
