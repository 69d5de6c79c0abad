"""When two results say the same."""

import pytest

from cli.evaluate.matching import plain, same

ROWS = [("Otter", 6, None), ("Teal", 1, 2.5), ("Plover", 6, 0.125)]


@pytest.mark.parametrize(
    ("found", "equal"),
    [
        (ROWS, True),
        (ROWS[::-1], True),
        ([(c, a, b) for a, b, c in ROWS], True),
        ([(a, str(b), c) for a, b, c in ROWS], True),
        ([(a, b * 1.00005, c) for a, b, c in ROWS], True),
        ([(a, b * 1.001, c) for a, b, c in ROWS], False),
        (ROWS[:2], False),
        ([*ROWS[:2], ROWS[0]], False),
        ([(a, b) for a, b, _ in ROWS], False),
        ([(a, b, c, 1) for a, b, c in ROWS], False),
        ([(a.lower(), b, c) for a, b, c in ROWS], False),
        ([(a, b, c or 0) for a, b, c in ROWS], False),
        ([("Otter", 1, None), ("Teal", 6, 2.5), ("Plover", 6, 0.125)], False),
        ([], False),
    ],
)
def test_rows_in_any_order_and_columns_in_any(found: list[tuple[object, ...]], equal: bool) -> None:
    assert same(ROWS, found, ordered=False) is equal
    assert same(found, ROWS, ordered=False) is equal


def test_order_counts_where_it_is_asked_for() -> None:
    by_number = [("a", 1), ("b", 2), ("c", 2), ("d", 3)]
    ties = [("a", 1), ("c", 2), ("b", 2), ("d", 3)]
    assert same(by_number, ties, ordered=True)
    assert not same(by_number, by_number[::-1], ordered=True)
    assert same(by_number, by_number[::-1], ordered=False)


def test_repeated_rows_count() -> None:
    assert not same([(1,), (1,), (2,)], [(1,), (2,), (2,)], ordered=False)


def test_columns_alike_are_paired_so_that_rows_agree() -> None:
    wanted = [(1, 2, "x"), (2, 1, "y")]
    assert same(wanted, [("x", 2, 1), ("y", 1, 2)], ordered=False)
    assert not same(wanted, [("y", 1, 1), ("x", 2, 2)], ordered=False)


def test_no_rows_are_the_same_as_no_rows() -> None:
    assert same([], [], ordered=True)


def test_numbers_near_a_rounding_edge_are_still_found() -> None:
    wanted = [(1.2345, "a"), (1.23449, "b")]
    assert same(wanted, [(1.23455, "a"), (1.2344, "b")], ordered=False)


@pytest.mark.parametrize(
    ("value", "compared"),
    [
        (" 12.50 ", 12.5), ("1e3", 1000.0), (True, 1.0), (b"abc", "abc"), (None, None), ("007", 7.0), ("", ""),
        ("123456789012345678", "123456789012345678"), ("2026-01-02 00:00:00", "2026-01-02"), ("1,5", "1,5"),
        ("2026-01-02 10:00:00", "2026-01-02 10:00:00"), (" padded ", " padded "),
    ],
)  # fmt: skip
def test_what_values_are_compared_as(value: object, compared: object) -> None:
    assert plain(value) == compared
