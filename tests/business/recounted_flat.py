"""Answers about the two files, worked out from their rows."""

from collections.abc import Mapping
from datetime import date
from statistics import median

from tests.business.recounting import Answer, Recount, Row, Tables, counted, during, grouped, mean, month, summed


def _revenue(row: Row) -> float:
    return float(row.revenue)


def _minutes(row: Row) -> float:
    return float(getattr(row, "Minutes Spent"))


def _days(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def _best_products(t: Tables) -> Answer:
    found: Answer = []
    for country, rows in grouped(t.sales, lambda one: one.country).items():
        totals = sorted(summed(rows, lambda one: one.product, _revenue), key=lambda pair: (-pair[1], pair[0]))
        found += [(country, *pair) for pair in totals[:2]]
    return found


def _shares(t: Tables) -> Answer:
    total = sum(map(_revenue, t.sales))
    return [(channel, part / total) for channel, part in summed(t.sales, lambda one: one.channel, _revenue)]


def _closing(t: Tables) -> Answer:
    ended = [one for one in t.helpdesk_export if one.Closed]
    by = grouped(ended, lambda one: one.Team)
    return [(team, mean(_days(one.Opened, one.Closed) for one in rows)) for team, rows in by.items()]


SALES: Mapping[str, Recount] = {
    "sales-orders-country": lambda t: counted(t.sales, lambda one: one.country),
    "sales-revenue-by-month": lambda t: summed(
        during(t.sales, "order_date", "2025-01-01", "2026-01-01"), lambda one: month(one.order_date), _revenue
    ),
    "sales-average-order": lambda t: [(mean(map(_revenue, t.sales)),)],
    "sales-top-each": _best_products,
    "sales-share-channel": _shares,
    "sales-not-shipped": lambda t: [(sum(one.ship_date is None for one in t.sales),)],
    "sales-customers": lambda t: [(len({one.customer for one in t.sales}),)],
    "sales-days-ship": lambda t: [(mean(_days(o.order_date, o.ship_date) for o in t.sales if o.ship_date),)],
}
TICKETS: Mapping[str, Recount] = {
    "tickets-count": lambda t: [(len(t.helpdesk_export),)],
    "tickets-by-priority": lambda t: counted(t.helpdesk_export, lambda one: one.Priority),
    "tickets-opened-month": lambda t: counted(
        during(t.helpdesk_export, "Opened", "2025-01-01", "2026-01-01"), lambda one: month(one.Opened)
    ),
    "tickets-minutes-product": lambda t: summed(t.helpdesk_export, lambda one: one.Product, _minutes),
    "tickets-duration": _closing,
    "tickets-median-minutes": lambda t: [(median(map(_minutes, t.helpdesk_export)),)],
    "tickets-percent-critical": lambda t: [(mean(one.Priority == "Critical" for one in t.helpdesk_export),)],
}
