"""What the engine answers right stays right, and what it answers wrong is known to be wrong, and why."""

from pathlib import Path

import pytest

from tests.business import accepted
from tests.business.databases import DATABASES
from tests.business.measuring import Verdict, measure, prepared
from tests.business.questions import questions

QUESTIONS = questions()


@pytest.mark.parametrize("name", DATABASES)
def test_nothing_is_lost_and_nothing_new_is_wrong(name: str, business_files: Path) -> None:
    """`python -m tests.business --accept` adds what has become right."""
    database = prepared(name, business_files)
    found = list(measure([one for one in QUESTIONS if one.database == name], {name: database}))
    good, wrong = {one.question.id for one in found if one.good}, [one for one in found if one.verdict is Verdict.WRONG]
    meant = {one.question.id for one in found}

    assert sorted(accepted.answered() & meant - good) == []
    assert [(one.question.id, one.sql) for one in wrong if one.question.id not in accepted.known_wrong()] == []


def test_the_lists_name_questions_that_exist() -> None:
    known = {question.id for question in QUESTIONS}
    assert accepted.answered() <= known
    assert set(accepted.known_wrong()) <= known
    assert accepted.answered().isdisjoint(accepted.known_wrong())
    assert all(accepted.known_wrong().values())
