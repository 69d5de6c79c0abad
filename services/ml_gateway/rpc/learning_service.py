"""LearningService."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import grpc
from infinure.ml_gateway.v1 import learning_service_pb2 as pb
from infinure.ml_gateway.v1 import learning_service_pb2_grpc

from meshkit.errors import Unauthenticated
from meshkit.identity import caller
from meshkit.paging import PageTokens
from services.ml_gateway.errors import ConsentWithdrawn
from services.ml_gateway.learning.model import Feedback
from services.ml_gateway.learning.ports import Consents, Verdicts
from services.ml_gateway.learning.teaching import Teaching
from services.ml_gateway.learning.verifying import Verifying
from services.ml_gateway.rpc import learning_messages as messages
from services.ml_gateway.rpc.moments import optional_id, page, place, told

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class LearningServicer(learning_service_pb2_grpc.LearningServiceServicer):
    """What the caller's organization has taught."""

    teaching: Teaching
    verifying: Verifying
    verdicts: Verdicts
    consents: Consents
    page_tokens: PageTokens
    clock: Callable[[], datetime]

    async def ListSynonyms(self, request: pb.ListSynonymsRequest, context: Context) -> pb.ListSynonymsResponse:
        listing = f"synonyms {request.source_id}"
        wanted = page(request.page_size, self._opened(request.page_token, listing))
        found = await self.teaching.list(caller(), optional_id(request.source_id), wanted)
        shown, token = told(
            found,
            wanted.size,
            lambda one: messages.synonym(*one),
            lambda one: place(one[0].create_time, one[0].id),
            self._seal(listing),
        )
        return pb.ListSynonymsResponse(synonyms=shown, next_page_token=token)

    async def CreateSynonym(self, request: pb.CreateSynonymRequest, context: Context) -> pb.CreateSynonymResponse:
        target = messages.target_of(request.target)
        made = await self.teaching.create(caller(), UUID(request.source_id), request.words, target)
        return pb.CreateSynonymResponse(synonym=messages.synonym(*made))

    async def UpdateSynonym(self, request: pb.UpdateSynonymRequest, context: Context) -> pb.UpdateSynonymResponse:
        changed = await self.teaching.change(
            caller(),
            UUID(request.synonym_id),
            request.words if request.HasField("words") else None,
            messages.target_of(request.target) if request.HasField("target") else None,
            request.weight if request.HasField("weight") else None,
        )
        return pb.UpdateSynonymResponse(synonym=messages.synonym(*changed))

    async def DeleteSynonym(self, request: pb.DeleteSynonymRequest, context: Context) -> pb.DeleteSynonymResponse:
        await self.teaching.delete(caller(), UUID(request.synonym_id))
        return pb.DeleteSynonymResponse()

    async def ListVerifiedAnswers(
        self, request: pb.ListVerifiedAnswersRequest, context: Context
    ) -> pb.ListVerifiedAnswersResponse:
        listing = f"verified answers {request.source_id}"
        wanted = page(request.page_size, self._opened(request.page_token, listing))
        found = await self.verifying.list(caller(), optional_id(request.source_id), wanted)
        shown, token = told(
            found,
            wanted.size,
            lambda one: messages.verified_answer(*one),
            lambda one: place(one[0].create_time, one[0].id),
            self._seal(listing),
        )
        return pb.ListVerifiedAnswersResponse(verified_answers=shown, next_page_token=token)

    async def GetVerifiedAnswer(
        self, request: pb.GetVerifiedAnswerRequest, context: Context
    ) -> pb.GetVerifiedAnswerResponse:
        found = await self.verifying.get(caller(), UUID(request.verified_answer_id))
        return pb.GetVerifiedAnswerResponse(verified_answer=messages.verified_answer(*found))

    async def CreateVerifiedAnswer(
        self, request: pb.CreateVerifiedAnswerRequest, context: Context
    ) -> pb.CreateVerifiedAnswerResponse:
        if request.WhichOneof("basis") == "receipt":
            made = await self.verifying.verify(caller(), request.receipt, request.question, request.source_id)
        else:
            made = await self.verifying.write(
                caller(), request.source_id, request.question, request.sql, request.time_zone
            )
        return pb.CreateVerifiedAnswerResponse(verified_answer=messages.verified_answer(*made))

    async def UpdateVerifiedAnswer(
        self, request: pb.UpdateVerifiedAnswerRequest, context: Context
    ) -> pb.UpdateVerifiedAnswerResponse:
        changed = await self.verifying.change(
            caller(),
            UUID(request.verified_answer_id),
            request.question if request.HasField("question") else None,
            request.sql if request.HasField("sql") else None,
            request.weight if request.HasField("weight") else None,
        )
        return pb.UpdateVerifiedAnswerResponse(verified_answer=messages.verified_answer(*changed))

    async def DeleteVerifiedAnswer(
        self, request: pb.DeleteVerifiedAnswerRequest, context: Context
    ) -> pb.DeleteVerifiedAnswerResponse:
        await self.verifying.delete(caller(), UUID(request.verified_answer_id))
        return pb.DeleteVerifiedAnswerResponse()

    async def RecordFeedback(self, request: pb.RecordFeedbackRequest, context: Context) -> pb.RecordFeedbackResponse:
        verdict = messages.verdict(request.verdict)
        assert verdict is not None  # by the contract
        if not await self.consents.learning():
            raise ConsentWithdrawn
        given = Feedback(UUID(request.answer_id), _person(), verdict, request.reason.strip(), self.clock())
        kept = await self.verdicts.record(caller().organization_id, given)
        return pb.RecordFeedbackResponse(feedback=messages.feedback(kept))

    async def DeleteFeedback(self, request: pb.DeleteFeedbackRequest, context: Context) -> pb.DeleteFeedbackResponse:
        await self.verdicts.delete(caller().organization_id, UUID(request.answer_id), _person())
        return pb.DeleteFeedbackResponse()

    async def BatchGetFeedback(
        self, request: pb.BatchGetFeedbackRequest, context: Context
    ) -> pb.BatchGetFeedbackResponse:
        wanted = list(dict.fromkeys(map(UUID, request.answer_ids)))
        found = await self.verdicts.own(caller().organization_id, _person(), wanted)
        return pb.BatchGetFeedbackResponse(feedback=map(messages.feedback, found))

    async def ListFeedback(self, request: pb.ListFeedbackRequest, context: Context) -> pb.ListFeedbackResponse:
        listing = f"feedback {request.verdict}"
        wanted = page(request.page_size, self._opened(request.page_token, listing))
        found = await self.verdicts.list(caller().organization_id, messages.verdict(request.verdict), wanted)
        shown, token = told(
            found,
            wanted.size,
            messages.feedback,
            lambda one: place(one.update_time, one.answer_id),
            self._seal(listing),
        )
        return pb.ListFeedbackResponse(feedback=shown, next_page_token=token)

    def _opened(self, token: str, listing: str) -> Mapping[str, str] | None:
        return self.page_tokens.open(token, listing=listing, caller=caller())

    def _seal(self, listing: str) -> Callable[[Mapping[str, str]], str]:
        return lambda position: self.page_tokens.seal(position, listing=listing, caller=caller())


def _person() -> UUID:
    """A job has no opinion."""
    user_id = caller().user_id
    if user_id is None:
        raise Unauthenticated("only a person can do this")
    return user_id
