"""A chart asked for in words: the question is read without them, and the answer drawn so."""

import pytest

from services.ml_gateway.engine import NeedsClarification, Planned, plan, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.outcome import ChartKind
from tests.engine.catalogs import shop, table
from tests.engine.data import NOW

INDEX = prepare(shop())


def _plan(question: str, *earlier: str) -> Planned:
    outcome = plan(question, INDEX, now=NOW, earlier=earlier)
    assert isinstance(outcome, Planned), outcome
    return outcome


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("revenue by month in 2025 as a bar chart", ChartKind.BAR),
        ("revenue by month in 2025, in bars", ChartKind.BAR),
        ("a bar chart of revenue by month in 2025", ChartKind.BAR),
        ("Show me a table with revenue by month in 2025", ChartKind.TABLE),
        ("revenue by month in 2025 as a table.", ChartKind.TABLE),
        ("plot revenue by month in 2025", ChartKind.LINE),
        ("revenue by month in 2025 in a line graph?", ChartKind.LINE),
    ],
)
def test_the_same_query_in_the_chart_asked_for(question: str, kind: ChartKind) -> None:
    plain, drawn = _plan("revenue by month in 2025"), _plan(question)
    assert (drawn.sql, drawn.chart.kind) == (plain.sql, kind)


def test_meanings_stay_where_the_words_are() -> None:
    question = "a bar chart of revenue by month in 2025"
    assert all(question[m.start : m.end] == m.text for m in _plan(question).interpretation.meanings)


def test_a_pie_is_drawn_as_bars_and_says_so() -> None:
    outcome = _plan("revenue by month in 2025 as a pie chart")
    assert outcome.chart.kind is ChartKind.BAR
    assert "There are no pies: drawn as bars." in outcome.assumptions


def test_one_number_is_no_chart() -> None:
    outcome = _plan("revenue in 2025 as a bar chart")
    assert outcome.chart.kind is ChartKind.NUMBER
    assert "A chart needs a number for each of several things." in outcome.assumptions


def test_the_answer_before_in_another_chart() -> None:
    plain, drawn = _plan("revenue by month in 2025"), _plan("as a table", "revenue by month in 2025")
    assert (drawn.sql, drawn.chart.kind) == (plain.sql, ChartKind.TABLE)
    later = _plan("and in 2024", "revenue by month in 2025", "as a bar chart")
    assert later.sql == _plan("and in 2024", "revenue by month in 2025").sql


def test_a_farms_plots_are_no_charts() -> None:
    index = prepare(Catalog((table("plots", "plot_id int!, farm text, area num"),)))
    outcome = plan("plots", index, now=NOW)
    if isinstance(outcome, NeedsClarification):  # whole rows, or their keys
        outcome = plan(outcome.options[0].question, index, now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert "plots" in outcome.sql
