"""`infinure ask` from its options to its exit code. What a run doesn't need isn't imported."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cli.ask import moments, targets, years
from cli.ask.exits import AskError, Exit, UsageProblem
from cli.ask.notices import Notices

if TYPE_CHECKING:
    from cli.ask.model import Settings
    from cli.ask.opening import Reach
    from cli.ask.screen import Screen

_MODEL_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Options:
    """As given on the command line; None is what wasn't given."""

    sql: bool = False
    as_json: bool = False
    explain: bool = False
    interactive: bool = False
    chart: bool | None = None
    rows: int | None = None
    bar: float | None = None
    timeout_seconds: float = 60.0
    time_zone: str | None = None
    now: str | None = None
    model: Path | None = None
    week_starts_on: str | None = None
    fiscal_year_starts_in: str | None = None
    delimiter: str = ""
    encoding: str = ""
    header: bool | None = None
    broken: str = "skip"
    sheet: str | None = None


def run(words: Sequence[str], options: Options) -> Exit:
    """Asks what the words ask. Everything that goes wrong is told here; nothing is raised."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    # Ending by signal is ending: workers and prepared files go.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: sys.exit(128 + received))
    debugging = os.environ.get("INFINURE_LOG_LEVEL", "").upper() == "DEBUG"
    # Log lines are for whoever debugs; what the asker is to know is said by notices.
    logging.basicConfig(handlers=[logging.StreamHandler() if debugging else logging.NullHandler()])
    notices = Notices(quiet=options.as_json)
    try:
        return _ask(words, options, notices, os.environ)
    except AskError as error:
        return _failed(error, options, notices)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:  # the reader has enough: `infinure ask … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.ANSWERED
    except Exception as error:
        if debugging:
            raise
        # Not its text: a library's may quote data.
        fault = AskError(
            f"A fault of Infinure's own: {type(error).__name__}.",
            "Please report it, with what INFINURE_LOG_LEVEL=DEBUG shows.",
        )
        return _failed(fault, options, notices)


def _failed(error: AskError, options: Options, notices: Notices) -> Exit:
    if options.as_json:
        from cli.ask.documents import failure

        print(json.dumps(failure(None, error.message, error.hint), ensure_ascii=False, indent=2))
    notices.error(error.message, error.hint)
    return error.code


def _ask(words: Sequence[str], options: Options, notices: Notices, environment: Mapping[str, str]) -> Exit:
    target, question = targets.parse(words)
    settings = _settings(options, environment)
    meaning = _model(options.model)
    begin = years.checked(options.week_starts_on, options.fiscal_year_starts_in)
    reach = _reach(target, options, environment)
    from cli.ask.held import held
    from cli.ask.opening import opened

    one_shot = question is not None and not options.interactive
    at_prompt = not one_shot and sys.stdin.isatty()
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        source = stack.enter_context(held(runner, opened(reach, meaning, notices, _now, begin)))
        from cli.ask.asking import Asking
        from cli.ask.session import Session, piped

        session = Session(
            runner, Asking(source, settings, _now), _screen(options, settings), notices,
            is_batch=not one_shot and not at_prompt,
        )  # fmt: skip
        if question is not None:
            session.ask(question)
            if one_shot and not options.as_json and sys.stdin.isatty() and sys.stdout.isatty():
                session.choose(input)
        if at_prompt:
            from cli.ask import listing, prompt

            notices.note(f"Ask about {source.name}, for example: {listing.example(source.catalog)}. /help says more.")
            with prompt.History(prompt.history_file()):
                session.run(prompt.typed())
            return Exit.ANSWERED
        if not one_shot:
            session.run(piped())
    return session.exit


def _settings(options: Options, environment: Mapping[str, str]) -> Settings:
    from cli.ask.model import Settings

    zone = moments.zone_named(options.time_zone, environment)
    return Settings(zone, moments.moment(options.now, zone), options.timeout_seconds, options.rows, options.bar)


def _model(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        with file.open("rb") as opened:
            content = opened.read(_MODEL_BYTES)
        return content.decode("utf-8-sig")
    except OSError:
        raise UsageProblem(f"The semantic model {file} can't be read.", "Check the path and its rights.") from None
    except UnicodeDecodeError:
        raise UsageProblem(f"The semantic model {file} is no text in UTF-8.", "Save it as UTF-8.") from None


def _reach(target: targets.Target, options: Options, environment: Mapping[str, str]) -> Reach:
    match target:
        case targets.Files(paths):
            from cli.ask.files import LocalFiles, reading_of

            reading = reading_of(
                delimiter=options.delimiter, encoding=options.encoding, header=options.header, broken=options.broken
            )
            return LocalFiles(paths, reading, options.sheet)
        case _:
            from cli.ask.databases import Database

            return Database(target, environment)


def _screen(options: Options, settings: Settings) -> Screen | None:
    if options.as_json:
        return None
    from cli.ask.screen import Out, Screen

    return Screen(Out(), settings, sql=options.sql, explain=options.explain, charts=options.chart)


def _now() -> datetime:
    return datetime.now(UTC)
