"""Answers about the shop, worked out from the rows. Revenue comes from order lines here, from orders in the SQL."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from tests.business.recounting import (
    Answer,
    Recount,
    Row,
    Tables,
    counted,
    during,
    grouped,
    keyed,
    mean,
    month,
    quarter,
    summed,
)  # fmt: skip


def _valid(t: Tables, start: str = "", end: str = "9999") -> list[Row]:
    return [order for order in during(t.orders, "ordered_at", start, end) if order.status != "cancelled"]


def _lines(t: Tables, orders: Iterable[Row]) -> list[Row]:
    wanted = {order.order_id for order in orders}
    return [line for line in t.order_lines if line.order_id in wanted]


def _revenue(t: Tables, orders: Iterable[Row]) -> float:
    return float(sum(line.line_amount for line in _lines(t, orders)))


def _profit(line: Row) -> float:
    return float(line.line_amount - line.quantity * line.unit_cost)


def _from(t: Tables, orders: Iterable[Row], *countries: str) -> list[Row]:
    people = {c.customer_id for c in t.customers if c.country_code in countries}
    return [order for order in orders if order.customer_id in people]


def _country(t: Tables) -> Mapping[int, str]:
    names = {country.country_code: country.name for country in t.countries}
    return {customer.customer_id: names[customer.country_code] for customer in t.customers}


def _category(t: Tables) -> Mapping[int, str]:
    names = {category.category_id: category.name for category in t.categories}
    return {product.product_id: names[product.category_id] for product in t.products}


def _by_category(t: Tables, lines: Iterable[Row]) -> Answer:
    category = _category(t)
    return summed(lines, lambda line: category[line.product_id], lambda line: line.line_amount)


def _by_country(t: Tables, orders: Iterable[Row]) -> Answer:
    country = _country(t)
    return summed(orders, lambda order: country[order.customer_id], lambda order: order.items_amount)


def _top(answer: Answer, count: int, *, fewest: bool = False) -> Answer:
    return sorted(answer, key=lambda row: (row[1] if fewest else -row[1], row[0]))[:count]


def _monday(moment: str) -> str:
    day = date.fromisoformat(moment[:10])
    return str(day - timedelta(days=day.weekday()))


def _by_month(t: Tables, orders: Iterable[Row]) -> Answer:
    return summed(orders, lambda order: month(order.ordered_at), lambda order: order.items_amount)


def _growth(t: Tables) -> Answer:
    amounts: dict[str, float] = dict(_by_month(t, _valid(t, "2024-12", "2026")))
    months = sorted(amounts)
    return [(now, amounts[now] / amounts[before] - 1) for before, now in pairwise(months)]


def _running(t: Tables) -> Answer:
    joined: dict[str, int] = dict(
        counted(during(t.customers, "signed_up_at", "2025", "2026"), lambda c: month(c.signed_up_at))
    )
    return [(name, sum(joined[other] for other in joined if other <= name)) for name in joined]


def _share_by_category(t: Tables) -> Answer:
    lines = _lines(t, _valid(t, "2025", "2026"))
    total = sum(line.line_amount for line in lines)
    return [(name, amount / total) for name, amount in _by_category(t, lines)]


def _buyers(t: Tables, category: str) -> set[int]:
    named, orders = _category(t), keyed(t.orders, "order_id")
    return {orders[line.order_id].customer_id for line in t.order_lines if named[line.product_id] == category}


def _best_of_each(t: Tables, count: int) -> Answer:
    category, names = _category(t), {product.product_id: product.name for product in t.products}
    sold = summed(_lines(t, _valid(t, "2025", "2026")), lambda line: line.product_id, lambda line: line.line_amount)
    of_each = grouped(sold, lambda row: category[row[0]])
    return [
        (name, *row)
        for name, rows in of_each.items()
        for row in _top([(names[p], amount) for p, amount in rows], count)
    ]


def _refunds_by_category(t: Tables) -> Answer:
    category, lines = _category(t), keyed(t.order_lines, "order_line_id")
    refunds = during(t.refunds, "refunded_at", "2025", "2026")
    return summed(refunds, lambda r: category[lines[r.order_line_id].product_id], lambda r: r.amount)


def _return_on_spend(t: Tables) -> Answer:
    got: dict[str, float] = dict(
        summed(_valid(t, "2025", "2026"), lambda o: quarter(o.ordered_at), lambda o: o.items_amount)
    )
    spent: dict[str, float] = dict(
        summed(during(t.marketing_spend, "spent_on", "2025", "2026"), lambda s: quarter(s.spent_on), lambda s: s.amount)
    )
    return [(name, got[name] / spent[name]) for name in got]


def _margin(t: Tables) -> Answer:
    departments = {category.category_id: category.department for category in t.categories}
    of = {product.product_id: departments[product.category_id] for product in t.products}
    groups = grouped(_lines(t, _valid(t, "2025-07", "2026")), lambda line: of[line.product_id])
    return [(name, sum(map(_profit, g)) / sum(line.line_amount for line in g)) for name, g in groups.items()]


def _conversion(rows: Iterable[Row]) -> float:
    held = list(rows)
    return float(sum(row.converted_sessions for row in held) / sum(row.sessions for row in held))


def _frequent(t: Tables) -> Answer:
    orders = Counter(order.customer_id for order in t.orders)
    return [(c.first_name, c.last_name) for c in t.customers if orders[c.customer_id] > 12]


def _segments(t: Tables) -> Answer:
    people = keyed(t.customers, "customer_id")
    groups = grouped(_valid(t), lambda order: people[order.customer_id].segment)
    return [(name, mean(order.items_amount for order in orders)) for name, orders in groups.items()]


def _pieces(t: Tables) -> Answer:
    category = _category(t)
    lines = _lines(t, _valid(t, "2025", "2026"))
    return summed(lines, lambda line: category[line.product_id], lambda line: line.quantity)


def _profits(t: Tables) -> Answer:
    category = _category(t)
    return summed(_lines(t, _valid(t, "2026")), lambda line: category[line.product_id], _profit)


def _dear(t: Tables) -> int:
    average = mean(product.list_price for product in t.products)
    return sum(product.list_price > average for product in t.products)


def _ids(rows: Iterable[Row]) -> set[int]:
    return {row.customer_id for row in rows}


RECOUNTED: Mapping[str, Recount] = {
    "shop-orders-last-month": lambda t: [(len(during(t.orders, "ordered_at", "2026-04", "2026-05")),)],
    "shop-revenue-last-quarter": lambda t: [(_revenue(t, _valid(t, "2026-01", "2026-04")),)],
    "shop-revenue-q3-2024": lambda t: [(_revenue(t, _valid(t, "2024-07", "2024-10")),)],
    "shop-revenue-by-month-2025": lambda t: _by_month(t, _valid(t, "2025", "2026")),
    "shop-profit-by-category-ytd": _profits,
    "shop-units-past-30-days": lambda t: [(sum(x.quantity for x in _lines(t, _valid(t, "2026-04-13", "2026-05-13"))),)],
    "shop-aov-by-segment": _segments,
    "shop-cancelled-2025": lambda t: [
        (len(during(t.orders, "ordered_at", "2025", "2026")) - len(_valid(t, "2025", "2026")),)
    ],
    "shop-mobile-share": lambda t: [
        (mean(order.device == "mobile" for order in during(t.orders, "ordered_at", "2025", "2026")),)
    ],
    "shop-share-by-category": _share_by_category,
    "shop-growth-mom": _growth,
    "shop-growth-yoy": lambda t: [
        (_revenue(t, _valid(t, "2025", "2026")) / _revenue(t, _valid(t, "2024", "2025")) - 1,)
    ],
    "shop-running-total": _running,
    "shop-median-order": lambda t: [
        (median(order.total_amount for order in during(t.orders, "ordered_at", "2026-04", "2026-05")),)
    ],
    "shop-bottom3-categories": lambda t: _top(_pieces(t), 3, fewest=True),
    "shop-best-country": lambda t: _top(_by_country(t, _valid(t, "2025", "2026")), 1),
    "shop-never-ordered": lambda t: [(len(_ids(t.customers) - _ids(t.orders)),)],
    "shop-germany-or-austria": lambda t: [(_revenue(t, _from(t, _valid(t, "2025", "2026"), "DE", "AT")),)],
    "shop-refund-reasons": lambda t: counted(during(t.refunds, "refunded_at", "2025", "2026"), lambda r: r.reason),
    "shop-sessions-week": lambda t: summed(
        during(t.web_traffic, "visited_on", "2026-04", "2026-05"), lambda w: _monday(w.visited_on), lambda w: w.sessions
    ),
    "shop-conversion-channel": lambda t: [
        (name, _conversion(rows))
        for name, rows in grouped(
            during(t.web_traffic, "visited_on", "2026-01", "2026-04"), lambda w: w.channel
        ).items()
    ],
    "shop-roas-channel": _return_on_spend,
    "shop-above-average-price": lambda t: [(_dear(t),)],
    "shop-having-orders": _frequent,
    "shop-same-month-last-year": lambda t: [
        (_revenue(t, _valid(t, "2026-04", "2026-05")), _revenue(t, _valid(t, "2025-04", "2025-05")))
    ],
    "shop-fiscal-year": lambda t: [(_revenue(t, _valid(t, "2024-07", "2025-07")),)],
    "shop-top2-per-category": lambda t: _best_of_each(t, 2),
    "shop-both-categories": lambda t: [(len(_buyers(t, "Cookware") & _buyers(t, "Bedding")),)],
    "shop-2024-not-2025": lambda t: [
        (
            len(
                _ids(during(t.orders, "ordered_at", "2024", "2025"))
                - _ids(during(t.orders, "ordered_at", "2025", "2026"))
            ),
        )
    ],
    "shop-one-product-orders": lambda t: [
        (
            list(Counter(x.order_id for x in _lines(t, during(t.orders, "ordered_at", "2025", "2026"))).values()).count(
                1
            ),
        )
    ],
    "shop-refunds-category": _refunds_by_category,
    "shop-declined-cards": lambda t: counted(
        [
            p
            for p in during(t.payments, "attempted_at", "2026-04", "2026-05")
            if (p.method, p.status) == ("card", "failed")
        ],
        lambda p: _monday(p.attempted_at),
    ),
    "shop-second-half": _margin,
    "shop-campaign-revenue": lambda t: [(_revenue(t, [order for order in _valid(t) if order.campaign_id == 12]),)],
    "shop-slips": lambda t: _by_country(t, _valid(t, "2025", "2026")),
    "shop-large-cities": lambda t: [row for row in counted(t.customers, lambda c: c.city) if row[1] > 600],
    "shop-last-week": lambda t: counted(
        during(t.customers, "signed_up_at", "2026-05-04", "2026-05-11"), lambda c: c.signed_up_at[:10]
    ),
    "shop-not-delivered": lambda t: [(sum(order.status == "shipped" for order in t.orders),)],
    "shop-orders-per-customer": lambda t: [(len(t.orders) / len(t.customers),)],
    "shop-follow-country.3": lambda t: [(_revenue(t, _from(t, _valid(t, "2024", "2025"), "DE")),)],
    "shop-talk-top.2": lambda t: _top(_by_category(t, _lines(t, _valid(t, "2026-01", "2026-04"))), 3),
    "shop-talk-grain.3": lambda t: counted(
        [c for c in during(t.customers, "signed_up_at", "2025", "2026") if c.segment == "business"],
        lambda c: quarter(c.signed_up_at),
    ),
    "shop-talk-why.3": lambda t: [
        (name, _conversion(rows))
        for name, rows in grouped(during(t.web_traffic, "visited_on", "2026-04", "2026-05"), lambda w: w.device).items()
    ],
}
