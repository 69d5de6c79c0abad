"""A question over the caller's catalogs, in the organization's own words: one source's reading, or several as good."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from services.ml_gateway.builtin import choosing
from services.ml_gateway.builtin.choosing import Read, Tied
from services.ml_gateway.builtin.indexes import Indexes, IndexKey, index_key
from services.ml_gateway.builtin.typed import typed
from services.ml_gateway.builtin.vouched import Vouched
from services.ml_gateway.engine import BAR, Index, Planned
from services.ml_gateway.engine.statements import is_query
from services.ml_gateway.engine.with_figure import with_figure
from services.ml_gateway.learning import choices
from services.ml_gateway.learning.matching import Matching, Moment
from services.ml_gateway.learning.model import NOTHING, Learned, SynonymKind
from services.ml_gateway.learning.words import words_key
from services.ml_gateway.model import KnownCatalog, Question

# What choosing a source is called among the options.
_SOURCE = "source:"


@dataclass(frozen=True)
class Reading:
    """Reads; nothing is run. bar: how likely right a reading must be, where the question doesn't say."""

    indexes: Indexes
    matching: Matching
    bar: float = BAR

    def bar_of(self, question: Question) -> float:
        """How likely right a reading of the question must be to be answered."""
        return self.bar if question.bar is None else question.bar

    async def read(
        self, question: Question, catalogs: Sequence[KnownCatalog], learned: Mapping[str, Learned]
    ) -> Read | Tied:
        reads = [await self.over(question, known, learned.get(known.source_id, NOTHING)) for known in catalogs]
        found = choosing.best(reads)
        return _chosen_before(question, found) if isinstance(found, Tied) else found

    async def over(self, question: Question, known: KnownCatalog, learned: Learned) -> Read:
        """The question over one source."""
        index = await self.indexes.get(known, learned)
        key = index_key(known, learned)
        return await asyncio.to_thread(self._read, question, known, index, key, learned)

    def _read(self, question: Question, known: KnownCatalog, index: Index, key: IndexKey, learned: Learned) -> Read:
        if question.may_write_sql and is_query(question.text):
            return Read(known, typed(question.text, index.catalog), question.text, learned)
        at, bar = Moment(question.now, question.time_zone), self.bar_of(question)
        earlier = _said(question.earlier(known.source_id), index, learned, at, bar)
        resolved = choices.read(
            question.text, index, learned, now=at.now, timezone=at.timezone, earlier=earlier, bar=bar
        )
        if isinstance(resolved.outcome, Planned) and resolved.outcome.follows:
            # What is vouched for is whole questions: the words of this one alone say something else, or nothing.
            told = with_figure(resolved.outcome, index, at.timezone)
            return Read(known, told, resolved.text, learned, resolved.uses, earlier=resolved.earlier)
        match = self.matching.find(question.text, at, resolved.outcome, index, key, learned)
        if match is None:
            told = with_figure(resolved.outcome, index, at.timezone)
            return Read(known, told, resolved.text, learned, resolved.uses)
        if match.planned is None:
            return Read(known, Vouched(match.answer), question.text, learned, (), match.answer)
        outcome = resolved.outcome
        if isinstance(outcome, Planned) and outcome.fingerprint == match.planned.fingerprint:
            told = with_figure(outcome, index, at.timezone)
            return Read(known, told, resolved.text, learned, resolved.uses, match.answer)
        # Its meanings count the characters of another question than was typed.
        unmarked = replace(match.planned, interpretation=replace(match.planned.interpretation, meanings=()))
        told = with_figure(unmarked, index, at.timezone)
        return Read(known, told, match.answer.read_question, learned, (), match.answer)


def _said(turns: Sequence[str], index: Index, learned: Learned, at: Moment, bar: float) -> tuple[str, ...]:
    """What was said earlier, with the choices that learned words made for the asker then."""
    if not learned.synonyms:
        return tuple(turns)
    said: tuple[str, ...] = ()
    for turn in turns:
        resolved = choices.read(turn, index, learned, now=at.now, timezone=at.timezone, earlier=said, bar=bar)
        said = (*said, *dict.fromkeys((turn, resolved.text)))
    return said


def which_source(source_id: str) -> str:
    """The id of the option that is a source."""
    return f"{_SOURCE}{source_id}"


def is_source(option_id: str) -> bool:
    """Whether the option is a source."""
    return option_id.startswith(_SOURCE)


def _chosen_before(question: Question, tied: Tied) -> Read | Tied:
    """The source that somebody chose for this very question."""
    for read in tied.reads:
        for synonym in read.learned.by_words.get(words_key(question.text), ()):
            target = synonym.target
            if target.kind is SynonymKind.CHOICE and target.choice == which_source(read.known.source_id):
                return replace(read, uses=(synonym, *read.uses))
    return tied
