"""`infinure evaluate` from its options to its exit code. What a run that ends early doesn't need isn't imported."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cli.ask.exits import AskError, Exit, UsageProblem
from cli.ask.notices import Notices, Progress
from cli.evaluate import lines, report
from cli.evaluate.folder import Folder
from cli.evaluate.model import Gold, Id, Question
from cli.evaluate.writing import detailed, line_of, writer

if TYPE_CHECKING:
    from cli.evaluate.running import Ran


@dataclass(frozen=True, slots=True)
class Options:
    """As given on the command line; None is what wasn't given."""

    questions: Path
    databases: Path
    out: Path
    now: str | None = None
    workers: int | None = None
    gold: Path | None = None
    details: bool = False
    bar: float | None = None


def evaluate(options: Options) -> Exit:
    """Runs the questions. Everything that goes wrong is told here; nothing is raised."""
    ended_by: list[int] = []

    def end(number: int, _: object) -> None:
        ended_by.append(number)
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    debugging = os.environ.get("INFINURE_LOG_LEVEL", "").upper() == "DEBUG"
    logging.basicConfig(handlers=[logging.StreamHandler() if debugging else logging.NullHandler()])
    notices = Notices()
    try:
        _evaluate(options, notices, os.environ)
    except AskError as error:
        notices.error(error.message, error.hint)
        return error.code
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:  # the reader of the report has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.ANSWERED
    except Exception as error:
        if ended_by:  # where the exit came amid the making of a class, Python wraps it
            sys.exit(128 + ended_by[0])
        if debugging:
            raise
        notices.error(
            f"A fault of Infinure's own: {type(error).__name__}.",
            "Please report it, with what INFINURE_LOG_LEVEL=DEBUG shows.",
        )
        return Exit.FAILED
    return Exit.ANSWERED


def _evaluate(options: Options, notices: Notices, environment: Mapping[str, str]) -> None:
    questions = lines.read_questions(options.questions)
    gold = lines.read_gold(options.gold) if options.gold else {}
    folder = Folder(options.databases)
    for question in questions:
        folder.file(question.db_path)  # before anything is read
    now = _moment(options.now) or datetime.now(UTC)
    with writer(options.out) as write:
        with notices.progress("Evaluating") as progress:
            ran = _ran(options, questions, gold, folder, now, environment, progress)
        write(detailed(one, ran.verdicts.get(one.id)) if options.details else line_of(one) for one in ran.predictions)
    for text in report.lines(ran, gold):
        print(text)


def _ran(
    options: Options,
    questions: Sequence[Question],
    gold: Mapping[Id, Gold],
    folder: Folder,
    now: datetime,
    environment: Mapping[str, str],
    progress: Progress,
) -> Ran:
    from cli.evaluate import engines
    from cli.evaluate.running import Run, run

    names = replace(engines.chosen(environment), bar=options.bar)
    engines.loaded(names)
    workers = options.workers or len(os.sched_getaffinity(0))
    ended = 0

    def done(count: int) -> None:
        nonlocal ended
        ended += count
        progress(f"{ended:,} of {len(questions):,} questions", ended / len(questions))

    return asyncio.run(run(Run(questions, folder, now, workers, names, gold), done))


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return lines.moment(text)
    except ValueError:
        raise UsageProblem(
            f"--now isn't a date: {text[:60]}", "Write it like 2026-02-10 or 2026-02-10T12:00."
        ) from None
