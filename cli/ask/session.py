"""Questions one after another over a source that was opened once: typed at a prompt, or a line each from a pipe."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Iterator

from cli.ask import listing
from cli.ask.asking import Asking
from cli.ask.documents import document, failure
from cli.ask.exits import AskError, Exit
from cli.ask.model import Answered, Told
from cli.ask.notices import Notices
from cli.ask.plain import plain
from cli.ask.screen import Screen
from services.ml_gateway.engine import NeedsClarification, Refused

HELP = """\
Ask a question, for example: {example}
  /tables    what there is to ask about
  /sql       the SQL of the last answer
  /explain   which words meant what in the last question, and the receipt
  /quit      leave (or Ctrl-D)
  /new       forget what was asked: the next question is about something else
A question may lean on the one before: "only the top 3", "and in Oslo?", "show their names too".
After a question back, its number or its words are an answer. Ctrl-C stops a question that takes too long."""


_LEANT_ON = 20  # what was said longer ago is forgotten


class Session:
    """Asks, shows, and remembers the last outcome and the worst one."""

    def __init__(
        self, runner: asyncio.Runner, asking: Asking, screen: Screen | None, notices: Notices, *, is_batch: bool
    ) -> None:
        """screen: None for JSON documents. is_batch: several outcomes go to a file or pipe, not to a person."""
        self._runner = runner
        self._asking = asking
        self._screen = screen
        self._notices = notices
        self._is_batch = is_batch
        self._last: Told | None = None
        self._said: list[str] = []
        self.exit = Exit.ANSWERED

    def ask(self, question: str) -> None:
        """One question to its end; what goes wrong is told. KeyboardInterrupt has ended the query when it arrives."""
        try:
            told = self._runner.run(self._asking.ask(question, self._said[-_LEANT_ON:]))
        except AskError as error:
            self._failed(question, error)
            return
        self._said.append(question)
        self._last = told
        self._note(exit_of(told))
        if self._screen is None:
            written = document(told, self._asking.opened, self._asking.settings)
            print(json.dumps(written, ensure_ascii=False, indent=None if self._is_batch else 2), flush=True)
        else:
            self._screen.show(told, self._asking.opened)

    def choose(self, ask_for: Callable[[str], str]) -> None:
        """While the outcome is a question back: asks which was meant, and asks that. An empty line leaves it open."""
        while self._last and isinstance(self._last.outcome, NeedsClarification):
            options = self._last.outcome.options
            answer = ask_for(f"Which one? 1-{len(options)}, Enter to leave: ").strip()
            if not answer:
                return
            chosen = self._option(answer)
            if chosen:
                self.exit = Exit.ANSWERED
                self.ask(chosen)

    def run(self, lines: Iterator[str]) -> None:
        """Lines until they end or /quit. At a prompt Ctrl-C ends what a line asks for; in a pipe, everything."""
        for line in lines:
            text = line.strip()
            if text in ("/quit", "/exit", "/q"):
                return
            if not text:
                continue
            try:
                self._followed(text)
            except KeyboardInterrupt:
                if self._is_batch:
                    raise
                self._notices.note("Stopped.")

    def _followed(self, text: str) -> None:
        if text.startswith("/"):
            self._command(text)
        else:
            question = self._option(text) or text
            if self._is_batch and self._screen is not None:
                print(f"> {plain(question)}", flush=True)
            self.ask(question)
        if self._screen is not None:
            print(flush=True)

    def _option(self, text: str) -> str | None:
        """The question behind an option's number, after a question back."""
        outcome = self._last.outcome if self._last else None
        if isinstance(outcome, NeedsClarification) and text.isdecimal() and 1 <= int(text) <= len(outcome.options):
            return outcome.options[int(text) - 1].question
        return None

    def _command(self, text: str) -> None:
        opened = self._asking.opened
        screen = self._screen
        if text == "/new":
            self._said.clear()
            self._last = None
        elif screen is None:
            self._notices.note(f"{text} isn't for --json.")
        elif text == "/tables":
            screen.print(listing.tables(opened.catalog))
        elif text in ("/sql", "/explain"):
            last = self._last
            if last is None or not isinstance(last.outcome, Answered):
                self._notices.note("There is no answer yet to show that of.")
            elif text == "/sql":
                screen.sql(last.outcome, opened)
            else:
                screen.explain(last, opened)
        else:
            if text != "/help":
                self._notices.note(f"Nothing is known of {text[:40]}.")
            screen.print(HELP.format(example=listing.example(opened.catalog)))

    def _failed(self, question: str, error: AskError) -> None:
        self._note(error.code)
        if self._screen is None:
            print(json.dumps(failure(question, error.message, error.hint), ensure_ascii=False), flush=True)
        self._notices.error(error.message, error.hint)

    def _note(self, code: Exit) -> None:
        """The worst is kept: failed, then no answer, then a question back."""
        order = (Exit.ANSWERED, Exit.CLARIFICATION, Exit.NO_ANSWER, Exit.FAILED)
        self.exit = max(self.exit, code, key=lambda one: order.index(one) if one in order else len(order))


def exit_of(told: Told) -> Exit:
    """The exit code that says how a question ended."""
    match told.outcome:
        case NeedsClarification():
            return Exit.CLARIFICATION
        case Refused():
            return Exit.NO_ANSWER
        case Answered(result=result):
            return Exit.NO_ANSWER if result.is_empty else Exit.ANSWERED


def piped() -> Iterator[str]:
    """Standard input's lines."""
    yield from sys.stdin
