"""Readings that names suggest together, ends that superlatives name, and what is no candidate at all."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from services.ml_gateway.engine import plan
from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import Catalog, ColumnKey
from services.ml_gateway.engine.outcome import NeedsClarification, Refused
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Compare,
    Each,
    Either,
    Exists,
    Field,
    Function,
    Not,
    Query,
    SetOperator,
)
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item
from services.ml_gateway.engine.reader.pruning.connected import groups, is_connected
from services.ml_gateway.engine.reader.pruning.heard import functions_unheard, nodes_of, unheard
from services.ml_gateway.engine.reader.pruning.possible import is_possible
from services.ml_gateway.engine.reader.wording.alternatives import alternatives
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import key, table
from tests.engine.data import NOW


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(
        Catalog(
            (
                table("sailors", "id int!, title text!, age int!, born_on date!, port_id int!"),
                table("ports", "id int!, title text!, town text!", samples={"town": ("Bergen", "Malmo", "Riga")}),
                table("boats", "id int!, title text!, launched_year int!, tonnes num!, colour text!, grade text!",
                      samples={"colour": ("red", "white"), "grade": ("10", "15", "20")}),
                table("voyages", "id int!, boat_id int!, captain_id int!, cook_id int!, origin_port_id int!, "
                      "target_port_id int!, start_date date!, end_date date!"),
                table("sponsors", "id int!, title text!, town text!"),
            ),
            (
                key("sailors.port_id -> ports.id"),
                key("voyages.boat_id -> boats.id"),
                key("voyages.captain_id -> sailors.id"),
                key("voyages.cook_id -> sailors.id"),
                key("voyages.origin_port_id -> ports.id"),
                key("voyages.target_port_id -> ports.id"),
            ),
            dialect="sqlite",
        )
    )  # fmt: skip


def _made(
    question: str, labels: Mapping[str, Label], index: Index, chosen: Mapping[str, str] | None = None
) -> list[Query]:
    """chosen: the table that the words mean, where not the likeliest."""
    sentence = sentences(tokenize(question), index)[0]
    parts = []
    for item in sentence.items:
        words = " ".join(token.form for token in sentence.tokens[item.first : item.last])
        label = labels.get(words, Label.IGNORED)
        choice = _choice(item, (chosen or {}).get(words))
        parts.append(Part(item, label, None if label is Label.IGNORED else choice))
    return [one.query for _, one in alternatives(parts, sentence, index)]


def _choice(item: Item, table: str | None) -> Choice:
    return next((one for one in item.choices if one.target.table.name == table), item.choices[0])


def _shown(query: Query) -> list[str]:
    return [f"{one.key.table.name}.{one.key.name}" for one in query.show if isinstance(one, Field)]


def _ordered(queries: list[Query]) -> Iterator[tuple[str, bool, int | None]]:
    for query in queries:
        for one in query.order:
            if isinstance(one.by, Field):
                yield one.by.key.name, one.descending, query.limit


@pytest.mark.parametrize(
    ("question", "word", "column", "descending"),
    [
        ("the youngest sailor", "youngest", "age", False),
        ("the oldest boat", "oldest", "launched_year", False),
        ("the boat with the highest tonnes", "tonnes", "tonnes", True),
        ("the boat with the fewest tonnes", "tonnes", "tonnes", False),
    ],
)
def test_superlatives_name_an_end(question: str, word: str, column: str, descending: bool, index: Index) -> None:
    """Whatever end the label has."""
    for label in (Label.TOP_ASC, Label.TOP_DESC):
        chosen = {word: "boats"} if "boat" in question else {}
        made = _made(question, {word: label, "sailor": Label.SHOW, "boat": Label.SHOW}, index, chosen)
        assert set(_ordered(made)) == {(column, descending, 1)}


def test_the_one_that_a_superlative_names(index: Index) -> None:
    made = _made("the youngest sailor", {"youngest": Label.ASC, "sailor": Label.SHOW}, index)
    assert made[0].limit == 1
    made = _made("sailors from the youngest to the oldest", {"youngest": Label.ASC, "sailors": Label.SHOW}, index)
    assert made[0].limit is None


def test_rows_by_the_part_that_a_name_gives_them(index: Index) -> None:
    made = _made("sailors who were captain", {"sailors": Label.SHOW, "captain": Label.CONTEXT}, index)
    shown = [one for query in made for one in query.show if isinstance(one, Field)]
    assert any(one.role == 2 for one in shown)
    missing = _made("sailors who were never captain", {"sailors": Label.SHOW, "captain": Label.NOT}, index)
    found = [one.condition.rows for query in missing for one in nodes_of(query)
             if isinstance(one, Not) and isinstance(one.condition, Exists)]  # fmt: skip
    assert ("voyages", 2) in [(one.table.name, one.role) for one in found]


def test_a_town_in_the_part_that_stands_before_it(index: Index) -> None:
    labels = {"voyages": Label.SHOW, "origin": Label.CONTEXT, "bergen": Label.WHERE, "target": Label.CONTEXT,
              "malmo": Label.WHERE}  # fmt: skip
    made = _made("voyages whose origin is Bergen and whose target is Malmo", labels, index, {"malmo": "ports"})
    roles = [{one.left.role for one in nodes_of(query) if isinstance(one, Compare) and isinstance(one.left, Field)}
             for query in made]  # fmt: skip
    assert {4, 5} in roles


def test_both_words_of_one_noun(index: Index) -> None:
    made = _made("start and end dates of voyages", {"end dates": Label.SHOW, "voyages": Label.CONTEXT}, index)
    assert ["voyages.start_date", "voyages.end_date"] in [_shown(one) for one in made]


def test_either_of_a_condition_and_a_number_of_rows(index: Index) -> None:
    labels = {"boats": Label.SHOW, "red": Label.WHERE, "3": Label.HAVING, "voyages": Label.HAVING}
    made = _made("boats that are red or have more than 3 voyages", labels, index)
    assert any(isinstance(one.where, Either) and not one.having for one in made)
    made = _made("boats that are red and have 3 or more voyages", labels, index)
    assert not any(isinstance(one.where, Either) for one in made)


def test_the_mean_of_what_each_has(index: Index) -> None:
    made = _made("how many voyages does a boat have on average", {"voyages": Label.COUNT, "boat": Label.GROUP}, index)
    shown = [one.show[0] for one in made]
    assert any(
        isinstance(one, Aggregate) and one.function is Function.AVG and isinstance(one.of, Each) for one in shown
    )


@pytest.mark.parametrize(
    ("question", "operator"),
    [
        ("towns that have both ports and sponsors", SetOperator.INTERSECT),
        ("towns of ports or sponsors", SetOperator.UNION),
        ("towns of ports but not of sponsors", SetOperator.EXCEPT),
    ],
)
def test_a_column_that_two_tables_have(question: str, operator: SetOperator, index: Index) -> None:
    labels = {"towns": Label.SHOW, "ports": Label.CONTEXT, "sponsors": Label.CONTEXT}
    made = _made(question, labels, index, {"towns": "ports"})
    assert operator in [one.combined[0] for one in made if one.combined]


def test_what_nothing_connects_or_can_be(index: Index) -> None:
    tables = {one.key.name: one.key for one in index.catalog.tables}
    town, title = Field(ColumnKey(tables["ports"], "town")), Field(ColumnKey(tables["sponsors"], "title"))
    assert not is_connected(Query(show=(town, title)), groups(index))
    assert is_connected(Query(show=(town,), combined=(SetOperator.UNION, Query(show=(title,)))), groups(index))
    begun = Field(ColumnKey(tables["voyages"], "start_date"))
    assert not is_possible(Query(show=(town,), where=Compare(begun, Operator.LESS, (3.0,))), index)
    assert not is_possible(Query(show=(Aggregate(Function.AVG, Field(ColumnKey(tables["boats"], "id"))),)), index)
    assert is_possible(Query(show=(town,), where=Compare(begun, Operator.LESS, ("2025-01-01",))), index)
    rome, oslo = (Compare(town, Operator.EQUAL, (name,)) for name in ("Rome", "Oslo"))
    assert not is_possible(Query(show=(title,), where=Both((rome, oslo))), index)
    assert is_possible(Query(show=(title,), where=Either((rome, oslo))), index)
    there = Both((rome, Compare(replace(town, role=0), Operator.EQUAL, ("Oslo",))))
    assert not is_possible(Query(show=(title,), where=there), index)


def test_words_that_a_query_leaves_unheard(index: Index) -> None:
    sentence = sentences(tokenize("the average tonnes of boats"), index)[0]
    tonnes = Field(ColumnKey(next(one.key for one in index.catalog.tables if one.name == "boats"), "tonnes"))
    assert unheard(Query(show=(tonnes,)), (), sentence, ()) == 1
    assert unheard(Query(show=(Aggregate(Function.AVG, tonnes),)), (), sentence, ()) == 0
    assert functions_unheard(sentence, Query(show=(tonnes,))) == (1,)
    at_least = sentences(tokenize("boats of at least 5 tonnes"), index)[0]
    assert functions_unheard(at_least, Query(show=(tonnes,))) == ()


def test_texts_that_are_numbers_are_compared_as_it_is_said(index: Index) -> None:
    labels = {"boats": Label.SHOW, "grade": Label.WHERE, "15": Label.WHERE}
    for question, operator in (("below 15", Operator.LESS), ("of 15", Operator.EQUAL)):
        where = _made(f"boats with a grade {question}", labels, index)[0].where
        assert isinstance(where, Compare)
        assert where.operator is operator


def test_a_part_of_the_values_alone_is_contained_in_them(index: Index) -> None:
    catalog = Catalog((table("docks", "id int!, title text!", samples={"title": ("North Quay", "North Pier")}),),
                      dialect="sqlite")  # fmt: skip
    labels = {"docks": Label.SHOW, "title": Label.WHERE, "north": Label.WHERE}
    found = [one.where for one in _made("docks with the title 'North'", labels, prepare(catalog))]
    assert Operator.CONTAINS in [one.operator for one in found if isinstance(one, Compare)]


@pytest.mark.parametrize("question", ["Who is the oldest runner?", "the oldest age class"])
def test_a_table_called_after_ages_has_no_age_of_its_own(question: str) -> None:
    runners = table("runners", "runner_no int!, name text!, born int!, class_code text!")
    classes = table("age_classes", "class_code text!, class_name text!")
    outcome = plan(question, prepare(Catalog(tables=(runners, classes))), now=NOW)
    assert isinstance(outcome, Refused | NeedsClarification) or "born" in outcome.sql
