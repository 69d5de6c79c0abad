"""A flat table: one file, no keys, categories that repeat, people with titles."""

from dataclasses import replace

from services.ml_gateway.engine import NeedsClarification, Planned, Refused, plan, prepare
from services.ml_gateway.engine.model import Catalog
from tests.engine.catalogs import table
from tests.engine.data import NOW


def _flat() -> Catalog:
    made = table(
        "us_sales",
        "ref text!, rep text!, amount num!, price num!, discount_percent num, discontinued text",
        row_count=400,
        samples={"rep": ("O'Neil, Pat", "Groß & Söhne", "Smith")},
    )
    columns = tuple(replace(c, distinct_count={"rep": 4, "ref": 400}.get(c.name, 300)) for c in made.columns)
    return Catalog(tables=(replace(made, columns=columns),))


def _planned(question: str, catalog: Catalog) -> Planned:
    outcome = plan(question, prepare(catalog), now=NOW)
    assert isinstance(outcome, Planned), outcome
    return outcome


def _adds_up(question: str, catalog: Catalog) -> bool:
    """Whether the likeliest reading, answered or the first that is offered, is a total."""
    outcome = plan(question, prepare(catalog), now=NOW)
    if isinstance(outcome, NeedsClarification):
        outcome = plan(outcome.options[0].question, prepare(catalog), now=NOW)
    assert isinstance(outcome, Planned), outcome
    return "SUM" in outcome.sql


def test_rows_without_a_key_are_counted_by_the_column_that_names_them() -> None:
    made = table("deliveries", "delivered_on date!, customer text!, city text!, amount num!", row_count=200)
    columns = tuple(replace(c, distinct_count={"customer": 23, "city": 3}.get(c.name, 150)) for c in made.columns)
    planned = _planned("number of deliveries by customer", Catalog(tables=(replace(made, columns=columns),)))
    assert "COUNT(*)" in planned.sql
    assert 'GROUP BY "deliveries"."customer"' in planned.sql


def test_the_best_of_a_category_are_by_its_total() -> None:
    planned = _planned("top 3 reps by amount", _flat())
    assert 'SUM("us_sales"."amount")' in planned.sql
    assert 'GROUP BY "us_sales"."rep"' in planned.sql


def test_one_repetition_makes_a_category() -> None:
    made = table("s", "ref int!, city text!, amount int!", row_count=3)
    few = replace(made, columns=tuple(replace(c, distinct_count=2 if c.name == "city" else 3) for c in made.columns))
    assert "SUM" in _planned("top 1 city by amount", Catalog(tables=(few,))).sql


def test_the_best_of_what_does_not_repeat_are_rows() -> None:
    assert not _adds_up("top 3 refs by amount", _flat())


def test_one_table_needs_no_name_in_labels() -> None:
    assert _planned("total amount by rep", _flat()).columns[-1].label == "Total amount"


def test_a_persons_title_is_no_name() -> None:
    people = table("employees", "id int!, title text!, first_name text!, last_name text!, age int!")
    catalog = Catalog(tables=(people, table("shops", "id int!, name text!")))
    told = plan("list the names of employees", prepare(catalog), now=NOW)
    if isinstance(told, NeedsClarification):
        told = plan(told.options[0].question, prepare(catalog), now=NOW)
    assert isinstance(told, Planned), told
    assert [column.name for column in told.columns] == ["first_name", "last_name"]


def test_one_group_of_many_rows_is_added_up_and_not_listed() -> None:
    assert _adds_up("amount of Smith", _flat())
    asked = plan("price of Smith", prepare(_flat()), now=NOW)
    assert isinstance(asked, NeedsClarification)


def test_values_with_signs_are_found_as_they_are_spelled() -> None:
    assert "O''Neil, Pat" in _planned("total amount for O'Neil, Pat", _flat()).sql
    assert "Groß & Söhne" in _planned("total amount of Groß & Söhne", _flat()).sql


def test_a_number_in_percent_is_asked_for_without_that_word() -> None:
    assert 'AVG("us_sales"."discount_percent")' in _planned("average discount by rep", _flat()).sql


def test_a_text_is_no_yes_or_no() -> None:
    outcome = plan("which us sales are discontinued", prepare(_flat()), now=NOW)
    assert isinstance(outcome, Refused)


def test_the_category_with_the_highest_amount_is_by_its_total_or_that_is_said() -> None:
    """Or it is said that single sales are ranked, or asked what is meant."""
    outcome = plan("which rep has the highest amount", prepare(_flat()), now=NOW)
    if isinstance(outcome, Planned):
        said = "Ranked by the amount of a single us sale, not by a total." in outcome.assumptions
        assert 'SUM("us_sales"."amount")' in outcome.sql or said
    else:
        assert isinstance(outcome, NeedsClarification)
    assert "SUM" not in _planned("which rep has the highest price", _flat()).sql


def _tickets() -> Catalog:
    made = table("tickets", "ticket int!, opened date!, team text!, hours num!", samples={"team": ("IT", "OR", "Shop")})
    return Catalog(tables=(made,))


def test_a_value_that_is_a_small_word_counts_where_it_is_written_in_capitals() -> None:
    assert "'IT'" in _planned("total hours in IT", _tickets()).sql
    assert "'OR'" in _planned("number of tickets in OR", _tickets()).sql
    assert "'IT'" not in _planned("how many tickets is it", _tickets()).sql


def test_what_happened_is_counted_and_not_its_dates() -> None:
    assert "COUNT(*)" in _planned("how many tickets opened in march 2025", _tickets()).sql
    by_month = _planned("tickets opened per month", _tickets())
    assert [column.name for column in by_month.columns] == ["month", "number_of_tickets"]


def test_nothing_is_ranked_by_the_number_of_itself() -> None:
    genres = Catalog(tables=(table("genres", "id int!, name text!"), table("shops", "id int!, town text!")))
    assert isinstance(plan("most popular genre", prepare(genres), now=NOW), Refused)


def test_a_taught_name_of_several_words_is_one_name() -> None:
    made = replace(table("visits", "visit_id int!, seen_on date!, fee num!"), synonyms=("calls at the bedside",))
    outcome = plan("number of calls at the bedside", prepare(Catalog(tables=(made,))), now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert "COUNT(*)" in outcome.sql
