"""What is known of SQL by its text."""

import pytest

from cli.evaluate.gold_sql import as_of, is_ordered


@pytest.mark.parametrize(
    ("sql", "ordered"),
    [
        ("SELECT a FROM t ORDER BY a", True),
        ("select a from t order\n by a limit 1", True),
        ("SELECT a FROM (SELECT a FROM t ORDER BY a)", False),
        ("SELECT rank() OVER (ORDER BY a) FROM t", False),
        ("WITH w AS (SELECT a FROM t ORDER BY a LIMIT 3) SELECT a FROM w", False),
        ("WITH w AS (SELECT a FROM t) SELECT a FROM w ORDER BY 1", True),
        ("SELECT 'x ORDER BY y' FROM t", False),
        ('SELECT "order" FROM t', False),
        ("SELECT a FROM t -- ORDER BY a", False),
        ("SELECT a FROM t /* order by */ ORDER /* so */ BY a", True),
        ("SELECT 'it''s (' FROM t ORDER BY a", True),
    ],
)
def test_whether_a_statement_orders_its_rows(sql: str, ordered: bool) -> None:
    assert is_ordered(sql) is ordered


@pytest.mark.parametrize(
    ("sql", "fixed"),
    [
        ("date('now', '-3 months')", "date('2026-02-10 08:30:00', '-3 months')"),
        ('DATE("NOW")', "DATE('2026-02-10 08:30:00')"),
        ("CURRENT_DATE", "'2026-02-10'"),
        ("current_timestamp", "'2026-02-10 08:30:00'"),
        ("current_time", "'08:30:00'"),
        ("date()", "'2026-02-10'"),
        ("datetime( )", "'2026-02-10 08:30:00'"),
        ("'now or never'", "'now or never'"),
        ("now", "now"),
    ],
)
def test_the_clock_is_replaced(sql: str, fixed: str) -> None:
    assert as_of(sql, "2026-02-10T08:30:00") == fixed


def test_a_bare_date_is_at_noon_and_nothing_leaves_the_clock() -> None:
    assert as_of("'now'", "2026-02-10") == "'2026-02-10 12:00:00'"
    assert as_of("'now'", "") == "'now'"
