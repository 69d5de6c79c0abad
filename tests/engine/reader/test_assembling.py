"""Labels given by hand → the query that they make."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from services.ml_gateway.engine.index import Index, TargetKind, prepare
from services.ml_gateway.engine.query.model import Aggregate, Compare, Exists, Field, Function, Not, Ordering, Query
from services.ml_gateway.engine.reader.assembly.assembling import assemble
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.trades import college


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(replace(college(), dialect="sqlite"))


def _queries(question: str, labels: Mapping[str, Label], index: Index) -> Sequence[Query]:
    """The queries of the first division, where each item has the label of its words and its best fitting meaning."""
    sentence = sentences(tokenize(question), index)[0]
    parts = []
    for item in sentence.items:
        words = " ".join(token.form for token in sentence.tokens[item.first : item.last])
        label = labels.get(words, Label.IGNORED)
        parts.append(Part(item, label, None if label is Label.IGNORED else item.choices[0]))
    return [one.query for one in assemble(parts, sentence, index)]


def _names(query: Query) -> list[str]:
    return [one.key.name if isinstance(one, Field) else one.function.value for one in query.show
            if isinstance(one, Field | Aggregate)]  # fmt: skip


def test_a_count_with_a_condition(index: Index) -> None:
    (query, *_) = _queries(
        "how many courses have more than 4 credits",
        {"courses": Label.COUNT, "4": Label.WHERE, "credits": Label.WHERE},
        index,
    )
    assert _names(query) == ["count"]
    assert isinstance(query.where, Compare)
    assert isinstance(query.where.left, Field)
    assert (query.where.left.key.name, query.where.operator, query.where.right) == ("credits", Operator.GREATER, (4.0,))


def test_the_most_of_something_groups_by_what_has_it(index: Index) -> None:
    (query, *_) = _queries(
        "which teacher teaches the most courses", {"teacher": Label.SHOW, "courses": Label.TOP_DESC}, index
    )
    (ordering,) = query.order
    assert isinstance(ordering, Ordering)
    assert ordering.descending
    assert isinstance(ordering.by, Aggregate)
    assert ordering.by.function is Function.COUNT
    assert query.limit == 1
    assert query.group


def test_all_aggregates_before_a_name_are_of_it(index: Index) -> None:
    (query, *_) = _queries("what are the minimum, maximum and average credits", {"credits": Label.AVG}, index)
    assert sorted(_names(query)) == ["avg", "max", "min"]


def test_rows_of_which_there_are_none(index: Index) -> None:
    (query, *_) = _queries("students without enrolments", {"students": Label.SHOW, "enrolments": Label.NOT}, index)
    assert isinstance(query.where, Not)
    assert isinstance(query.where.condition, Exists)


def test_what_is_ignored_leaves_no_trace(index: Index) -> None:
    (query, *_) = _queries("titles of courses", {"titles": Label.SHOW}, index)
    assert [one.kind for item in sentences(tokenize("titles of courses"), index)[0].items[1:]
            for one in [item.choices[0].target]] == [TargetKind.TABLE]  # fmt: skip
    assert query.also == ()


def test_what_is_named_behind_a_negation_is_not_asked_for(index: Index) -> None:
    (query, *_) = _queries(
        "students with no enrolments in courses",
        {"students": Label.SHOW, "enrolments": Label.NOT, "courses": Label.CONTEXT},
        index,
    )
    assert query.also == ()


def test_the_number_may_stand_beside_what_is_ranked_by_it(index: Index) -> None:
    labels = {"teacher": Label.SHOW, "courses": Label.TOP_DESC}
    made = _queries("which teacher teaches the most courses", labels, index)
    ranked = [one for one in made if one.limit == 1 and one.group]
    assert {len(one.show) for one in ranked} == {1, 2}
    assert all(one.show[1] == one.order[0].by for one in ranked if len(one.show) == 2)
