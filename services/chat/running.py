"""An answer while it runs: what it has said so far, who listens, and how it is called off."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from uuid import UUID

from infinure.ml_gateway.v1.answer_event_pb2 import AnswerEvent

TERMINAL = frozenset({"completed", "failed"})


def is_terminal(event: AnswerEvent) -> bool:
    return event.WhichOneof("event") in TERMINAL


class RunningAnswer:
    """Events in order, each published only once it is stored; followers read at their own pace.

    Bounded by what an answer may say, so a slow reader holds no buffer of its own.
    """

    def __init__(self, answer_id: UUID, first: AnswerEvent, unheard_seconds: float) -> None:
        self.id = answer_id
        self.task: asyncio.Task[None] | None = None
        self.cancelled_by_reader = False
        self.accepted_told = asyncio.Event()
        self._unstored_end = False
        self._events = [first]
        self._changed = asyncio.Event()
        self._followers = 0
        self._unheard_seconds = unheard_seconds
        self._timer: asyncio.TimerHandle | None = None
        self._listen_for_silence()

    @property
    def ended(self) -> bool:
        return is_terminal(self._events[-1])

    @property
    def last_sequence(self) -> int:
        return self._events[-1].sequence

    def publish(self, events: Sequence[AnswerEvent]) -> None:
        """To everyone who follows, now or later. Sequences must continue those before."""
        self._events.extend(events)
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def abandon(self) -> None:
        """Wakes followers of an answer that could not be ended in the store; they find out there."""
        self._unstored_end = True
        self.publish(())

    async def follow(self, after_sequence: int) -> AsyncGenerator[AnswerEvent, None]:
        """Events after a sequence, to the end. With nobody following for a while, the answer is cancelled."""
        self._followers += 1
        if self._timer:
            self._timer.cancel()
        index = min(after_sequence, self.last_sequence)
        try:
            while True:
                changed = self._changed
                while index < len(self._events):
                    event = self._events[index]
                    index += 1
                    yield event
                if self.ended or self._unstored_end:
                    return
                await changed.wait()
        finally:
            self._followers -= 1
            if self._followers == 0:
                self._listen_for_silence()

    def cancel(self) -> None:
        """Calls the work off; the answer then ends as cancelled."""
        self.cancelled_by_reader = True
        if self.task:
            self.task.cancel()

    def _listen_for_silence(self) -> None:
        if not self.ended:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._unheard_seconds, self._nobody_listens)

    def _nobody_listens(self) -> None:
        if self._followers == 0 and not self.ended:
            self.cancel()

    def close(self) -> None:
        if self._timer:
            self._timer.cancel()
