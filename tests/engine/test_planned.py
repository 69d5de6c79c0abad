"""What a plan carries beside its SQL."""

import pytest

from services.ml_gateway.engine import Planned, plan, prepare
from services.ml_gateway.engine.model import Catalog, DataType
from services.ml_gateway.engine.outcome import ChartKind, ClarificationKind, MeaningKind, NeedsClarification
from tests.engine.catalogs import key, shop, table
from tests.engine.data import NOW, READ


def _plan(question: str) -> Planned:
    outcome = plan(question, prepare(shop()), now=NOW)
    assert isinstance(outcome, Planned), outcome
    return outcome


def test_meanings_point_at_the_words_of_the_question() -> None:
    question = "Töp: sales in Germany by month last year".replace("Töp: ", "")
    outcome = _plan(question)
    for meaning in outcome.interpretation.meanings:
        assert question[meaning.start : meaning.end] == meaning.text
    found = {meaning.text: (meaning.kind, meaning.column) for meaning in outcome.interpretation.meanings}
    assert found["sales"] == (MeaningKind.MEASURE, "")
    assert found["Germany"] == (MeaningKind.FILTER, "country")
    assert found["last year"][0] is MeaningKind.TIME


def test_columns_chart_and_tables() -> None:
    outcome = _plan("revenue by month in 2025")
    month, revenue = outcome.columns
    assert (month.name, month.label, month.data_type, month.grain) == ("month", "Month", DataType.DATE, "month")
    assert (revenue.name, revenue.label, revenue.is_measure) == ("revenue", "Revenue", True)
    assert (outcome.chart.kind, outcome.chart.x, outcome.chart.y) == (ChartKind.LINE, "month", ("revenue",))
    assert {table.name for table in outcome.tables} == {"order_lines", "orders"}


def test_the_tables_of_a_metrics_own_conditions_are_named() -> None:
    assert {table.name for table in _plan("revenue").tables} == {"order_lines", "orders"}


def test_the_same_question_has_the_same_plan() -> None:
    first, second = _plan("top 5 products by revenue last quarter"), _plan("top 5 products by revenue last quarter")
    assert first == second
    assert first.fingerprint == second.fingerprint
    assert first.fingerprint != _plan("top 4 products by revenue last quarter").fingerprint


def test_what_was_guessed_is_said_and_lowers_confidence() -> None:
    sure, guessed = _plan("how many customers are there"), _plan("how many clients are there")
    assert sure.sql == guessed.sql
    assert guessed.confidence < sure.confidence
    assert any("clients" in assumption for assumption in guessed.assumptions)


def test_no_row_is_lost_in_silence_to_a_missing_key() -> None:
    """A session without a customer has no country to be grouped by: how many there are is counted beside the answer."""
    (left_out,) = _plan("web sessions by customer country").dropping
    assert (left_out.table.name, left_out.lacking.name) == ("web_sessions", "customers")
    assert left_out.sql.startswith("SELECT COALESCE(SUM(CASE WHEN")


def test_a_code_and_the_name_it_points_to_are_no_choice_and_two_columns_can_be_a_name() -> None:
    catalog = Catalog(
        (
            table("countries", "code text!, name text!", samples={"code": ("DE",), "name": ("Germany",)}),
            table("clients", "id int!, first_name text!, last_name text!, country text!", samples={"country": ("DE",)}),
        ),
        (key("clients.country -> countries.code"),),
    )
    question = "names of clients in Germany"
    asked = plan(question, prepare(catalog), now=NOW)
    assert not isinstance(asked, NeedsClarification) or asked.kind is ClarificationKind.EQUAL_ROWS, asked
    outcome = plan(question, prepare(catalog), now=NOW, bar=READ)
    assert isinstance(outcome, Planned), outcome
    assert [column.name for column in outcome.columns] == ["first_name", "last_name"]
    assert "'DE'" in outcome.sql or "'Germany'" in outcome.sql


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("how many visits are done", "\"status\" = 'done'"),
        ("number of done visits", "\"status\" = 'done'"),
        ("visits with status done", "\"status\" = 'done'"),
        ("total amount of paid invoices", "\"status\" = 'paid'"),
        ("how many invoices are paid", "\"status\" = 'paid'"),
        ("invoices paid in 2024", '"paid_at" >='),
    ],
)
def test_a_stored_value_is_a_condition_though_its_word_is_common(question: str, condition: str) -> None:
    visits = table("visits", "id int!, started_at tstz!, status text", samples={"status": ("done", "booked")})
    columns = "id int!, amount num, issued_on date, paid_at ts, status text"
    invoices = table("invoices", columns, samples={"status": ("paid", "open")})
    outcome = plan(question, prepare(Catalog(tables=(visits, invoices), relationships=())), now=NOW, bar=READ)
    assert isinstance(outcome, Planned), outcome
    assert condition in outcome.sql
