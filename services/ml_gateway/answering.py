"""Use case: one question, answered by the engine of the asker's organization, as numbered events."""

import logging
import traceback
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from infinure.error.v1.access_pb2 import PERMISSION_MANAGE_SOURCES
from infinure.ml_gateway.v1.answer_event_pb2 import AnswerEvent, Failed

from meshkit.errors import MeshError, to_status
from meshkit.identity import Caller, caller
from services.ml_gateway.errors import EngineFailed, UnknownTimeZone
from services.ml_gateway.model import Choice, EngineEvent, Question, Turn
from services.ml_gateway.ports import Data
from services.ml_gateway.routing import Route

log = logging.getLogger(__name__)

_FIELDS = {
    field.message_type.full_name: field.name
    for field in AnswerEvent.DESCRIPTOR.oneofs_by_name["event"].fields
    if field.message_type
}


@dataclass(frozen=True)
class Answering:
    """Numbers what the engine says, and sees to it that an answer ends with exactly one completed or failed."""

    data: Data
    route: Route
    clock: Callable[[], datetime]

    async def answer(
        self,
        text: str,
        source_id: str,
        time_zone: str,
        answer_id: UUID | None = None,
        choice: Choice | None = None,
        turns: Sequence[Turn] = (),
    ) -> AsyncGenerator[AnswerEvent, None]:
        """Events from 1. A failure is the last event; nothing is raised but the caller's own cancellation."""
        sequence = 0
        completed = False
        failure: MeshError
        try:
            asker = caller()
            question = Question(
                text, source_id, known_zone(time_zone), self.clock(), answer_id, choice, turns=turns,
                may_write_sql=may_write_sql(asker),
            )  # fmt: skip
            engine = self.route(asker.organization_id)
            async with aclosing(engine.answer(question, self.data)) as said:
                async for one in said:
                    sequence += 1
                    event = _event(sequence, one)
                    completed = event.HasField("completed")
                    yield event
                    if completed:
                        return
            failure = EngineFailed("it ended without an answer")
        except MeshError as error:
            failure = error
        except Exception as error:
            # Where, and of which kind, but not what it says: that may quote the question or the data.
            where = traceback.format_tb(error.__traceback__)
            log.error("an answer failed by a defect", extra={"kind": type(error).__name__, "trace": "".join(where)})
            failure = EngineFailed("it broke off")
        yield AnswerEvent(sequence=sequence + 1, failed=Failed(status=to_status(failure)))


def _event(sequence: int, said: EngineEvent) -> AnswerEvent:
    fields: dict[str, Any] = {_FIELDS[said.DESCRIPTOR.full_name]: said}
    return AnswerEvent(sequence=sequence, **fields)


def may_write_sql(asker: Caller) -> bool:
    """Analysts, and who manages sources anyway. What they may see is the boundary's to say, whoever wrote the query."""
    return asker.role == "analyst" or PERMISSION_MANAGE_SOURCES in asker.permissions


def known_zone(time_zone: str) -> str:
    """Raises UnknownTimeZone."""
    try:
        return ZoneInfo(time_zone or "UTC").key
    except (KeyError, ValueError, OSError) as error:
        raise UnknownTimeZone from error
