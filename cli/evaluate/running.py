"""A whole run: each database is read once, its questions are planned in processes, what they end in is judged."""

from __future__ import annotations

import asyncio
import math
import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cli.ask.exits import AskError
from cli.evaluate.databases import Unreadable, catalog_of
from cli.evaluate.engines import EngineNames
from cli.evaluate.folder import Folder
from cli.evaluate.model import DATABASE_UNREADABLE, Gold, Id, Kind, Planned, Prediction, Question, Timings, Verdict
from cli.evaluate.planning import begin, plan_questions
from cli.evaluate.scoring import Judge, judged_without_rows
from services.integration.workers import Workers, WorkersUnavailable

WORK = ("services.integration.executors.sqlite_work", "cli.evaluate.scoring_work")
# Fewer questions than these aren't worth a second index.
_AT_LEAST = 100
# Databases that are being read, planned or judged at the same time, for each process.
_OPEN = 2


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be done. now: for questions that say none."""

    questions: Sequence[Question]
    folder: Folder
    now: datetime
    workers: int
    engine: EngineNames
    gold: Mapping[Id, Gold] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of it: predictions in the order of the questions, verdicts by id."""

    predictions: Sequence[Prediction]
    verdicts: Mapping[Id, Verdict]
    timings: Timings


async def run(work: Run, done: Callable[[int], None]) -> Ran:
    """`done` hears of each so many questions that have ended. Raises AskError where nothing can be run at all."""
    began = time.perf_counter()
    try:
        with _processes(work.workers) as pool:
            async with Workers.open(warm=work.workers, at_once=4 * work.workers, modules=WORK) as workers:
                parts = await _parts(work, pool, workers, done)
    except WorkersUnavailable as error:
        raise AskError(f"Databases can't be read safely here: {error}.", "Run it where they can be confined.") from None
    except BrokenProcessPool:
        raise AskError("A process that plans questions ended.", "There may be too little memory.") from None
    found = {one.id: one for part in parts for one in part.predictions}
    verdicts = {id: verdict for part in parts for id, verdict in part.verdicts.items()}
    timings = Timings(
        planning=[one.latency_ms for one in found.values() if one.reason != DATABASE_UNREADABLE],
        index=[took for part in parts for took in part.index_ms],
        catalog=[part.catalog_ms for part in parts if part.catalog_ms],
        whole_seconds=time.perf_counter() - began,
    )
    return Ran([found[question.id] for question in work.questions], verdicts, timings)


@dataclass(frozen=True, slots=True)
class _Part:
    """What came of one database's questions."""

    predictions: Sequence[Prediction]
    verdicts: Mapping[Id, Verdict]
    index_ms: Sequence[float] = ()
    catalog_ms: float = 0.0


async def _parts(work: Run, pool: ProcessPoolExecutor, workers: Workers, done: Callable[[int], None]) -> list[_Part]:
    files: dict[Path, list[Question]] = {}
    for question in work.questions:
        files.setdefault(work.folder.file(question.db_path), []).append(question)
    turns = asyncio.Semaphore(_OPEN * work.workers)

    async def part(path: Path, questions: Sequence[Question]) -> _Part:
        async with turns:
            found = await _part(path, questions, work, pool, workers)
        done(len(questions))
        return found

    # Those with most questions first: none is left to one process at the end.
    ordered = sorted(files.items(), key=lambda item: -len(item[1]))
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(part(path, questions)) for path, questions in ordered]
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]


async def _part(
    path: Path, questions: Sequence[Question], work: Run, pool: ProcessPoolExecutor, workers: Workers
) -> _Part:
    began = time.perf_counter()
    try:
        catalog = await catalog_of(path, workers)
    except Unreadable as error:
        return _unreadable(questions, str(error), work.gold)
    catalog_ms = (time.perf_counter() - began) * 1000
    loop = asyncio.get_running_loop()
    size = max(_AT_LEAST, math.ceil(len(questions) / work.workers))
    planned: list[Planned] = await asyncio.gather(
        *(
            loop.run_in_executor(pool, plan_questions, work.engine, catalog, questions[start : start + size], work.now)
            for start in range(0, len(questions), size)
        )
    )
    predictions = [one for part in planned for one in part.predictions]
    judge = Judge(workers, path.resolve())
    verdicts = await judge.verdicts(predictions, work.gold, _moments(questions, work)) if work.gold else {}
    return _Part(predictions, verdicts, [took for part in planned for took in part.index_ms], catalog_ms)


def _moments(questions: Sequence[Question], work: Run) -> dict[Id, str]:
    """When each question is asked, as SQLite writes it."""
    moments = ((question.id, (question.now or work.now).astimezone(UTC)) for question in questions)
    return {id: moment.strftime("%Y-%m-%d %H:%M:%S") for id, moment in moments}


def _unreadable(questions: Sequence[Question], why: str, gold: Mapping[Id, Gold]) -> _Part:
    predictions = [
        Prediction(question.id, Kind.REFUSE, reason=DATABASE_UNREADABLE, message=f"{question.db_path}: {why}")
        for question in questions
    ]
    verdicts = {
        one.id: verdict
        for one in predictions
        if one.id in gold and (verdict := judged_without_rows(one, gold[one.id])) is not None
    }
    return _Part(predictions, verdicts)


@contextmanager
def _processes(count: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that plan; when the block ends early they end at once, whatever they are at."""
    # Spawned: this process has threads and an event loop, which a fork would copy halfway.
    pool = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=begin)
    try:
        yield pool
    except BaseException:
        for process in list((pool._processes or {}).values()):
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
