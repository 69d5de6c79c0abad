"""Plans by the packaged weights, run on rows."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.outcome import Planned, Refused
from services.ml_gateway.engine.reader.planning import plan
from tests.engine.data import database
from tests.engine.trades import college

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(replace(college(), dialect="sqlite"))


@pytest.fixture(scope="module")
def rows() -> Iterator[sqlite3.Connection]:
    connection = database(college())
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        ("How many students are there?", "SELECT COUNT(*) FROM public.students"),
        ("What are the names of all teachers?", "SELECT name FROM public.teachers"),
        ("List the titles of courses with more than 3 credits.", "SELECT title FROM public.courses WHERE credits > 3"),
        ("What is the average number of credits of all courses?", "SELECT AVG(credits) FROM public.courses"),
        (
            "What is the maximum and minimum credits of courses?",
            "SELECT MAX(credits), MIN(credits) FROM public.courses",
        ),
    ],
)
def test_rows(question: str, sql: str, index: Index, rows: sqlite3.Connection) -> None:
    outcome = plan(question, index, now=NOW, bar=0.0)
    assert isinstance(outcome, Planned), outcome
    found, expected = rows.execute(outcome.sql).fetchall(), rows.execute(sql).fetchall()
    assert expected
    assert sorted(map(sorted, found)) == sorted(map(sorted, expected)), outcome.sql


def test_the_same_question_gives_the_same_plan(index: Index) -> None:
    question = "Which teacher teaches the most courses?"
    assert plan(question, index, now=NOW, bar=0.0) == plan(question, index, now=NOW, bar=0.0)


def test_the_words_that_meant_something_are_told(index: Index) -> None:
    outcome = plan("What are the names of all teachers?", index, now=NOW, bar=0.0)
    assert isinstance(outcome, Planned)
    assert {(one.text, one.table) for one in outcome.interpretation.meanings} >= {("teachers", "teachers")}
    assert 0 <= outcome.confidence <= 1


def test_below_the_bar_there_is_no_answer(index: Index) -> None:
    outcome = plan("What are the names of all teachers?", index, now=NOW, bar=1.01)
    assert isinstance(outcome, Refused)


def test_a_refusal_names_the_words_that_nothing_explains(index: Index) -> None:
    outcome = plan("What are the zorkmids of all teachers?", index, now=NOW, bar=1.01)
    assert isinstance(outcome, Refused)
    assert outcome.words == ("zorkmids",)
    assert "zorkmids" in outcome.message


@pytest.mark.parametrize(
    "question", ["", "?", "hello", "select * from students; drop table students", "名前は何ですか", "x " * 90]
)
def test_nothing_makes_it_raise(question: str, index: Index) -> None:
    plan(question, index, now=NOW, bar=0.0)
