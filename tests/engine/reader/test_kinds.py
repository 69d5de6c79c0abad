"""Readings that a person takes for the same: with or without the number that names are ranked by."""

from dataclasses import replace

import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import Aggregate, Field, Function, Ordering, Query, Rows
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labeller import Labelling
from services.ml_gateway.engine.reader.scoring.bare import bare
from services.ml_gateway.engine.reader.scoring.calibrating import signs
from services.ml_gateway.engine.reader.scoring.gist import beside, gist, kind
from services.ml_gateway.engine.reader.scoring.ranking import Ranked, described, ordered
from services.ml_gateway.engine.reader.scoring.settling import settled
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.trades import college

COURSES = TableKey("public", "courses")
TITLE, CREDITS = Field(ColumnKey(COURSES, "title")), Field(ColumnKey(COURSES, "credits"))
NUMBER, SUM = Aggregate(Function.COUNT, Rows(COURSES)), Aggregate(Function.SUM, CREDITS)
NAMES = Query(show=(TITLE,), group=(TITLE,), order=(Ordering(SUM, descending=True),), limit=3)
HEADLINE, SENTENCE = "top 3 titles by credits", "which are the titles of the 3 courses with the most credits"


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(replace(college(), dialect="sqlite"))


def _order(question: str, queries: list[Query], index: Index) -> tuple[Ranked, ...]:
    """The first is ranked first; each has less of the fit."""
    sentence = sentences(tokenize(question), index)[0]
    made = [Candidate(query, sentence, Labelling((), 0.0), 0, 0, ()) for query in queries]
    return ordered(made, [{"fits": -float(place)} for place in range(len(made))], {"fits": 0.5})


def test_the_number_beside_is_of_the_same_kind() -> None:
    told = beside(NAMES)
    assert told is not None
    assert told.show == (TITLE, SUM)
    assert kind(told) == kind(NAMES)
    assert gist(told) != gist(NAMES)
    assert beside(told) is None
    assert beside(replace(NAMES, limit=None)) is None
    assert kind(replace(NAMES, order=(Ordering(NUMBER, descending=True),))) != kind(NAMES)
    split = Query(show=(TITLE, NUMBER), group=(TITLE,))
    assert kind(replace(split, order=(Ordering(TITLE),))) == kind(split) != kind(Query(show=(TITLE,), group=(TITLE,)))


def test_in_a_headline_it_comes_first_and_costs_no_confidence(index: Index) -> None:
    told = beside(NAMES)
    assert told is not None
    other = replace(NAMES, order=(Ordering(NUMBER, descending=True),))
    order = settled(_order(HEADLINE, [NAMES, told, other], index), HEADLINE, index)
    assert [one.candidate.query for one in order] == [told, NAMES, other]
    seen = signs(order)
    assert seen["share"] == pytest.approx(1 - order[2].share) == seen["kind"] == seen["headline kind"]
    assert seen["lead"] == pytest.approx(1.0) == seen["kind lead"]


def test_in_a_sentence_it_is_another_answer(index: Index) -> None:
    told = beside(NAMES)
    assert told is not None
    order = settled(_order(SENTENCE, [NAMES, told], index), SENTENCE, index)
    assert order[0].candidate.query == NAMES
    seen = signs(order)
    assert seen["share"] == pytest.approx(order[0].share)
    assert seen["kind"] == pytest.approx(1.0)
    assert seen["headline kind"] == 0


def test_only_what_is_made_of_a_headline_is_told_as_such(index: Index) -> None:
    (one,) = _order(HEADLINE, [NAMES], index)
    (told,) = described([one.candidate], index)
    assert bare(one.candidate).items() <= told.items()
    assert "headline & top" in told
    (other,) = _order(SENTENCE, [NAMES], index)
    assert not any(name.startswith("headline") for name in described([other.candidate], index)[0])
