"""A word for the part that people play tells of those who play it: "the oldest editor" is no author."""

import sqlite3
from collections.abc import Iterator

import pytest

from services.ml_gateway.engine import Index, NeedsClarification, Planned, plan, prepare
from services.ml_gateway.engine.model import Catalog
from tests.engine.catalogs import key, table
from tests.engine.data import NOW

_ROWS = """
ATTACH ':memory:' AS public;
CREATE TABLE public.people (id INTEGER, full_name TEXT, born_on DATE, country TEXT);
CREATE TABLE public.articles (id INTEGER, headline TEXT, author_id INTEGER, editor_id INTEGER, printed_on DATE);
CREATE TABLE public.employees (id INTEGER, full_name TEXT, hired_on DATE, salary NUMERIC, manager_id INTEGER);
INSERT INTO public.people VALUES (1, 'Ada Moss', '1950-01-01', 'Spain'), (2, 'Ben Hart', '1961-05-01', 'Spain'),
    (3, 'Cleo Dunn', '1972-03-01', 'Italy'),
    (4, 'Dan Wells', '1983-07-01', 'Italy'), (5, 'Eve Park', '1990-01-01', 'Spain');
INSERT INTO public.articles VALUES (1, 'Rain', 2, 3, '2025-01-01'), (2, 'Wind', 2, 4, '2025-02-01'),
    (3, 'Snow', 5, 3, '2025-03-01');
INSERT INTO public.employees VALUES (1, 'Gus Lane', '2001-01-01', 90, NULL), (2, 'Ivy Cole', '2010-01-01', 80, 1),
    (3, 'Joe Nash', '1999-01-01', 70, 2), (4, 'Kim West', '2015-01-01', 60, 2);
"""


@pytest.fixture(scope="module")
def index() -> Index:
    countries = {"country": ("Spain", "Italy")}
    return prepare(
        Catalog(
            (
                table("people", "id int!, full_name text!, born_on date!, country text!", samples=countries),
                table("articles", "id int!, headline text!, author_id int!, editor_id int!, printed_on date!"),
                table("employees", "id int!, full_name text!, hired_on date!, salary num!, manager_id int"),
            ),
            (
                key("articles.author_id -> people.id"),
                key("articles.editor_id -> people.id"),
                key("employees.manager_id -> employees.id"),
            ),
        )
    )  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(_ROWS)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how many editors are there", [(2,)]),
        ("how many people are there", [(5,)]),
        ("oldest editor", [("Cleo Dunn",)]),
        ("authors from Spain", [("Ben Hart",), ("Eve Park",)]),
        ("how many articles are there per editor", [("Cleo Dunn", 2), ("Dan Wells", 1)]),
        ("list all managers", [(1, "Gus Lane", "2001-01-01", 90, None), (2, "Ivy Cole", "2010-01-01", 80, 1)]),
        ("how many managers are there", [(2,)]),
        ("how many employees are there", [(4,)]),
    ],
)
def test_only_those_of_the_part_are_told(
    question: str, expected: list[tuple[object, ...]], index: Index, rows: sqlite3.Connection
) -> None:
    outcome = plan(question, index, now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert sorted(rows.execute(outcome.sql).fetchall(), key=str) == sorted(expected, key=str), outcome.sql


def test_the_title_says_which_part(index: Index) -> None:
    outcome = plan("how many editors are there", index, now=NOW)
    assert isinstance(outcome, Planned)
    assert outcome.title == "Number of people, with articles that name them as editor"


def test_no_option_offers_everybody(index: Index) -> None:
    outcome = plan("number of editors by country", index, now=NOW)
    assert isinstance(outcome, Planned | NeedsClarification)
    told = [outcome.title] if isinstance(outcome, Planned) else [one.label for one in outcome.options]
    assert not any(one.endswith("number of people by country") for one in told), told
