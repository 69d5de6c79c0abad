"""Columns of one name in several tables: the asked-about table's own, else the nearest, else a question back."""

from dataclasses import replace

import pytest

from services.ml_gateway.engine import NeedsClarification, Planned, plan, prepare
from services.ml_gateway.engine.model import Catalog
from tests.engine.catalogs import key, table
from tests.engine.data import NOW

CITIES = ("Paris", "Lyon")


def _practice(*, patients_known: bool) -> Catalog:
    known = {"city": CITIES}
    return Catalog(
        (
            table("department", "id int!, name text!, city text!", samples=known),
            table("doctor", "id int!, department_id int!, name text!, city text!", samples=known),
            table("patient", "id int!, name text!, city text", samples=known if patients_known else {}),
            table("visit", "id int!, patient_id int!, doctor_id int!, visited_on date!, fee num!"),
            table("referral", "id int!, patient_id int!, from_doctor_id int!, to_doctor_id int!"),
        ),
        (
            key("doctor.department_id -> department.id"),
            key("visit.patient_id -> patient.id"),
            key("visit.doctor_id -> doctor.id"),
            key("referral.patient_id -> patient.id"),
            key("referral.from_doctor_id -> doctor.id"),
            key("referral.to_doctor_id -> doctor.id"),
        ),
    )


@pytest.mark.parametrize("patients_known", [True, False])
def test_the_tables_own_column_wins_even_where_its_values_are_unknown(patients_known: bool) -> None:
    outcome = plan("patients from Paris", prepare(_practice(patients_known=patients_known)), now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert "paris" in outcome.sql.lower()
    assert {table.name for table in outcome.tables} == {"patient"}


@pytest.mark.parametrize("question", ["fees by city", "how many visits in Paris"])
@pytest.mark.parametrize("patients_known", [True, False])
def test_equally_near_ones_are_asked_back(question: str, patients_known: bool) -> None:
    index = prepare(_practice(patients_known=patients_known))
    outcome = plan(question, index, now=NOW)
    assert isinstance(outcome, NeedsClarification), outcome
    told = [plan(option.question, index, now=NOW, earlier=[question]) for option in outcome.options]
    assert len(told) == 2
    assert all(isinstance(one, Planned) for one in told)
    tables = [{table.name for table in one.tables} for one in told if isinstance(one, Planned)]
    assert any("patient" in names for names in tables)
    assert any("doctor" in names for names in tables)


def test_one_that_is_nearer_is_asked_about_too_where_two_keys_lead_to_it() -> None:
    index = prepare(_practice(patients_known=True))
    outcome = plan("number of referrals by city", index, now=NOW)
    assert isinstance(outcome, NeedsClarification), outcome


def test_a_label_says_whose() -> None:
    catalog = _practice(patients_known=True)
    tables = tuple(replace(one, label="Clients") if one.name == "patient" else one for one in catalog.tables)
    outcome = plan("number of visits by client city", prepare(replace(catalog, tables=tables)), now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert {table.name for table in outcome.tables} == {"visit", "patient"}


def test_from_one_place_to_another_is_by_two_keys() -> None:
    outcome = plan("how many referrals from Paris to Lyon", prepare(_practice(patients_known=True)), now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert "from_doctor_id" in outcome.sql
    assert "to_doctor_id" in outcome.sql


def test_the_named_one_is_in_the_label() -> None:
    catalog = _practice(patients_known=True)
    outcome = plan("fees by doctor city", prepare(catalog), now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert outcome.columns[0].label == "Doctor city"
