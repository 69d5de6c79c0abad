"""The SQL written by hand runs, gives something, and, for a third of the questions, what Python makes of the rows."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.business.databases import DATABASES, file_of
from tests.business.lessons import wordings
from tests.business.matching import same
from tests.business.measuring import rows_of
from tests.business.questions import Question, questions
from tests.business.recounted_clinic import RECOUNTED as CLINIC
from tests.business.recounted_flat import SALES, TICKETS
from tests.business.recounted_gym import RECOUNTED as GYM
from tests.business.recounted_haulage import RECOUNTED as HAULAGE
from tests.business.recounted_shop import RECOUNTED as SHOP
from tests.business.recounted_software import RECOUNTED as SOFTWARE
from tests.business.recounting import Recount, Tables

QUESTIONS = questions()
RECOUNTED: Mapping[str, Mapping[str, Recount]] = {
    "shop": SHOP,
    "software": SOFTWARE,
    "haulage": HAULAGE,
    "gym": GYM,
    "clinic": CLINIC,
    "flat_sales": SALES,
    "flat_tickets": TICKETS,
}


@pytest.mark.parametrize("name", DATABASES)
def test_every_gold_gives_rows_with_something_in_them(name: str, business_files: Path) -> None:
    path = file_of(DATABASES[name], business_files)
    empty = [
        question.id
        for question in QUESTIONS
        if question.database == name and not all(_says_something(path, sql) for sql in question.gold)
    ]
    assert empty == []


@pytest.mark.parametrize("name", DATABASES)
def test_wordings_to_learn_from_give_rows_too(name: str, business_files: Path) -> None:
    path = file_of(DATABASES[name], business_files)
    assert [one.text for one in wordings(name) if not all(_says_something(path, sql) for sql in one.sql)] == []


def _says_something(path: Path, sql: str) -> bool:
    return any(value is not None for row in rows_of(path, sql) for value in row)


@pytest.mark.parametrize("name", DATABASES)
def test_python_comes_to_the_same(name: str, business_files: Path) -> None:
    path = file_of(DATABASES[name], business_files)
    tables, asked = Tables(path), {question.id: question for question in QUESTIONS}
    differing = [one for one, recount in RECOUNTED[name].items() if not _agrees(asked[one], recount, tables, path)]
    assert differing == []


def _agrees(question: Question, recount: Recount, tables: Tables, path: Path) -> bool:
    """In some of the question's readings."""
    found = recount(tables)
    return any(same(found, rows_of(path, sql), ordered=False) for sql in question.gold)


def test_a_third_of_them_is_worked_out_twice() -> None:
    twice = sum(map(len, RECOUNTED.values()))
    assert twice * 3 >= sum(bool(question.gold) for question in QUESTIONS)


def test_the_set_is_what_it_is_said_to_be() -> None:
    dialogs = {question.id.rpartition(".")[0] for question in QUESTIONS if question.history}
    assert sum(bool(question.gold) for question in QUESTIONS) >= 200
    assert sum(not question.gold for question in QUESTIONS) >= 30
    assert len(dialogs) >= 30


def test_databases_are_the_same_each_time(tmp_path: Path) -> None:
    for name in ("software", "haulage", "gym", "clinic", "flat_sales"):
        once, again = (file_of(DATABASES[name], tmp_path / part).read_bytes() for part in ("a", "b"))
        assert once == again
