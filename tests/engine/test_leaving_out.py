"""What is said of rows that an answer's joins leave out."""

from dataclasses import replace

import pytest

from services.ml_gateway.engine import Index, prepare
from services.ml_gateway.engine.leaving_out import left_out, not_counted
from services.ml_gateway.engine.model import Catalog, TableKey
from services.ml_gateway.engine.outcome import Dropping
from tests.engine.catalogs import flights, key, table

CREWS = Catalog(
    (table("ferries", "id int!, name text!"), table("crew_members", "id int!, ferry_id int, coach_id int")),
    (key("crew_members.ferry_id -> ferries.id"), key("crew_members.coach_id -> crew_members.id")),
    dialect="sqlite",
)


def fact(lacking: str, relationship: int, *, of: str = "crew_members", upward: bool = True) -> Dropping:
    return Dropping(TableKey("public", of), TableKey("public", lacking), relationship, upward, "")


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(CREWS)


@pytest.mark.parametrize(
    ("one", "dropped", "total", "sentence"),
    [
        (fact("ferries", 0), 551, 65_332, "551 of 65,332 crew members have no matching ferry and are left out."),
        (fact("ferries", 0), 1, 65_332, "1 of 65,332 crew members has no matching ferry and is left out."),
        (fact("ferries", 0), 1, 1, "The only crew member has no matching ferry and is left out."),
        (fact("ferries", 0), 0, 65_332, ""),
        (fact("crew_members", 1), 3, 9, "3 of 9 crew members have no matching coach crew member and are left out."),
        (
            fact("crew_members", 0, of="ferries", upward=False),
            2,
            8,
            "2 of 8 ferries have no crew members and are left out.",
        ),
    ],
)
def test_it_is_a_sentence(one: Dropping, dropped: int, total: int, sentence: str, index: Index) -> None:
    assert left_out(one, dropped, total, index) == sentence


def test_what_was_not_counted_is_said(index: Index) -> None:
    assert not_counted(fact("ferries", 0), index) == (
        "Any crew members that have no matching ferry are left out; how many could not be counted."
    )


def test_labels_are_a_persons_words() -> None:
    labelled = tuple(replace(one, label="Boats") if one.name == "ferries" else one for one in CREWS.tables)
    index = prepare(replace(CREWS, tables=labelled))
    assert left_out(fact("ferries", 0), 2, 9, index) == "2 of 9 crew members have no matching boat and are left out."


def test_a_role_is_named() -> None:
    index = prepare(flights())
    one = Dropping(TableKey("public", "flights"), TableKey("public", "airports"), 2, True, "")
    assert left_out(one, 2, 9, index) == "2 of 9 flights have no matching destination airport and are left out."
