"""AnswerService."""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.ml_gateway.v1 import answer_service_pb2 as pb
from infinure.ml_gateway.v1 import answer_service_pb2_grpc

from meshkit.errors import from_status
from services.ml_gateway.answering import Answering
from services.ml_gateway.builtin.reading import is_source
from services.ml_gateway.engine.dialog.answers import chosen, with_more
from services.ml_gateway.engine.dialog.turning_back import corrected
from services.ml_gateway.engine.outcome import ClarificationOption
from services.ml_gateway.model import Choice, Turn


def choice(request: pb.AnswerRequest) -> Choice | None:
    """What was chosen, where the question is one of the options that the last turn offered, or says in words which."""
    found = _taken(request.question, request.turns)
    if found is None:
        return None
    place, option = found
    asked = request.turns[place]
    # What was asked back a second time is about the whole question that the answer to the first made.
    before = _taken(asked.question, request.turns[:place])
    question = before[1].question if before else asked.question
    return Choice(question, asked.clarification.words, option.id, option.label)


def wanted(request: pb.AnswerRequest, taken: Choice | None) -> str:
    """The question as it is read: a source that was chosen in words is named as it is by a click."""
    found = _taken(request.question, request.turns) if taken and is_source(taken.option_id) else None
    return found[1].question if found else request.question


def _taken(said: str, turns: Sequence[pb.Turn]) -> tuple[int, ClarificationOption] | None:
    """The option that was meant by what was said after these turns, and the place of the turn that offered it: by its
    question, its label, its number, or in words; also by a correction of what was taken before ("no, the second").
    """
    last, plain = len(turns) - 1, corrected(said)
    if last >= 0 and (option := _option(plain, turns[last])):
        return last, option
    if plain != said and last > 0 and _option(turns[last].question, turns[last - 1]):
        option = _option(plain, turns[last - 1])
        return (last - 1, option) if option else None
    return None


def _option(said: str, turn: pb.Turn) -> ClarificationOption | None:
    options = [ClarificationOption(one.id, one.label, one.question) for one in turn.clarification.options]
    more = with_more(said, options)
    return chosen(said, options) or (more[0] if more else None)


@dataclass(frozen=True)
class AnswerServicer(answer_service_pb2_grpc.AnswerServiceServicer):
    """Answers for chat; after `failed` the rpc ends with the same status."""

    answering: Answering

    async def Answer(
        self, request: pb.AnswerRequest, context: "grpc.aio.ServicerContext[Any, Any]"
    ) -> AsyncIterator[pb.AnswerResponse]:
        taken = choice(request)
        events = self.answering.answer(
            wanted(request, taken),
            request.source_id,
            request.time_zone,
            UUID(request.answer_id),
            taken,
            tuple(Turn(turn.question, turn.source_id) for turn in request.turns),
        )
        async with aclosing(events):
            async for event in events:
                # The two messages have the same fields under the same numbers.
                yield pb.AnswerResponse.FromString(event.SerializeToString())
                if event.HasField("failed"):
                    raise from_status(event.failed.status)
