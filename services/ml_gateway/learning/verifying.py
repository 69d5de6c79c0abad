"""Use case: answers that people vouch for, listed, added, edited, forgotten."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from infinure.ml_gateway.v1.receipt_pb2 import Receipt

from meshkit.identity import Caller
from meshkit.ids import new_id
from services.ml_gateway.answering import known_zone
from services.ml_gateway.builtin.typed import Typed
from services.ml_gateway.engine import Planned
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.errors import (
    FieldWrong,
    QueryNotUnderstood,
    QueryRelationUnknown,
    ReceiptNotReplayable,
    VerifiedAnswerExists,
)
from services.ml_gateway.learning.checking import Checked, DoesNotFit, NotAQuery, check
from services.ml_gateway.learning.matching import table_name
from services.ml_gateway.learning.model import Page, VerifiedAnswer
from services.ml_gateway.learning.ports import VerifiedAnswers
from services.ml_gateway.learning.seeing import Seeing, Seen
from services.ml_gateway.learning.words import figures, is_relative, question_key
from services.ml_gateway.ports import Data
from services.ml_gateway.replaying import Replaying

Told = tuple[VerifiedAnswer, Seen]


@dataclass(frozen=True)
class Verifying:
    """Everything is the caller's organization's; queries run as the caller."""

    store: VerifiedAnswers
    seeing: Seeing
    data: Data
    replaying: Replaying
    clock: Callable[[], datetime]

    async def list(self, caller: Caller, source_id: UUID | None, page: Page) -> Sequence[Told]:
        found = await self.store.list(caller.organization_id, source_id, page)
        catalogs = await self.seeing.catalogs(one.source_id for one in found)
        return await asyncio.to_thread(
            lambda: [(one, self.seeing.answer(one, catalogs.get(one.source_id), caller)) for one in found]
        )

    async def get(self, caller: Caller, answer_id: UUID) -> Told:
        """Raises VerifiedAnswerNotFound."""
        found = await self.store.get(caller.organization_id, answer_id)
        catalogs = await self.seeing.catalogs([found.source_id])
        return found, self.seeing.answer(found, catalogs.get(found.source_id), caller)

    async def verify(self, caller: Caller, receipt: Receipt, question: str, source_id: str) -> Told:
        """Vouch for an answer as its receipt tells it; `question`, if given, is how people ask for it.

        Raises ReceiptNotReplayable, SourceNotFound, FieldWrong, VerifiedAnswerExists, LearningLimitReached.
        """
        if source_id and source_id != receipt.source_id:
            raise FieldWrong("source_id", "must be the receipt's")
        if receipt.earlier:
            raise ReceiptNotReplayable(
                "the question leans on those before it: ask it as a whole one and vouch for that"
            )
        replayed = await self.replaying.replay(receipt)
        if not replayed.identical:
            raise ReceiptNotReplayable(replayed.text)
        plan, read = replayed.plan, replayed.read.text
        if isinstance(plan, Typed):
            raise ReceiptNotReplayable("it is SQL that was typed: write it as the verified query of a question")
        if not isinstance(plan, Planned):
            raise VerifiedAnswerExists
        asked = question.strip() or read
        _asks(asked)
        _same_figures(asked, read)
        now = self.clock()
        made = VerifiedAnswer(
            id=new_id(now),
            source_id=UUID(replayed.known.source_id),
            question=asked,
            read_question=read,
            sql=plan.sql,
            summary=plan.interpretation.summary,
            is_correction=False,
            is_relative=is_relative(read),
            fingerprint=plan.fingerprint,
            tables=tuple(sorted(map(table_name, plan.tables))),
            reference_time=receipt.reference_time.ToDatetime(tzinfo=UTC),
            time_zone=receipt.time_zone or "UTC",
            user_id=caller.user_id,
            create_time=now,
            update_time=now,
            catalog_version=replayed.known.version,
        )
        return await self._added(caller, made)

    async def write(self, caller: Caller, source_id: str, question: str, sql: str, time_zone: str) -> Told:
        """Vouch for a query of one's own. It runs once, so that it is known to.

        Raises SourceNotFound, FieldWrong, QueryNotUnderstood, QueryRelationUnknown, VerifiedAnswerExists,
        LearningLimitReached, and what querying raises.
        """
        _asks(question)
        if not source_id:
            raise FieldWrong("source_id", "must not be empty")
        known = await self.data.catalog(source_id)
        catalog = await self.seeing.catalog(UUID(source_id))
        checked = await self._checked(source_id, question, sql, known_zone(time_zone), catalog)
        now = self.clock()
        made = VerifiedAnswer(
            id=new_id(now),
            source_id=UUID(source_id),
            question=question.strip(),
            read_question=question.strip(),
            sql=sql,
            summary="",
            is_correction=True,
            is_relative=False,  # or it would have been refused
            fingerprint=_fingerprint(sql, catalog),
            tables=checked.tables,
            reference_time=now,
            time_zone=time_zone or "UTC",
            user_id=caller.user_id,
            create_time=now,
            update_time=now,
            catalog_version=known.version,
        )
        return await self._added(caller, made)

    async def change(
        self, caller: Caller, answer_id: UUID, question: str | None, sql: str | None, weight: float | None
    ) -> Told:
        """Raises VerifiedAnswerNotFound; otherwise as write."""
        before = await self.store.get(caller.organization_id, answer_id)
        source_id = str(before.source_id)
        catalog = await self.seeing.catalog(before.source_id)
        asked = question.strip() if question is not None else before.question
        _asks(asked)
        made = replace(before, question=asked, update_time=self.clock(), user_id=caller.user_id)
        if sql is not None or (before.is_correction and question is not None):
            query = sql if sql is not None else before.sql
            checked = await self._checked(source_id, asked, query, before.time_zone, catalog)
            known = await self.data.catalog(source_id)
            made = replace(
                made,
                read_question=asked,
                sql=query,
                summary="",
                is_correction=True,
                is_relative=False,
                fingerprint=_fingerprint(query, catalog),
                tables=checked.tables,
                catalog_version=known.version,
            )
        elif question is not None:
            _same_figures(asked, before.read_question)
        if weight is not None:
            made = replace(made, weight=weight)
        await self.store.replace(caller.organization_id, made, new_weight=weight is not None)
        return made, self.seeing.answer(made, catalog, caller)

    async def delete(self, caller: Caller, answer_id: UUID) -> None:
        """Raises VerifiedAnswerNotFound."""
        await self.store.delete(caller.organization_id, answer_id)

    async def _added(self, caller: Caller, made: VerifiedAnswer) -> Told:
        await self.store.add(caller.organization_id, made)
        catalog = await self.seeing.catalog(made.source_id)
        return made, self.seeing.answer(made, catalog, caller)

    async def _checked(self, source_id: str, question: str, sql: str, time_zone: str, catalog: Catalog) -> Checked:
        try:
            checked = await asyncio.to_thread(check, sql, catalog)
        except NotAQuery as error:
            raise QueryNotUnderstood from error
        except DoesNotFit as error:
            raise QueryRelationUnknown from error
        if is_relative(question) and not checked.reads_clock:
            raise FieldWrong(
                "sql", "must count time from the moment it runs (CURRENT_DATE or the like), as the question does"
            )
        await self.data.query(source_id, sql, time_zone)
        return checked


def _asks(question: str) -> None:
    if not question_key(question):
        raise FieldWrong("question", "must ask for something")


def _same_figures(asked: str, read: str) -> None:
    """How people ask and what was read must not differ in a number, a date, or in what time is counted from."""
    if figures(asked) != figures(read):
        raise FieldWrong("question", "must have the same numbers, dates and periods as the question that was read")


def _fingerprint(sql: str, catalog: Catalog) -> str:
    return hashlib.sha256(f"{catalog.dialect}\n{sql}".encode()).hexdigest()[:32]
