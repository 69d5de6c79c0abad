"""Conditions of labelled questions: which column a value is of, and what it is compared with."""

from collections.abc import Sequence

import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Compare,
    Condition,
    Either,
    Field,
    Function,
    Not,
    Query,
)
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reading import Operator
from tests.engine.catalogs import key, table
from tests.engine.reader.labelled import queries


def _catalog(last_names: tuple[str, ...] = ()) -> Catalog:
    return Catalog(
        (
            table("gardens", "id int!, title text!, zone text!", samples={"zone": ("Zone 1", "Zone 2")}),
            table("keepers", "id int!, first_name text!, last_name text!", samples={"last_name": last_names}),
            table(
                "beds",
                "id int!, garden_id int!, keeper_id int!, width num!, depth num!, dug_on date!, size text, "
                "fenced text!",
                samples={"fenced": ("Y", "N")},
            ),
        ),
        (key("beds.garden_id -> gardens.id"), key("beds.keeper_id -> keepers.id")),
        dialect="sqlite",
    )


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(_catalog())


def _atoms(condition: Condition | None) -> list[Compare]:
    if isinstance(condition, Both | Either):
        return [one for part in condition.conditions for one in _atoms(part)]
    return [condition] if isinstance(condition, Compare) else []


def _said(found: Sequence[Query]) -> list[tuple[str, Operator, object]]:
    return [
        (one.left.key.name, one.operator, one.right) for one in _atoms(found[0].where) if isinstance(one.left, Field)
    ]


def test_either_side_of_a_gap(index: Index) -> None:
    labels = {"beds": Label.SHOW, "width": Label.WHERE, "9": Label.WHERE, "4": Label.WHERE}
    found = queries("beds with width over 9 or less than 4", labels, index)
    assert isinstance(found[0].where, Either)
    assert _said(found) == [("width", Operator.GREATER, (9.0,)), ("width", Operator.LESS, (4.0,))]


def test_or_of_an_open_end_joins_nothing(index: Index) -> None:
    labels = {"beds": Label.SHOW, "width": Label.WHERE, "9": Label.WHERE, "depth": Label.WHERE, "4": Label.WHERE}
    found = queries("beds with width 9 or above and depth smaller than or equal to 4", labels, index)
    assert isinstance(found[0].where, Both)
    assert _said(found) == [("width", Operator.AT_LEAST, (9.0,)), ("depth", Operator.AT_MOST, (4.0,))]


def test_a_quoted_moment_is_before_or_after(index: Index) -> None:
    labels = {"gardens": Label.SHOW, "beds dug": Label.WHERE, "2024-03-01 10:00:00": Label.WHERE}
    found = queries("gardens with beds dug before '2024-03-01 10:00:00'", labels, index)
    assert _said(found) == [("dug_on", Operator.LESS, ("2024-03-01 10:00:00",))]


def test_a_person_may_have_two_columns_though_nobody_speaks_of_them(index: Index) -> None:
    found = queries('beds that were dug by "Ann Reed"', {"beds": Label.SHOW, "ann reed": Label.WHERE}, index)
    assert [(name, right) for name, _, right in _said(found)] == [("first_name", ("Ann",)), ("last_name", ("Reed",))]


def test_what_stands_beside_a_table_names_its_row(index: Index) -> None:
    labels = {"beds": Label.SHOW, "garden": Label.CONTEXT, "green corner": Label.WHERE}
    assert _said(queries('beds of garden "Green Corner"', labels, index)) == [
        ("title", Operator.EQUAL, ("Green Corner",))
    ]


def test_a_number_beside_a_table_is_its_key(index: Index) -> None:
    labels = {"beds": Label.SHOW, "garden": Label.CONTEXT, "12": Label.WHERE}
    assert _said(queries("beds of garden number 12", labels, index)) == [("id", Operator.EQUAL, (12.0,))]


def test_a_number_is_of_the_column_right_before_it_though_that_holds_texts(index: Index) -> None:
    labels = {"beds": Label.SHOW, "size": Label.WHERE, "100": Label.WHERE, "width": Label.WHERE, "7": Label.WHERE}
    found = queries("beds whose size is above 100 or whose width is above 7", labels, index)
    assert [(name, right) for name, _, right in _said(found)] == [("size", ("100",)), ("width", (7.0,))]


def test_a_number_may_be_written_with_the_name_of_its_column(index: Index) -> None:
    labels = {"gardens": Label.SHOW, "zone": Label.WHERE, "2": Label.WHERE}
    assert _said(queries("gardens whose zone is 2", labels, index)) == [("zone", Operator.EQUAL, ("Zone 2",))]


def test_a_column_of_yes_and_no_holds_or_does_not(index: Index) -> None:
    assert _said(queries("beds that are fenced", {"beds": Label.SHOW, "fenced": Label.WHERE}, index)) == [
        ("fenced", Operator.EQUAL, ("Y",))
    ]
    assert _said(queries("beds that are not fenced", {"beds": Label.SHOW, "fenced": Label.NOT}, index)) == [
        ("fenced", Operator.EQUAL, ("N",))
    ]


def test_two_columns_of_a_row(index: Index) -> None:
    labels = {"beds": Label.SHOW, "width": Label.WHERE, "depth": Label.WHERE}
    found = queries("beds with a width less than their depth", labels, index)
    (compare,) = _atoms(found[0].where)
    assert isinstance(compare.right, Field)
    assert (compare.operator, compare.right.key.name) == (Operator.LESS, "depth")


def test_what_stands_behind_or_is_of_the_next_number(index: Index) -> None:
    labels = {"beds": Label.SHOW, "width": Label.WHERE, "9": Label.WHERE, "lower": Label.WHERE, "4": Label.WHERE}
    found = queries("beds with a width higher than 9 or lower than 4", labels, index)
    assert isinstance(found[0].where, Either)


def test_a_column_that_cannot_hold_a_number_leaves_it_to_the_table(index: Index) -> None:
    labels = {"beds": Label.SHOW, "fenced": Label.WHERE, "garden": Label.CONTEXT, "12": Label.WHERE}
    found = queries("fenced beds of garden with number 12", {**labels, "fenced beds": Label.WHERE}, index)
    assert ("id", Operator.EQUAL, (12.0,)) in _said(found)


def test_after_another_moment_is_no_open_end(index: Index) -> None:
    labels = {"gardens": Label.SHOW, "beds dug": Label.WHERE, "2024-03-01": Label.WHERE, "2025-03-01": Label.WHERE}
    found = queries("gardens with beds dug before '2024-03-01' and after the '2025-03-01'", labels, index)
    assert [operator for _, operator, _ in _said(found)][:1] == [Operator.LESS]


def test_a_negation_without_a_part_of_its_own_takes_the_rows_behind_it(index: Index) -> None:
    found = queries("gardens that do not have beds", {"gardens": Label.SHOW, "beds": Label.CONTEXT}, index)
    assert any(isinstance(query.where, Not) for query in found)
    assert not any(isinstance(query.where, Not) for query in queries(
        "gardens that have beds", {"gardens": Label.SHOW, "beds": Label.CONTEXT}, index))  # fmt: skip


def test_a_number_before_a_name_is_its_beginning(index: Index) -> None:
    labels = {"gardens": Label.SHOW, "title": Label.WHERE, "12": Label.WHERE, "mill lane": Label.WHERE}
    found = queries("gardens whose title is 12 Mill Lane", labels, index)
    assert _said(found) == [("title", Operator.EQUAL, ("12 Mill Lane",))]


def test_a_moment_is_of_a_date(index: Index) -> None:
    labels = {"beds": Label.SHOW, "2024-03-01 10:00:00": Label.WHERE}
    found = queries("beds as they were after '2024-03-01 10:00:00'", labels, index)
    assert _said(found) == [("dug_on", Operator.GREATER, ("2024-03-01 10:00:00",))]


def test_a_part_of_a_text_is_of_what_is_shown(index: Index) -> None:
    found = queries('which garden title contains "oak"', {"garden title": Label.SHOW, "oak": Label.WHERE}, index)
    assert _said(found) == [("title", Operator.CONTAINS, ("oak",))]


def test_a_last_name_tells_the_first(index: Index) -> None:
    labels = {"beds": Label.SHOW, "ann": Label.WHERE, "reed": Label.WHERE}
    named = prepare(_catalog(("Reed", "Moss")))
    found = queries("beds of 'Ann' Reed", labels, named)
    assert {name: right for name, _, right in _said(found)} == {"first_name": ("Ann",), "last_name": ("Reed",)}


def test_one_column_is_compared_once(index: Index) -> None:
    labels = {"beds": Label.SHOW, "width": Label.AGAINST, "width 2": Label.AGAINST}
    (compare,) = _atoms(queries("beds whose width is below the average width", labels, index)[0].where)
    assert compare.operator is Operator.LESS


def test_than_says_what_it_is_compared_with(index: Index) -> None:
    found = queries(
        "beds with a maximum width greater than the average", {"beds": Label.SHOW, "width": Label.AGAINST}, index
    )
    (compare,) = _atoms(found[0].where)
    assert isinstance(compare.right, Query)
    assert isinstance(compare.right.show[0], Aggregate)
    assert (compare.operator, compare.right.show[0].function) == (Operator.GREATER, Function.AVG)


def test_texts_before_a_table_name_its_rows(index: Index) -> None:
    labels = {"beds": Label.SHOW, "green corner": Label.WHERE, "low walk": Label.WHERE, "gardens": Label.CONTEXT}
    found = queries('beds of both "Green Corner" and "Low Walk" gardens', labels, index)
    assert {name for name, _, _ in _said(found)} == {"title"}


def test_a_column_is_compared_with_two_others(index: Index) -> None:
    labels = {"beds": Label.SHOW, "width": Label.WHERE, "depth": Label.WHERE, "size": Label.WHERE}
    wide = prepare(
        Catalog((table("beds", "id int!, title text!, width num!, depth num!, size num!"),), dialect="sqlite")
    )
    found = queries("beds with a width lower than the depth or higher than the size", labels, wide)
    assert isinstance(found[0].where, Either)
    assert [(one.operator, one.right.key.name) for one in _atoms(found[0].where) if isinstance(one.right, Field)] == [
        (Operator.LESS, "depth"),
        (Operator.GREATER, "size"),
    ]


def test_rows_that_are_missing_are_no_rows_of_a_list(index: Index) -> None:
    found = queries("titles of gardens without beds", {"titles": Label.SHOW, "beds": Label.NOT}, index)
    assert found
    assert all(query.subject is None for query in found)
