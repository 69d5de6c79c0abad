"""The whole shop for a day: the same day gives the same rows, in every process and on every machine."""

from collections.abc import Callable
from datetime import date
from random import Random

from cli.demo import marketing, people
from cli.demo.assortment import CATEGORIES, Assortment
from cli.demo.rows import Shop
from cli.demo.sales import Sales
from cli.demo.trading import plan

_DAYS_A_STEP = 100


def generate(today: date, progress: Callable[[float], None] = lambda _: None) -> Shop:
    """All rows of a shop whose last day of business is the day before `today` (UTC). `progress` gets 0.0 to 1.0."""
    trading = plan(today)
    # Seeded by text, which Random hashes by itself: independent of PYTHONHASHSEED. Each part has its own stream, so
    # that a change to one leaves the others' rows alone.
    assortment = Assortment(_stream("assortment", today), trading.start, today)
    sales = Sales(_stream("sales", today), trading, assortment)
    days = trading.days()
    for number, day in enumerate(days):
        sales.trade(day)
        if number % _DAYS_A_STEP == 0:
            progress(0.7 * number / len(days))
    refunds = sorted(sales.refunds, key=lambda refund: (refund.refunded_at, refund.order_line_id))
    countries = {customer.customer_id: customer.country_code for customer in sales.customers}
    shop = Shop(
        countries=people.COUNTRIES,
        categories=CATEGORIES,
        products=assortment.products,
        customers=sales.customers,
        campaigns=trading.campaigns,
        orders=sales.orders,
        order_lines=sales.lines,
        payments=sales.payments,
        refunds=[refund._replace(refund_id=number) for number, refund in enumerate(refunds, start=1)],
        marketing_spend=marketing.spend(_stream("spend", today), trading),
        web_traffic=marketing.traffic(_stream("traffic", today), trading, sales.orders, countries),
    )
    progress(1.0)
    return shop


def _stream(name: str, today: date) -> Random:
    return Random(f"{name} {today.isoformat()}")  # noqa: S311 - invented data, not a secret
