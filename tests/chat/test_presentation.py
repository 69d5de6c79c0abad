"""Sections by role: the same figures, each sentence with its rule and its cells."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from infinure.ml_gateway.v1.answer_event_pb2 import Figure, Interpretation, Statement
from infinure.ml_gateway.v1.receipt_pb2 import OUTCOME_ANSWERED, OUTCOME_REFUSED, Receipt
from infinure.ml_gateway.v1.result_pb2 import (
    GRAIN_MONTH,
    NUMBER_STYLE_CURRENCY,
    NUMBER_STYLE_PERCENT,
    Cell,
    NumberFormat,
    ResultColumn,
    Row,
    Rows,
)

from services.chat.figures import formatted
from services.chat.presentation import BY_ROLE, headline, sections

EUROS = NumberFormat(style=NUMBER_STYLE_CURRENCY, currency="EUR")
MONTH = ResultColumn(name="month", label="Month", grain=GRAIN_MONTH)
COUNTRY = ResultColumn(name="country", label="Country")
REVENUE = ResultColumn(name="revenue", label="Revenue", format=EUROS, is_measure=True)
ANSWERED = Receipt(outcome=OUTCOME_ANSWERED, tables=["shop.orders"])


def series(*amounts: str | None) -> Rows:
    rows = [
        Row(cells=[Cell(date=f"2025-{month:02}-01"), Cell(decimal=amount) if amount is not None else Cell()])
        for month, amount in enumerate(amounts, 1)
    ]
    return Rows(columns=[MONTH, REVENUE], rows=rows, total_row_count=len(rows))


def ranking(**amounts: str) -> Rows:
    rows = [Row(cells=[Cell(text=name), Cell(decimal=amount)]) for name, amount in amounts.items()]
    return Rows(columns=[COUNTRY, REVENUE], rows=rows, total_row_count=len(rows))


def texts(role: str, rows: Rows) -> list[str]:
    made = sections(role, Interpretation(summary="Revenue by month."), rows, ANSWERED)
    return [statement.text for section in made for statement in section.statements]


def test_a_series_names_its_extremes_and_its_change() -> None:
    assert texts("ceo", series("100", "50.5", "151")) == [
        "Revenue is highest in March 2025 (€151.00) and lowest in February 2025 (€50.50).",
        "From January 2025 to March 2025, Revenue rose by €51.00 (+51.0 %).",
    ]


def test_a_ranking_names_its_leader() -> None:
    assert texts("viewer", ranking(Spain="70", France="90")) == ["France leads with €90.00 (Revenue)."]


def people(*labels: str) -> Rows:
    lines = [("Ana", "Gil", "90"), ("Bo", "Lund", "70")]
    columns = [*(ResultColumn(name=label, label=label) for label in labels), REVENUE]
    rows = [Row(cells=[Cell(text=first), Cell(text=last), Cell(decimal=amount)]) for first, last, amount in lines]
    return Rows(columns=columns, rows=rows, total_row_count=2)


def test_a_ranking_of_what_two_columns_name_names_its_leader() -> None:
    made = texts("director", people("First name", "Last name"))
    assert made == ["Ana Gil leads with €90.00 (Revenue).", "Ana Gil is €20.00 ahead of Bo Lund."]
    assert texts("viewer", people("Country", "Status")) == ["Ana, Gil leads with €90.00 (Revenue)."]
    (section, *_) = sections("viewer", Interpretation(), people("First name", "Last name"), ANSWERED)
    assert [(cell.row, cell.column) for cell in section.statements[0].cells] == [(0, 0), (0, 1), (0, 2)]


def test_what_belongs_to_nothing_leads_nothing() -> None:
    rows = ranking(Nobody="500", Spain="70", France="90")
    rows.rows[0].cells[0].CopyFrom(Cell())
    assert texts("director", rows) == [
        "France leads with €90.00 (Revenue).",
        "€500.00 (Revenue) has no Country.",
        "France is €20.00 ahead of Spain.",
    ]


def test_the_one_thing_there_is_is_told_by_its_figure() -> None:
    assert texts("viewer", ranking(Spain="70")) == ["Spain: €70.00 (Revenue)."]
    assert texts("viewer", series("70")) == ["January 2025: €70.00 (Revenue)."]
    rows = ranking(Nobody="500")
    rows.rows[0].cells[0].CopyFrom(Cell())
    assert texts("viewer", rows) == ["1 row."]


def best_months(*months: int) -> Rows:
    rows = [Row(cells=[Cell(date=f"2025-{month:02}-01"), Cell(decimal=f"{month * 10}")]) for month in months]
    return Rows(columns=[MONTH, REVENUE], rows=rows, total_row_count=len(rows))


def test_months_that_stand_by_their_figure_are_no_run_of_months() -> None:
    said = " ".join(texts("ceo", best_months(11, 9, 12)))
    assert "From" not in said
    assert "highest in December 2025" in said
    figures = [
        one for made in sections("ceo", Interpretation(), best_months(11, 9, 12), ANSWERED) for one in made.figures
    ]
    assert not any(figure.label.startswith("Latest") for figure in figures)


def test_a_series_from_its_newest_period_is_told_from_its_oldest() -> None:
    assert "From January 2025 to March 2025, Revenue rose by €20.00 (+200.0 %)." in texts("ceo", best_months(3, 2, 1))


@pytest.mark.parametrize("role", [*BY_ROLE, "nobody"])
@pytest.mark.parametrize(
    "rows", [series("100", "50.5", "151"), ranking(Spain="70", France="90")], ids=["series", "ranking"]
)
def test_every_sentence_of_every_role_rests_on_cells_that_hold_its_figures(role: str, rows: Rows) -> None:
    made = sections(role, Interpretation(summary="Revenue."), rows, ANSWERED)
    amounts = {formatted(Decimal(row.cells[1].decimal), EUROS) for row in rows.rows}
    assert made
    for section in made:
        told: list[Statement | Figure] = [*section.statements, *section.figures]
        for said in told:
            assert said.rule
            named = {formatted(Decimal(rows.rows[cell.row].cells[1].decimal), EUROS) for cell in said.cells}
            assert {amount for amount in amounts if amount in said.text} <= named


def test_no_percentage_from_nothing_and_empty_cells_are_said() -> None:
    assert "%" not in "".join(texts("ceo", series("0", "10")))
    assert "1 of 3 rows have no Revenue." in texts("analyst", series("1", None, "3"))


def test_empty_results_say_so_and_a_refusal_has_no_sections() -> None:
    assert texts("manager", series()) == ["There is no data for this question."]
    assert sections("ceo", Interpretation(), series("1"), Receipt(outcome=OUTCOME_REFUSED)) == []
    assert sections("ceo", Interpretation(), None, ANSWERED) == []


@pytest.mark.parametrize(
    ("value", "how", "text"),
    [
        ("1234567.891", NumberFormat(), "1,234,567.89"),
        ("3", NumberFormat(), "3"),
        ("-1234.5", EUROS, "-€1,234.50"),
        ("0.256", NumberFormat(style=NUMBER_STYLE_PERCENT), "25.6 %"),
        ("1500", NumberFormat(style=NUMBER_STYLE_CURRENCY, currency="JPY"), "¥1,500"),
        ("12", NumberFormat(unit="kg"), "12 kg"),
    ],
)
def test_numbers_are_written_as_their_column_says(value: str, how: NumberFormat, text: str) -> None:
    assert formatted(Decimal(value), how) == text


@pytest.mark.parametrize(("asked", "unfinished"), [("2025-03-31T23:59:59Z", True), ("2025-04-01T00:00:00Z", False)])
def test_a_period_that_is_not_over_is_said_and_not_compared(asked: str, unfinished: bool) -> None:
    receipt = Receipt(outcome=OUTCOME_ANSWERED)
    receipt.reference_time.FromJsonString(asked)
    (summary, *_rest) = sections("ceo", Interpretation(), series("100", "150", "2"), receipt)
    told = " ".join(statement.text for statement in summary.statements)
    assert ("March 2025 isn't over yet" in told) is unfinished
    assert ("lowest in January 2025" in told) is unfinished
    assert ("to February 2025" in told) is unfinished


def test_the_asker_s_zone_decides_whether_a_period_is_over() -> None:
    receipt = Receipt(outcome=OUTCOME_ANSWERED, time_zone="Europe/Berlin")
    receipt.reference_time.FromJsonString("2025-03-31T22:30:00Z")
    (summary, *_rest) = sections("viewer", Interpretation(), series("100", "150", "2"), receipt)
    assert "isn't over" not in str(summary)


def test_the_headline_leaves_out_the_month_that_is_not_over() -> None:
    receipt = Receipt(outcome=OUTCOME_ANSWERED, time_zone="UTC")
    receipt.reference_time.FromDatetime(datetime(2025, 4, 10, tzinfo=UTC))
    told = headline(Interpretation(), series("100", "90", "120", "2"), "", None, receipt)
    assert told == "Revenue is highest in March 2025 (€120.00) and lowest in February 2025 (€90.00)."


def test_one_thing_without_a_figure_is_told_by_its_name() -> None:
    named = Rows(columns=[COUNTRY], rows=[Row(cells=[Cell(text="France")])], total_row_count=1)
    assert texts("viewer", named) == ["Country: France."]
    unnamed = Rows(columns=[COUNTRY], rows=[Row(cells=[Cell()])], total_row_count=1)
    assert texts("viewer", unnamed) == ["1 row."]
