"""The built-in engine as an AnswerEngine: catalogs → readings → the best source's plan → its query → the events."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from infinure.ml_gateway.v1 import answer_event_pb2 as events
from infinure.ml_gateway.v1.receipt_pb2 import OUTCOME_CLARIFICATION, OUTCOME_REFUSED, Receipt

from meshkit.errors import MeshError
from services.ml_gateway.builtin import choosing, learned_messages, leaving_out, messages, receipts, refusals, telling
from services.ml_gateway.builtin.choosing import Read, Tied
from services.ml_gateway.builtin.reading import Reading, which_source
from services.ml_gateway.builtin.remembering import Remembering
from services.ml_gateway.builtin.sealing import Seal
from services.ml_gateway.builtin.typed import Typed
from services.ml_gateway.builtin.vouched import Vouched, Written
from services.ml_gateway.engine import NeedsClarification, Planned, Refused
from services.ml_gateway.errors import EngineFailed
from services.ml_gateway.model import EngineEvent, KnownCatalog, Question
from services.ml_gateway.ports import Data

log = logging.getLogger(__name__)

Events = AsyncGenerator[EngineEvent, None]

# Catalogs fetched at the same time for one question.
AT_ONCE = 8
# What the boundary says of SQL that the engine should not have written.
_OURS = frozenset({"QUERY_CONSTRUCT_REFUSED", "QUERY_NOT_UNDERSTOOD", "QUERY_RELATION_UNKNOWN"})


class _Outdated(Exception):
    """The catalog changed between reading it and running the query."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question, the catalogs that may answer it, and whether the source was the engine's choice."""

    question: Question
    catalogs: Sequence[KnownCatalog]
    chosen_freely: bool


class BuiltinEngine:
    """Needs no key, no network and no model: the same question over the same catalog has the same plan."""

    def __init__(self, version: str, reading: Reading, remembering: Remembering, seal: Seal) -> None:
        self._version = version
        self._reading = reading
        self._remembering = remembering
        self._seal = seal

    async def answer(self, question: Question, data: Data) -> Events:
        try:
            async with aclosing(self._attempt(question, data)) as said:
                async for event in said:
                    yield event
            return
        except _Outdated:
            log.info("the catalog changed while a question was read")
        # Once more over the catalog as it is now; what was said of the old one is replaced by what follows.
        async with aclosing(self._attempt(question, data, last=True)) as said:
            async for event in said:
                yield event

    async def _attempt(self, question: Question, data: Data, last: bool = False) -> Events:
        yield events.Status(stage=events.STAGE_READING_CATALOG, text="Looking at your data")
        receipt = receipts.begun(question, self._version, self._reading.bar_of(question))
        asked = await self._catalogs(question, data)
        if isinstance(asked, events.Refusal):
            yield asked
            await self._remembering.refused(question)
            yield receipts.ended(receipt, OUTCOME_REFUSED)
            return
        yield events.Status(stage=events.STAGE_UNDERSTANDING, text="Understanding the question")
        began = time.perf_counter()
        learned = await self._remembering.learned(asked.question, asked.catalogs)
        found = await self._reading.read(asked.question, asked.catalogs, learned)
        if isinstance(found, Tied):
            yield _which_source(asked.question, found)
            yield receipts.ended(receipt, OUTCOME_CLARIFICATION)
            return
        receipts.read_from(receipt, found, time.perf_counter() - began)
        async with aclosing(self._told(found, asked, receipt, data, last)) as said:
            async for event in said:
                yield event

    async def _catalogs(self, question: Question, data: Data) -> _Asked | events.Refusal:
        if question.source_id:
            return _Asked(question, [await data.catalog(question.source_id)], chosen_freely=False)
        sources = await data.sources()
        ready = [source for source in sources if source.ready]
        question = replace(question, turns=tuple(choosing.unnamed(turn, ready) for turn in question.turns))
        text, source = choosing.named(question.text, ready)
        if source is not None:
            return _Asked(replace(question, text=text), [await data.catalog(source.id)], len(ready) > 1)
        catalogs = await _all_catalogs([source.id for source in ready], data)
        return _Asked(question, catalogs, len(catalogs) > 1) if catalogs else refusals.no_source(sources)

    async def _told(self, read: Read, asked: _Asked, receipt: Receipt, data: Data, last: bool) -> Events:
        outcome = read.outcome
        match outcome:
            case Refused():
                yield messages.refusal(outcome, await self._suggestions(asked.question, read.known, outcome))
                await self._remembering.refused(asked.question, read.known.source_id)
                yield receipts.ended(receipt, OUTCOME_REFUSED)
            case NeedsClarification():
                words = asked.question.text[outcome.start : outcome.end]
                yield messages.clarification(_naming_source(outcome, asked, read.known), words)
                yield receipts.ended(receipt, OUTCOME_CLARIFICATION)
            case Planned() | Vouched() | Typed():
                async with aclosing(self._queried(outcome, read, asked, receipt, data, last)) as said:
                    async for event in said:
                        yield event

    async def _queried(
        self, planned: Planned | Written, read: Read, asked: _Asked, receipt: Receipt, data: Data, last: bool
    ) -> Events:
        known, question = read.known, asked.question
        receipts.planned(receipt, read, planned)
        yield learned_messages.note(telling.interpretation(planned, known), read, question.time_zone)
        yield telling.query(planned, known)
        yield events.Status(stage=events.STAGE_QUERYING, text=f"Asking {known.catalog.source_name}")
        index = await self._reading.indexes.get(known, read.learned)
        try:
            async with leaving_out.counting(planned, index, known.source_id, question.time_zone, data) as tasks:
                result = await data.query(known.source_id, planned.sql, question.time_zone)
                notices = await leaving_out.notices(planned, tasks, index)
        except MeshError as error:
            refusal = await self._refused(error, planned, question, known, data, last)
            yield refusal
            await self._remembering.refused(question, known.source_id)
            yield receipts.ended(receipt, OUTCOME_REFUSED)
            return
        rows = telling.rows(planned, result)
        rows.notices.extend(notices)
        yield rows
        completed = receipts.answered(
            receipt, result, known.catalog, self._seal.of(planned.fingerprint, planned.sql, result.sql)
        )
        if not receipts.is_empty(result):
            yield telling.chart(planned, result)
        await self._remembering.answered(question, read, index.catalog)
        yield completed

    async def _refused(
        self,
        error: MeshError,
        planned: Planned | Written,
        question: Question,
        known: KnownCatalog,
        data: Data,
        last: bool,
    ) -> events.Refusal:
        """A refusal, where the boundary's is one to the asker; raises the failure that any other is."""
        if error.reason == "QUERY_NOT_PERMITTED":
            return refusals.not_permitted(error.message, await self._suggestions(question, known))
        if error.reason == "QUERY_TOO_COMPLEX":
            return refusals.too_complex()
        if error.reason not in _OURS:
            raise error
        if isinstance(planned, Vouched):
            return refusals.outdated_verified()
        if isinstance(planned, Typed):
            return refusals.typed(error.message)
        if error.reason == "QUERY_RELATION_UNKNOWN" and not last:
            now = await data.catalog(known.source_id)
            if now.version != known.version:
                raise _Outdated from error
        # Not the SQL and not the boundary's text: both hold names of the tenant's.
        noted = {"reason": error.reason, "refusal": error.metadata.get("refusal", ""), "plan": planned.fingerprint}
        log.error("the boundary refused the engine's own query", extra=noted)
        raise EngineFailed("its query was refused by the query boundary") from None

    async def _suggestions(self, question: Question, known: KnownCatalog, refused: Refused | None = None) -> list[str]:
        index = await self._reading.indexes.get(known)
        return await asyncio.to_thread(refusals.suggestions, question, known, index, refused, self._reading.bar)


async def _all_catalogs(source_ids: Sequence[str], data: Data) -> list[KnownCatalog]:
    """In the sources' order; a source removed in the meantime is left out."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def fetch(source_id: str) -> KnownCatalog | None:
        async with turns:
            try:
                return await data.catalog(source_id)
            except MeshError as error:
                if error.reason != "SOURCE_NOT_FOUND":
                    raise
                return None

    if len(source_ids) == 1:
        fetched = [await fetch(source_ids[0])]
    else:
        fetched = await asyncio.gather(*(fetch(source_id) for source_id in source_ids))
    return [known for known in fetched if known is not None]


def _which_source(question: Question, tied: Tied) -> events.Clarification:
    options = [
        events.ClarificationOption(
            label=read.known.catalog.source_name,
            question=choosing.naming(question.text, read.known.catalog.source_name),
            id=which_source(read.known.source_id),
        )
        for read in tied.reads
    ]
    return events.Clarification(question="Which data source do you mean?", options=options)


def _naming_source(asked_back: NeedsClarification, asked: _Asked, known: KnownCatalog) -> NeedsClarification:
    """Options that keep the source which the engine chose; without its name, another's reading might win next time."""
    if not asked.chosen_freely:
        return asked_back
    name = known.catalog.source_name
    options = (replace(one, question=choosing.naming(one.question, name)) for one in asked_back.options)
    return replace(asked_back, options=tuple(options))
