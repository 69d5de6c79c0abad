"""Rows are called as the key that tells them apart is, where the table's own name doesn't say it."""

from dataclasses import replace

from services.ml_gateway.engine import Planned, plan, prepare
from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import Catalog, Table
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.row_names import with_row_names
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import table
from tests.engine.data import NOW


def _export() -> Table:
    made = table(
        "export_2025",
        '"Case No" int, filed_on date, opened_by text, team text, minutes int'.replace('"Case No"', "Case_No"),
        row_count=300,
        samples={"team": ("Billing", "Field")},
    )
    distinct = {"Case_No": 300, "filed_on": 200, "opened_by": 20, "team": 2, "minutes": 90}
    columns = tuple(replace(one, distinct_count=distinct[one.name]) for one in made.columns)
    return replace(made, columns=columns, primary_key=(), unique_keys=())


def _planned(question: str, catalog: Catalog) -> Planned:
    outcome = plan(question, prepare(catalog), now=NOW)
    assert isinstance(outcome, Planned), outcome
    return outcome


def test_rows_are_counted_by_what_their_key_calls_them() -> None:
    sql = _planned("how many cases by team", Catalog(tables=(_export(),))).sql
    assert "COUNT(*)" in sql
    assert 'GROUP BY "export_2025"."team"' in sql
    assert "DISTINCT" not in sql


def test_a_column_that_repeats_names_no_rows() -> None:
    made = _export()
    repeated = replace(made, columns=tuple(replace(one, distinct_count=120) for one in made.columns))
    assert with_row_names(Catalog(tables=(repeated,))).tables == (repeated,)


def test_the_only_key_there_is_becomes_the_tables_key() -> None:
    (made,) = with_row_names(Catalog(tables=(_export(),))).tables
    assert made.primary_key == ("Case_No",)
    assert made.synonyms[-1:] == ("case",)


def test_what_another_table_is_called_stays_its_name() -> None:
    lines, cases = _export(), table("cases", "id int!, title text!")
    made = with_row_names(Catalog(tables=(lines, cases)))
    assert made.tables == (lines, cases)


def test_two_tables_of_the_same_key_have_neither_the_name() -> None:
    one, other = _export(), replace(_export(), name="archive")
    assert with_row_names(Catalog(tables=(one, other))).tables == (one, other)


def test_a_date_called_as_the_rows_are_is_the_one_they_are_told_by() -> None:
    made = table("book", "order_id int!, order_date date!, ship_date date, amount num!", row_count=40)
    columns = tuple(replace(c, distinct_count=40 if c.name == "order_id" else 30) for c in made.columns)
    flat = replace(made, columns=columns, primary_key=())
    assert '"order_date" >=' in _planned("how many orders in March 2026", Catalog(tables=(flat,))).sql


def test_rows_called_as_a_word_that_says_what_to_do_are_named_by_it() -> None:
    made = table("book", "order_id int!, order_date date!, amount num!", row_count=40)
    columns = tuple(replace(c, distinct_count=40 if c.name == "order_id" else 30) for c in made.columns)
    index = prepare(Catalog(tables=(replace(made, columns=columns, primary_key=()),)))
    divided = sentences(tokenize("orders by weekday"), index)[0]
    assert [item.choices[0].target.kind for item in divided.items] == [TargetKind.TABLE]
