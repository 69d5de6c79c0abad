"""Questions one after another over a source that is read once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ask import data
from tests.ask.running import Asker
from tests.ask.terminal import Terminal


@pytest.fixture
def deliveries(tmp_path: Path) -> Path:
    return data.plain_csv(tmp_path)


def test_a_pipe_asks_a_question_a_line(ask: Asker, deliveries: Path) -> None:
    ended = ask(deliveries, input="how many deliveries\n\ntotal amount by city\n/sql\n/tables\n")
    assert ended.code == 0
    assert "> how many deliveries" in ended.out
    assert "deliveries: 200." in ended.out
    assert "GROUP BY" in ended.out
    assert "deliveries: 200 rows" in ended.out
    assert ended.err.count("deliveries.csv →") == 1  # read once


def test_a_pipe_gets_a_document_a_line(ask: Asker, deliveries: Path) -> None:
    ended = ask(deliveries, "--json", input="how many deliveries\nwhat is love\n")
    first, second = map(json.loads, ended.out.splitlines())
    assert (first["outcome"], first["rows"]) == ("answered", [[200]])
    assert second["outcome"] == "refused"
    assert ended.code == 4  # the worst of both


def test_a_question_first_and_more_after_it(ask: Asker, deliveries: Path) -> None:
    ended = ask(deliveries, "how many deliveries", "--interactive", input="how many deliveries in march 2025\n")
    assert "deliveries: 200." in ended.out
    assert f": {sum(row['day'].month == 3 for row in data.deliveries())}." in ended.out


def test_a_question_may_lean_on_the_one_before(ask: Asker, deliveries: Path) -> None:
    in_march = sum(row["day"].month == 3 for row in data.deliveries())
    asked = "how many deliveries in march 2025\nand in april?\n/new\nand in april?\nhow many of them are there?\n"
    ended = ask(deliveries, "--json", input=asked)
    first, second, *others = map(json.loads, ended.out.splitlines())
    assert first["rows"] == [[in_march]]
    assert second["rows"] == [[sum(row["day"].month == 4 for row in data.deliveries())]]
    assert [one["outcome"] == "answered" for one in others] == [False, False]
    assert "them" in others[1]["sentence"]


def test_what_comes_after_quit_is_not_asked(ask: Asker, deliveries: Path) -> None:
    ended = ask(deliveries, input="/quit\nhow many deliveries\n")
    assert (ended.code, ended.out) == (0, "")


def test_commands_that_do_not_apply_are_told(ask: Asker, deliveries: Path) -> None:
    ended = ask(deliveries, input="/sql\n/frobnicate\n/help\n")
    assert "no answer yet" in ended.err
    assert "/frobnicate" in ended.err
    assert "/quit" in ended.out


def test_a_prompt(ask: Asker, deliveries: Path) -> None:
    with Terminal(ask.home, deliveries) as terminal:
        terminal.until("infinure> ")
        terminal.type("how many deliveries\n")
        terminal.until("deliveries: 200.")
        terminal.until("infinure> ")
        terminal.type("/explain\n")
        terminal.until("Tables read")
        terminal.until("infinure> ")
        terminal.type("half a question")
        terminal.until("half a question")
        terminal.interrupt(until="infinure> ")  # drops it
        terminal.type("how many deliveries in march 2025\n")
        terminal.until(f": {sum(row['day'].month == 3 for row in data.deliveries())}.")
        terminal.until("infinure> ")
        terminal.type("\x04")  # Ctrl-D
        assert terminal.end() == 0
    history = (ask.home / ".local/state/infinure/ask_history").read_text()
    assert "how many deliveries" in history
    assert ask.left_files() == []
