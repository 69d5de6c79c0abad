"""The invented business: the same for a day wherever it is made, and with what there is to find in it."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest

from cli.demo.generation import generate
from cli.demo.rows import Shop
from cli.demo.trading import HIGHLIGHT, black_friday, months_before, plan
from tests.demo.conftest import TODAY

DIGEST = """
import hashlib, sys
from datetime import date
from cli.demo.generation import generate
print(hashlib.sha256(repr(generate(date.fromisoformat(sys.argv[1]))).encode()).hexdigest())
"""
WEEK = timedelta(days=7)


@cache
def shop() -> Shop:
    return generate(TODAY)


def placed(first: date, last: date, status: str | None = None) -> float:
    """Orders a day from first up to last, only those of the status when one is given."""
    orders = [o for o in shop().orders if first <= o.ordered_at.date() <= last and status in (None, o.status)]
    return len(orders) / ((last - first).days + 1)


def test_the_same_day_gives_the_same_rows_whatever_the_hash_seed() -> None:
    command = [sys.executable, "-c", DIGEST, TODAY.isoformat()]
    runs = [
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
        for seed in ("1", "2")
    ]

    assert runs[0].stdout == runs[1].stdout
    assert len(runs[0].stdout.strip()) == 64


@pytest.mark.parametrize(
    "today", [date(2024, 2, 29), date(2025, 12, 1), date(2026, 1, 1), date(2026, 8, 31), date(2027, 3, 15)]
)
def test_any_day_can_be_the_first(today: date) -> None:
    trading = plan(today)

    assert trading.start == months_before(today, 30)
    assert trading.days()[-1] == today - timedelta(days=1)
    assert all(trading.start <= c.starts_on <= c.ends_on < today for c in trading.campaigns)
    assert today - 26 * WEEK < trading.outage_start < today - 7 * WEEK
    assert not any(
        c.starts_on <= trading.outage_start + timedelta(days=n) <= c.ends_on
        for c in trading.campaigns
        for n in range(7)
    )


@pytest.mark.parametrize(("year", "day"), [(2024, 29), (2025, 28), (2026, 27), (2028, 24)])
def test_black_friday_is_the_day_after_thanksgiving(year: int, day: int) -> None:
    assert black_friday(year) == date(year, 11, day)


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 11, 22), 30, date(2024, 5, 22)),
        (date(2026, 8, 31), 30, date(2024, 2, 29)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
    ],
)
def test_months_before(day: date, months: int, earlier: date) -> None:
    assert months_before(day, months) == earlier


def test_the_shop_grows() -> None:
    revenue: Counter[int] = Counter()
    for order in shop().orders:
        if order.status != "cancelled" and order.ordered_at.month in (2, 3, 4, 5):
            revenue[order.ordered_at.year] += int(order.items_amount)

    assert revenue[2026] > 1.15 * revenue[2025]


def test_the_year_has_its_seasons() -> None:
    friday = black_friday(2025)

    assert placed(friday, friday) > 2 * placed(friday - 3 * WEEK, friday - 2 * WEEK)
    assert placed(date(2025, 7, 21), date(2025, 8, 31)) < 0.9 * placed(date(2025, 5, 1), date(2025, 6, 15))
    sundays = sum(placed(d, d) for d in (date(2026, 3, 1) + n * WEEK for n in range(12)))
    fridays = sum(placed(d, d) for d in (date(2026, 2, 27) + n * WEEK for n in range(12)))
    assert sundays > 1.1 * fridays


def test_a_campaign_lifts_sales() -> None:
    campaign = plan(TODAY).highlight

    assert campaign.name == HIGHLIGHT
    lifted = placed(campaign.starts_on, campaign.ends_on)
    assert lifted > 1.4 * placed(campaign.starts_on - 2 * WEEK, campaign.starts_on - timedelta(days=1))
    assert lifted > 1.4 * placed(campaign.ends_on + timedelta(days=1), campaign.ends_on + 2 * WEEK)


def test_one_week_is_bad_because_cards_fail() -> None:
    start = plan(TODAY).outage_start
    end = start + timedelta(days=6)

    assert placed(start, end, "cancelled") > 5 * placed(start - 2 * WEEK, start - timedelta(days=1), "cancelled")
    tried: Counter[tuple[str, bool]] = Counter()
    for payment in shop().payments:
        if start <= payment.attempted_at.date() <= end:
            tried[payment.method, payment.status == "failed"] += 1
    shares = {method: tried[method, True] / (tried[method, True] + tried[method, False]) for method, _ in tried}
    assert shares.pop("card") > 0.5
    assert max(shares.values()) < 0.2


def test_people_come_back_and_goods_are_returned() -> None:
    orders = Counter(order.customer_id for order in shop().orders)

    assert sum(1 for count in orders.values() if count > 1) > 0.3 * len(orders)
    assert len({refund.reason for refund in shop().refunds}) == 6
    assert 0.02 < len(shop().refunds) / len(shop().order_lines) < 0.1


def test_prices_rose_and_are_discounted() -> None:
    prices: dict[int, set[Decimal]] = {}
    for line in shop().order_lines:
        prices.setdefault(line.product_id, set()).add(line.unit_price)

    assert sum(1 for known in prices.values() if len(known) == 2) > 100
    assert 0.05 < sum(1 for line in shop().order_lines if line.discount_amount) / len(shop().order_lines) < 0.4
