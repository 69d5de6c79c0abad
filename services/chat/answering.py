"""Use case: ask, follow, resume, cancel. An answer is a task of this service, not of the rpc that asked for it."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from infinure.ml_gateway.v1.answer_event_pb2 import AnswerEvent

from meshkit.errors import MeshError
from meshkit.identity import Caller, acting_as
from meshkit.ids import new_id
from services.chat.answer_writer import AnswerWriter
from services.chat.errors import AnswerCancelled, AnswerInterrupted, AnswerNotFound, EngineFailed, UnknownTimeZone
from services.chat.model import Answer, AnswerState, Begun, Question
from services.chat.ports import AnswerEngine, Answers, Tokens
from services.chat.running import RunningAnswer

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AnswerLimits:
    """Seconds but for counts."""

    running_per_user: int = 5
    unheard: float = 60.0
    """An answer that nobody follows for so long is cancelled."""
    deadline: float = 120.0
    turns: int = 10
    lease: float = 30.0
    poll: float = 0.2
    """How often an answer that another worker makes is looked at."""


class Answering:
    """Begins answers, keeps them running, and lets readers come and go."""

    def __init__(
        self,
        store: Answers,
        engine: AnswerEngine,
        tokens: Tokens,
        *,
        worker: str,
        clock: Callable[[], datetime],
        limits: AnswerLimits | None = None,
    ) -> None:
        self._store = store
        self._engine = engine
        self._tokens = tokens
        self._worker = worker
        self._clock = clock
        self._limits = limits or AnswerLimits()
        self._running: dict[UUID, RunningAnswer] = {}
        # Of this process, from before an answer is in the store until after its end is: what isn't here is an orphan.
        self._mine: set[UUID] = set()

    async def ask(
        self, caller: Caller, conversation_id: UUID, message_id: UUID | None, content: str, time_zone: str
    ) -> AsyncGenerator[AnswerEvent, None]:
        """Keeps the question, then streams its answer from the first event.

        Raises ConversationNotFound, MessageIdReused, TooManyAnswers, UnknownTimeZone.
        """
        check_time_zone(time_zone)
        now = self._clock()
        question = Question(message_id or new_id(now), conversation_id, content, time_zone, now)
        begun = await self._begin(caller, question, new_id(now))
        running = self._running.get(begun.answer.id)
        try:
            async with aclosing(self._follow(caller, begun.answer, after_sequence=0)) as events:
                async for event in events:
                    yield event
                    if running:
                        running.accepted_told.set()
        finally:
            if running:
                running.accepted_told.set()

    async def _begin(self, caller: Caller, question: Question, answer_id: UUID) -> Begun:
        """Keeps the question and starts its answer, unless both were kept before."""
        self._mine.add(answer_id)
        started = False
        try:
            limit = self._limits.running_per_user
            begun = await self._store.begin(caller, question, answer_id, self._worker, limit)
            if begun.is_new:
                self._start(caller, replace(question, source_id=begun.source_id), answer_id)
                started = True
            return begun
        finally:
            if not started:
                self._mine.discard(answer_id)

    async def resume(self, caller: Caller, answer_id: UUID, after_sequence: int) -> AsyncGenerator[AnswerEvent, None]:
        """Events after a sequence, those that were and those that come. Raises AnswerNotFound."""
        answer = await self._store.get(caller, answer_id)
        async with aclosing(self._follow(caller, answer, after_sequence)) as events:
            async for event in events:
                yield event

    async def cancel(self, caller: Caller, answer_id: UUID) -> AnswerState:
        """Ends a running answer and waits for its end; returns the state after it. Raises AnswerNotFound."""
        answer = await self._store.get(caller, answer_id)
        if answer.state.ended:
            return answer.state
        running = self._running.get(answer_id)
        if running is None or running.task is None:
            await self._store.request_cancel(caller, answer_id)
            return answer.state
        running.cancel()
        await asyncio.wait([running.task])
        return (await self._store.get(caller, answer_id)).state

    async def keep_alive(self) -> None:
        """Background: holds on to this worker's answers, and ends those that a dead worker left."""
        while True:
            await self.look_after()
            await asyncio.sleep(self._limits.lease / 10)

    async def look_after(self) -> None:
        """One round of `keep_alive`."""
        for answer_id in await self._store.renew(self._worker, self._limits.lease):
            if running := self._running.get(answer_id):
                running.cancel()
        await self._store.interrupt_orphans(self._worker, self._mine)

    async def close(self) -> None:
        """Interrupts what still runs, and waits until that is stored."""
        tasks = [running.task for running in self._running.values() if running.task]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _start(self, caller: Caller, question: Question, answer_id: UUID) -> None:
        writer = AnswerWriter(self._store, caller, question, answer_id, self._clock)
        running = RunningAnswer(answer_id, writer.accepted, self._limits.unheard)
        writer.publish = running.publish
        self._running[answer_id] = running
        # The context is copied: the caller of the rpc stays the caller of the work.
        running.task = asyncio.create_task(self._answer(running, writer, caller, question), name=f"answer {answer_id}")

    async def _answer(self, running: RunningAnswer, writer: AnswerWriter, caller: Caller, question: Question) -> None:
        try:
            error = await self._run_engine(running, writer, caller, question)
            await asyncio.shield(self._ended(running, writer, error))
        except asyncio.CancelledError:
            # Cancelled a second time, while the end was being stored: that goes on by itself.
            log.info("the end of an answer is stored after its task was cancelled")
        finally:
            running.close()
            self._running.pop(running.id, None)
            self._mine.discard(running.id)

    async def _run_engine(
        self, running: RunningAnswer, writer: AnswerWriter, caller: Caller, question: Question
    ) -> MeshError | None:
        """Writes the engine's events; the error that ended them, or None."""
        try:
            async with asyncio.timeout(self._limits.deadline):
                # The reader hears first that the question is kept; until that is written, the work waits.
                await running.accepted_told.wait()
                acting = await self._lasting(caller)
                turns = await self._store.turns(caller, question.conversation_id, question.asked_at, self._limits.turns)
                with acting_as(acting):
                    async for event in self._engine.answer(running.id, question, turns, caller.role):
                        writer.write(event, caller.role)
        except asyncio.CancelledError:
            return AnswerCancelled() if running.cancelled_by_reader else AnswerInterrupted()
        except TimeoutError:
            return EngineFailed("it did not answer in time")
        except MeshError as error:
            return error
        except Exception:
            log.exception("an answer failed by a defect")
            return EngineFailed("it broke off")
        return None if writer.complete else EngineFailed("it ended without an answer")

    async def _ended(self, running: RunningAnswer, writer: AnswerWriter, error: MeshError | None) -> None:
        try:
            if not await writer.end(error):
                running.abandon()  # somebody else ended it; what they stored is how it ended
        except AnswerNotFound:
            running.abandon()  # its conversation was deleted meanwhile
        except Exception:
            # The store is away: the answer stays running there until its lease is over, then it is interrupted.
            log.exception("the end of an answer could not be stored")
            running.abandon()

    async def _lasting(self, caller: Caller) -> Caller:
        """A caller whose token outlasts the answer."""
        if caller.expire_time - self._clock() > timedelta(seconds=self._limits.deadline):
            return caller
        return await self._tokens.exchange(caller)

    async def _follow(self, caller: Caller, answer: Answer, after_sequence: int) -> AsyncGenerator[AnswerEvent, None]:
        running = self._running.get(answer.id)
        if running is not None:
            async with aclosing(running.follow(after_sequence)) as events:
                async for event in events:
                    yield event
                    after_sequence = event.sequence
            if running.ended:
                return
        # Ended before, made by another worker, or its end is only in the store.
        async with aclosing(self._stored(caller, answer.id, after_sequence)) as stored:
            async for event in stored:
                yield event

    async def _stored(self, caller: Caller, answer_id: UUID, after_sequence: int) -> AsyncGenerator[AnswerEvent, None]:
        while True:
            answer = await self._store.get(caller, answer_id)
            # An ended answer always ends the stream with its last event, also for who claims to have it.
            after = min(after_sequence, answer.last_sequence - 1) if answer.state.ended else after_sequence
            for event in await self._store.events(caller, answer_id, after):
                after_sequence = event.sequence
                yield event
            if answer.state.ended:
                return
            await asyncio.sleep(self._limits.poll)


def check_time_zone(name: str) -> None:
    try:
        ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError) as error:
        raise UnknownTimeZone(name) from error
