"""Small charts: to scale, and none where one would mislead."""

from datetime import date

from cli.ask import charts
from cli.ask.model import Column

AMOUNT = Column("amount", "Amount", "integer", is_measure=True)


def test_bars_are_to_scale_from_zero() -> None:
    drawn = charts.bars([100, 50, 25, 0, None], 8)
    assert drawn == ["████████", "████", "██", "", ""]


def test_what_is_not_nothing_is_seen() -> None:
    assert charts.bars([1_000_000, 1], 10) == ["█" * 10, "▏"]


def test_values_below_zero_have_no_bars() -> None:
    assert charts.bars([5, -1], 10) is None
    assert charts.bars([0, 0], 10) is None


def test_periods_without_a_value_are_gaps() -> None:
    points = [(date(2025, 1, 1), 4), (date(2025, 4, 1), 2), (date(2025, 2, 1), 3)]
    run = charts.run_of_time(points, "month")
    assert [(day.month, value) for day, value in run] == [(1, 4.0), (2, 3.0), (3, None), (4, 2.0)]


def test_days_that_no_step_meets_are_not_drawn() -> None:
    assert charts.run_of_time([(date(2025, 1, 1), 1), (date(2025, 1, 15), 2), (date(2025, 2, 1), 3)], "month") == []
    assert charts.run_of_time([("not a day", 1)], "day") == []


def test_a_line_starts_at_zero_and_names_its_ends() -> None:
    lines = charts.line(AMOUNT, ("2025-01", "2025-04"), [6.0, 3.0, None, 6.0], 60)
    assert len(lines) == charts.HEIGHT + 1
    assert lines[0].startswith("6 ┤")
    assert lines[charts.HEIGHT - 1].startswith("0 ┤")
    assert lines[0].count("█") == 10  # the two highest points, five wide each
    assert lines[-1].split() == ["2025-01", "2025-04"]


def test_more_points_than_fit_are_not_drawn() -> None:
    assert charts.line(AMOUNT, ("a", "b"), [1.0] * 100, 60) == []
