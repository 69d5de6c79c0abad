"""Asks the engine every question and compares what it answers with what is right."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cli.evaluate.conversation import Conversation
from cli.evaluate.engines import Engine, EngineNames, loaded
from services.ml_gateway.engine import Index, NeedsClarification, Outcome, Planned
from services.ml_gateway.engine.glossary import with_definitions
from services.ml_gateway.engine.model import Catalog
from tests.business.databases import DATABASES, catalog_of, file_of
from tests.business.matching import Rows, is_ordered, same
from tests.business.questions import Question

_STEPS_BETWEEN_LOOKS, _SECONDS = 100_000, 20.0


class Verdict(StrEnum):
    """What came of a question. Those that must not be answered are right when they weren't."""

    RIGHT = "right"
    WRONG = "wrong"
    DECLINED = "declined"  # has an answer, but none was given
    SPARED = "spared"  # has none, and none was given
    UNHELPFUL = "unhelpful"  # has none, and none was given, but not in the way that was expected


@dataclass(frozen=True, slots=True)
class Measured:
    question: Question
    verdict: Verdict
    sql: str
    confidence: float
    said: str

    @property
    def good(self) -> bool:
        return self.verdict in (Verdict.RIGHT, Verdict.SPARED)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database that can be asked, of an engine, and queried."""

    path: Path
    catalog: Catalog
    index: Index
    engine: Engine

    def ask(self, question: Question) -> Outcome:
        """As `infinure evaluate` asks: in its dialog, and with what the asker says along."""
        told = with_definitions(self.catalog, question.instructions) if question.instructions else self.catalog
        index = self.index if told is self.catalog else self.engine.prepare(told)
        conversation = Conversation(self.engine.plan, index, question.now, question.instructions)
        for earlier in question.history:
            conversation.heard(earlier)
        return conversation.ask(question.text)


def prepared(name: str, folder: Path, engine: EngineNames | None = None) -> Prepared:
    """A database, made in `folder` where it isn't there yet."""
    path = file_of(DATABASES[name], folder)
    catalog, asked = asyncio.run(catalog_of(DATABASES[name], path)), loaded(engine or EngineNames())
    return Prepared(path, catalog, asked.prepare(catalog), asked)


def measure(asked: Sequence[Question], databases: Mapping[str, Prepared]) -> Iterator[Measured]:
    for question in asked:
        database = databases[question.database]
        outcome = database.ask(question)
        if isinstance(outcome, Planned):
            verdict = Verdict.RIGHT if _is_right(question, outcome.sql, database.path) else Verdict.WRONG
            yield Measured(question, verdict, outcome.sql, outcome.confidence, outcome.title)
        else:
            yield Measured(question, _unanswered(question, outcome), "", 0.0, outcome.message)


def rows_of(path: Path, sql: str) -> Rows:
    """Raises sqlite3.Error, among them for what takes too long."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    end = time.monotonic() + _SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN_LOOKS)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def _is_right(question: Question, sql: str, path: Path) -> bool:
    found = rows_of(path, sql)
    return any(same(found, rows_of(path, gold), ordered=is_ordered(gold)) for gold in question.gold)


def _unanswered(question: Question, outcome: Outcome) -> Verdict:
    asked_back = isinstance(outcome, NeedsClarification)
    if ("clarify" if asked_back else "refuse") in question.expect:
        named = _names_options(question, outcome)
        return Verdict.SPARED if named else Verdict.UNHELPFUL
    return Verdict.DECLINED if question.gold else Verdict.UNHELPFUL


def _names_options(question: Question, outcome: Outcome) -> bool:
    if not isinstance(outcome, NeedsClarification):
        return True
    offered = [f"{option.label} {option.question}".lower() for option in outcome.options]
    return all(any(word.lower() in one for one in offered) for word in question.options)
