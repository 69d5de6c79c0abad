"""What the ranker sees of candidates: how far they agree, what is odd in one, which words it leaves over."""

from dataclasses import replace

import numpy as np
import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Compare,
    Field,
    Function,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labeller import Labelling
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.scoring.agreement import agreement
from services.ml_gateway.engine.reader.scoring.calibrating import signs
from services.ml_gateway.engine.reader.scoring.coverage import coverage
from services.ml_gateway.engine.reader.scoring.plausibility import plausibility
from services.ml_gateway.engine.reader.scoring.ranking import ordered
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import tokenize
from services.ml_gateway.training.descent import least
from tests.engine.trades import college

COURSES = TableKey("public", "courses")
TITLE, CREDITS = Field(ColumnKey(COURSES, "title")), Field(ColumnKey(COURSES, "credits"))


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(replace(college(), dialect="sqlite"))


def _candidate(question: str, query: Query, index: Index, score: float = 0.0, taken: str = "") -> Candidate:
    """taken: the words that have a part; the others are ignored."""
    sentence = sentences(tokenize(question), index)[0]
    parts = []
    for item in sentence.items:
        words = {token.form for token in sentence.tokens[item.first : item.last]}
        used = words <= set(taken.split())
        parts.append(Part(item, Label.SHOW, item.choices[0]) if used else Part(item, Label.IGNORED, None))
    return Candidate(query, sentence, Labelling(tuple(parts), score), 0, 0, ())


def test_a_clause_of_likely_candidates_is_agreed_on(index: Index) -> None:
    likely = _candidate("titles of courses", Query(show=(TITLE,)), index, 0.0)
    alike = _candidate("titles of courses", Query(show=(TITLE,), order=(Ordering(TITLE),)), index, -0.1)
    other = _candidate("titles of courses", Query(show=(CREDITS,)), index, -4.0)
    first, second, third = agreement([likely, alike, other])
    assert first["doubted show"] == second["doubted show"] < 0.1 < third["doubted show"]
    assert second["doubted"] > first["doubted"]
    assert third["lacking show"] > 0.9
    assert agreement([]) == []


def test_one_candidate_agrees_with_itself(index: Index) -> None:
    (only,) = agreement([_candidate("titles of courses", Query(show=(TITLE,)), index)])
    assert (only["agreed"], only["doubted"], only["lacking"]) == (1.0, 0.0, 0.0)


def test_what_one_value_holds_is_hardly_shown(index: Index) -> None:
    held = Compare(CREDITS, Operator.EQUAL, (3.0,))
    odd = plausibility(_candidate("courses", Query(show=(CREDITS,), where=held), index), index)
    twice = Both((held, Compare(CREDITS, Operator.EQUAL, (4.0,))))
    odder = plausibility(_candidate("courses", Query(show=(TITLE,), where=twice), index), index)
    plain = plausibility(_candidate("courses", Query(show=(TITLE,), where=held), index), index)
    assert "shown though held to one value" in odd
    assert "one column held to two values" in odder
    assert not {"shown though held to one value", "one column held to two values"} & plain.keys()


def test_rows_that_are_counted_of_themselves_are_one_each(index: Index) -> None:
    count = Aggregate(Function.COUNT, Rows(COURSES))
    found = plausibility(_candidate("courses", Query(show=(TITLE, count), group=(Rows(COURSES),)), index), index)
    assert found["rows counted of themselves"] == 1
    assert "numbers beside columns without groups" not in found
    ungrouped = plausibility(_candidate("courses", Query(show=(TITLE, count)), index), index)
    assert ungrouped["numbers beside columns without groups"] == 1


def test_an_order_is_seen_beside_its_word(index: Index) -> None:
    query = Query(show=(TITLE,), order=(Ordering(CREDITS, descending=True),), limit=1)
    found = plausibility(_candidate("the course with the most credits", query, index), index)
    assert {"most down", "limit 1 said False"} <= found.keys()
    less = coverage(_candidate("courses with less credits", Query(show=(TITLE,), order=query.order), index))
    assert less["less said oftener"] == 1


def test_words_without_a_part_are_counted_by_kind(index: Index) -> None:
    question = 'titles of courses by Zork with 3 wizards called "Foo"'
    nothing = coverage(_candidate(question, Query(show=(TITLE,)), index))
    assert (nothing["left quoted"], nothing["left number"], nothing["left name"]) == (1, 1, 1)
    some = coverage(_candidate(question, Query(show=(TITLE,)), index, taken="titles courses 3"))
    assert "left number" not in some
    assert some["left name"] == 1


def test_a_comparison_against_its_word_is_seen(index: Index) -> None:
    where = Compare(CREDITS, Operator.GREATER, (3.0,))
    wrong = coverage(_candidate("courses with less than 3 credits", Query(show=(TITLE,), where=where), index))
    right = coverage(_candidate("courses with more than 3 credits", Query(show=(TITLE,), where=where), index))
    assert (wrong["operators unlike their words"], right["operators unlike their words"]) == (1, 0)


def test_the_least_of_a_bowl_is_found() -> None:
    middle, width = np.array([3.0, -2.0, 0.5]), np.array([1.0, 50.0, 0.1])
    found = least(lambda at: (float(width @ (at - middle) ** 2), 2 * width * (at - middle)), np.zeros(3), rounds=200)
    assert found == pytest.approx(middle, abs=1e-3)


def test_what_several_candidates_ask_is_likelier_than_one_that_leads_alone(index: Index) -> None:
    asked = "titles of courses"
    plain = _candidate(asked, Query(show=(TITLE,)), index)
    once = _candidate(asked, Query(show=(TITLE,), distinct=True), index)
    alone = _candidate(asked, Query(show=(CREDITS,)), index)
    order = ordered([alone, once, plain], [{"fits": 1.0}, {"fits": 0.7}, {"fits": 0.8}], {"fits": 1.0})
    assert [one.candidate for one in order] == [plain, once, alone]
    assert [one.asks for one in order] == [0, 0, 1]
    assert order[0].meant == order[1].meant == pytest.approx(order[0].share + order[1].share)
    told = signs(order)
    assert told["meant"] > 0.5 > told["share"]
    assert told["meant otherwise"] == pytest.approx(order[2].share)
    assert told["lead"] < 0 < told["meant odds"]


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("credits by title", 1.0),
        ("how many courses per student", 1.0),
        ("which courses have the most credits", 0.0),
        ("show the titles of courses", 0.0),
    ],
)
def test_a_headline_is_no_sentence(asked: str, headline: float, index: Index) -> None:
    told = signs(ordered([_candidate(asked, Query(show=(TITLE,)), index)], [{}], {}))
    assert (told["headline"], told["business"]) == (headline, headline)
    assert told["business without rule"] == headline  # a rule gave none of the candidates
    assert (told["metric"], told["rule agrees"]) == (0.0, 0.0)
