"""Whose a name is, how many of what there are, and what words for other things hold."""

import pytest

from services.ml_gateway.engine import Planned, plan, prepare
from services.ml_gateway.engine.model import Catalog
from tests.engine.catalogs import key, table
from tests.engine.reader.asking import NOW

INDEX = prepare(
    Catalog(
        (
            table("vessel", "vessel_id int!, name text!, built int!, harbour text!",
                  samples={"harbour": ("Kiel", "Oslo")}),
            table("sailor", "sailor_id int!, first_name text!, last_name text!, vessel_id int!, age text!, town text!",
                  samples={"age": ("34", "51", "47"), "town": ("Bergen", "Turku")}),
            table("song", "song_id int!, title text!, composer text!, label text!",
                  samples={"composer": ("Ada Holm", "Per Lund"), "title": ("Tide", "Fjord"),
                           "label": ("Nord", "Sol")}),
        ),
        (key("sailor.vessel_id -> vessel.vessel_id"),),
        dialect="sqlite",
    )
)  # fmt: skip


def _sql(question: str) -> str:
    outcome = plan(question, INDEX, now=NOW, timezone="UTC", bar=0.0)
    assert isinstance(outcome, Planned), outcome
    return " ".join(outcome.sql.replace('"', "").split())


def test_numbers_kept_as_texts_are_still_ranked_by_an_adjective() -> None:
    sql = _sql("What is the name of the vessel that is steered by the youngest sailor?")
    assert "ORDER BY sailor.age ASC" in sql
    assert "COUNT(" not in sql


def test_keys_of_people_who_have_two_names_are_shown_alone() -> None:
    shown = _sql("What are the ids of all sailors who live in Turku?").split(" FROM ")[0]
    assert "sailor_id" in shown
    assert "age" not in shown
    assert "last_name" not in shown


@pytest.mark.parametrize("question", ["What are the names of all composers?", "Find the name of the composer of Tide"])
def test_the_names_of_those_whom_a_column_holds_stand_alone(question: str) -> None:
    shown = _sql(question).split(" FROM ")[0]
    assert "song.composer" in shown
    assert "song.title" not in shown


def test_the_rows_named_behind_fewest_are_counted() -> None:
    sql = _sql("In which harbour is the vessel that has the fewest sailors?")
    assert "FROM public.sailor" in sql
    assert "ORDER BY COUNT(*) ASC" in sql


def test_or_between_two_values_wants_either() -> None:
    sql = _sql("Show all composer names who have a song on the label Nord or Sol")
    assert "INTERSECT" not in sql
    assert "IN ('Nord', 'Sol')" in sql
