"""EvaluationService."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from infinure.ml_gateway.v1 import evaluation_service_pb2 as pb
from infinure.ml_gateway.v1 import evaluation_service_pb2_grpc

from meshkit.errors import MeshError, to_status
from meshkit.identity import caller
from meshkit.paging import PageTokens
from services.ml_gateway.errors import FieldWrong
from services.ml_gateway.evaluation.keeping import Keeping
from services.ml_gateway.evaluation.model import Progress
from services.ml_gateway.evaluation.running import Running
from services.ml_gateway.rpc import evaluation_messages as messages
from services.ml_gateway.rpc.moments import DEFAULT_PAGE_SIZE, optional_id, page, place, told

Context = grpc.aio.ServicerContext[Any, Any]
# Between them every calendar of every zone has its days.
_EARLIEST, _LATEST = 0, 7_258_118_400  # 1970 and 2200, in seconds


@dataclass(frozen=True)
class EvaluationServicer(evaluation_service_pb2_grpc.EvaluationServiceServicer):
    """The caller's organization's benchmarks."""

    keeping: Keeping
    running: Running
    page_tokens: PageTokens

    async def ListBenchmarkQuestions(
        self, request: pb.ListBenchmarkQuestionsRequest, context: Context
    ) -> pb.ListBenchmarkQuestionsResponse:
        listing = f"benchmark questions {request.source_id}"
        wanted = page(request.page_size, self._opened(request.page_token, listing))
        found = await self.keeping.list(caller(), optional_id(request.source_id), wanted)
        shown, token = told(
            found,
            wanted.size,
            messages.question,
            lambda seen: place(seen.question.create_time, seen.question.id),
            self._seal(listing),
        )
        return pb.ListBenchmarkQuestionsResponse(benchmark_questions=shown, next_page_token=token)

    async def GetBenchmarkQuestion(
        self, request: pb.GetBenchmarkQuestionRequest, context: Context
    ) -> pb.GetBenchmarkQuestionResponse:
        found = await self.keeping.get(caller(), UUID(request.benchmark_question_id))
        return pb.GetBenchmarkQuestionResponse(benchmark_question=messages.question(found))

    async def CreateBenchmarkQuestion(
        self, request: pb.CreateBenchmarkQuestionRequest, context: Context
    ) -> pb.CreateBenchmarkQuestionResponse:
        made = await self.keeping.create(
            caller(),
            UUID(request.source_id),
            request.question,
            request.expected,
            _moment(request.reference_time) if request.HasField("reference_time") else None,
            request.time_zone,
        )
        return pb.CreateBenchmarkQuestionResponse(benchmark_question=messages.question(made))

    async def UpdateBenchmarkQuestion(
        self, request: pb.UpdateBenchmarkQuestionRequest, context: Context
    ) -> pb.UpdateBenchmarkQuestionResponse:
        changed = await self.keeping.change(
            caller(),
            UUID(request.benchmark_question_id),
            request.question if request.HasField("question") else None,
            request.expected if request.HasField("expected") else None,
            _moment(request.reference_time) if request.HasField("reference_time") else None,
            request.time_zone if request.HasField("time_zone") else None,
            clear_reference_time=request.clear_reference_time,
        )
        return pb.UpdateBenchmarkQuestionResponse(benchmark_question=messages.question(changed))

    async def DeleteBenchmarkQuestion(
        self, request: pb.DeleteBenchmarkQuestionRequest, context: Context
    ) -> pb.DeleteBenchmarkQuestionResponse:
        await self.keeping.delete(caller(), UUID(request.benchmark_question_id))
        return pb.DeleteBenchmarkQuestionResponse()

    async def RunEvaluation(
        self, request: pb.RunEvaluationRequest, context: Context
    ) -> AsyncIterator[pb.RunEvaluationResponse]:
        events = self.running.run(caller(), UUID(request.source_id), with_learning=not request.without_learning)
        try:
            async with aclosing(events):
                async for event in events:
                    if isinstance(event, Progress):
                        last = messages.outcome(event.outcome) if event.outcome else None
                        progress = pb.EvaluationProgress(
                            done_count=event.done, question_count=event.total, outcome=last
                        )
                        yield pb.RunEvaluationResponse(progress=progress)
                    else:
                        yield pb.RunEvaluationResponse(completed=messages.run(event))
        except MeshError as error:
            yield pb.RunEvaluationResponse(failed=to_status(error))
            raise

    async def ListEvaluationRuns(
        self, request: pb.ListEvaluationRunsRequest, context: Context
    ) -> pb.ListEvaluationRunsResponse:
        listing = f"evaluation runs {request.source_id}"
        wanted = page(request.page_size, self._opened(request.page_token, listing))
        found = await self.keeping.list_runs(caller(), optional_id(request.source_id), wanted)
        shown, token = told(
            found, wanted.size, messages.run, lambda run: place(run.start_time, run.id), self._seal(listing)
        )
        return pb.ListEvaluationRunsResponse(evaluation_runs=shown, next_page_token=token)

    async def GetEvaluationRun(
        self, request: pb.GetEvaluationRunRequest, context: Context
    ) -> pb.GetEvaluationRunResponse:
        listing = f"evaluation run {request.evaluation_run_id}"
        position = self._opened(request.page_token, listing)
        size = request.page_size or DEFAULT_PAGE_SIZE
        after = int(position["place"]) if position else 0
        run, found = await self.keeping.get_run(caller(), UUID(request.evaluation_run_id), after, size + 1)
        outcomes, token = told(
            found,
            size,
            lambda one: messages.outcome(one.outcome, withheld=one.withheld),
            lambda one: {"place": str(one.place)},
            self._seal(listing),
        )
        return pb.GetEvaluationRunResponse(evaluation_run=messages.run(run), outcomes=outcomes, next_page_token=token)

    async def DeleteEvaluationRun(
        self, request: pb.DeleteEvaluationRunRequest, context: Context
    ) -> pb.DeleteEvaluationRunResponse:
        await self.keeping.delete_run(caller(), UUID(request.evaluation_run_id))
        return pb.DeleteEvaluationRunResponse()

    def _opened(self, token: str, listing: str) -> Mapping[str, str] | None:
        return self.page_tokens.open(token, listing=listing, caller=caller())

    def _seal(self, listing: str) -> Callable[[Mapping[str, str]], str]:
        return lambda position: self.page_tokens.seal(position, listing=listing, caller=caller())


def _moment(stamp: Timestamp) -> datetime:
    if not _EARLIEST <= stamp.seconds < _LATEST:
        raise FieldWrong("reference_time", "must be between 1970 and 2200")
    return stamp.ToDatetime(tzinfo=UTC)
