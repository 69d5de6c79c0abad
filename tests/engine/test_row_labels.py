"""Rows are named by what people call them, however a database writes it; by their key only where nothing else does."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from services.ml_gateway.engine.model import Catalog, Table
from services.ml_gateway.engine.tables import table_facts
from tests.engine.catalogs import key, table


def _counted(made: Table, rows: int, distinct: Mapping[str, int]) -> Table:
    columns = tuple(replace(one, distinct_count=distinct.get(one.name)) for one in made.columns)
    return replace(made, columns=columns, row_count=rows)


def _labels(made: Table, *others: Table, keys: tuple[str, ...] = ()) -> tuple[str, ...]:
    catalog = Catalog(tables=(made, *others), relationships=tuple(key(one) for one in keys))
    return table_facts(made, catalog).labels


@pytest.mark.parametrize(
    ("name", "columns", "labels"),
    [
        ("diver", "diver_id int, given_name text, family_name text, depth int", ("given_name", "family_name")),
        ("diver", "No int, Surname text, Forename text, depth int", ("Forename", "Surname")),
        ("diver", "dvr_id int, dvr_first text, dvr_last text, dvr_depth int", ("dvr_first", "dvr_last")),
        ("diver", "dv_id int, dv_fname text, dv_lname text, club text", ("dv_fname", "dv_lname")),
        ("diver", "id int, firstname text, lastname text, title text", ("firstname", "lastname")),
        ("diver", "id int, name text, surname text", ("name", "surname")),
        ("diver", "id int, first_name text, last_name text, full_name text", ("full_name",)),
        ("choir", "chr_id int, chr_name text, chr_town text", ("chr_name",)),
        ("visits", "id int, first date, last date", ("id",)),
        ("post", "id int, headline text, body text", ("headline",)),
        ("question", "QuestionNo int, QuestionText text, Answer text", ("QuestionText",)),
        ("van", "id int, plate text, colour text", ("plate",)),
    ],
)
def test_names_as_databases_write_them(name: str, columns: str, labels: tuple[str, ...]) -> None:
    assert _labels(table(name, columns)) == labels


def test_somebody_elses_name_that_repeats_names_no_rows() -> None:
    made = table("call", "id int, operator_name text, minutes int")
    assert _labels(_counted(made, 80, {"operator_name": 7})) == ("id",)


def test_a_text_that_differs_in_all_rows_that_others_refer_to() -> None:
    made = _counted(table("site", "id int, size int, town text, soil text"), 12, {"town": 12, "soil": 3})
    digs = table("dig", "id int, site_id int, dug_on date")
    assert _labels(made, digs, keys=("dig.site_id -> site.id",)) == ("town",)
    assert _labels(made) == ("id",)


def test_remarks_name_nothing() -> None:
    made = _counted(table("repair", "id int, remark text, cost int"), 30, {"remark": 30})
    assert _labels(made) == ("id",)


def test_a_firm_before_whoever_speaks_for_it() -> None:
    made = table("donor", "id int, company text, first_name text, last_name text, town text")
    assert _labels(_counted(made, 40, {"company": 40})) == ("company",)
    assert _labels(_counted(made, 40, {"company": 9})) == ("first_name", "last_name")  # most are persons
