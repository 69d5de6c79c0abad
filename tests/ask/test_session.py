"""Questions one after another over a source that is read once."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
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


def test_rows_that_a_join_leaves_out_are_told(ask: Asker, tmp_path: Path) -> None:
    file = tmp_path / "inn.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "CREATE TABLE hosts (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
            "CREATE TABLE guests (id INTEGER PRIMARY KEY, name TEXT NOT NULL, host_id INTEGER REFERENCES hosts);"
        )
        connection.executemany(
            "INSERT INTO hosts VALUES (?, ?)", [(number, f"Host {number}") for number in range(1, 6)]
        )
        guests = [(number, f"Guest {number}", number % 5 + 1 if number % 10 else None) for number in range(1, 61)]
        connection.executemany("INSERT INTO guests VALUES (?, ?, ?)", guests)
        connection.commit()
    ended = ask(file, "--json", input="names of guests\nshow host names too\n")
    first, second = [json.loads(line) for line in ended.out.splitlines()]
    assert (first["notices"], first["row_count"]) == ([], 60)
    assert second["notices"] == ["6 of 60 guests have no matching host and are left out."]
    assert second["row_count"] == 54
    assert second["receipt"]["row_counts"] == {"main.guests": 60, "main.hosts": 5}
    ended = ask(file, input="names of guests\nshow host names too\n")
    assert "6 of 60 guests have no matching host and are left out." in ended.out
