"""What the ranker sees of what is shown beside how a question begins."""

from dataclasses import replace

import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import Aggregate, Field, Function, Query, Rows
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labeller import Labelling
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reader.scoring.heads import ending, heads, opening
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.trades import college

COURSES = TableKey("public", "courses")
TITLE, CREDITS = Field(ColumnKey(COURSES, "title")), Field(ColumnKey(COURSES, "credits"))
COUNT = Aggregate(Function.COUNT, Rows(COURSES))


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(replace(college(), dialect="sqlite"))


def _sentence(question: str, index: Index) -> Sentence:
    return sentences(tokenize(question), index)[0]


def _heads(question: str, query: Query, index: Index) -> dict[str, float]:
    sentence = _sentence(question, index)
    parts = tuple(Part(item, Label.SHOW, item.choices[0]) for item in sentence.items)
    return heads(Candidate(query, sentence, Labelling(parts, 0.0), 0, 0, ()), index)


@pytest.mark.parametrize(
    ("question", "begun", "ended"),
    [("How many courses are there?", "how count", "?"), ("which courses", "what", ""), ("courses, please.", "T", ".")],
)
def test_how_a_question_begins_and_ends(question: str, begun: str, ended: str, index: Index) -> None:
    sentence = _sentence(question, index)
    assert (opening(sentence), ending(sentence)) == (begun, ended)


def test_rows_and_their_number_are_different_answers_to_a_name_alone(index: Index) -> None:
    listed, counted = (_heads("courses", Query(show=(shown,)), index) for shown in (TITLE, COUNT))
    assert {"T: own label", "T table: own label"} <= set(listed)
    assert {"T: count own", "T table: count own"} <= set(counted)


def test_a_column_that_no_word_names_is_told_from_one_that_is_named(index: Index) -> None:
    named = _heads("credits of courses", Query(show=(CREDITS,)), index)
    guessed = _heads("courses", Query(show=(CREDITS,)), index)
    assert "shown number said True" in named
    assert "shown number said False" in guessed
