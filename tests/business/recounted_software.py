"""Answers about the software company, worked out from the rows."""

from collections import Counter
from collections.abc import Mapping
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


def _account(t: Tables) -> Mapping[int, Row]:
    """By subscription."""
    accounts = keyed(t.accounts, "account_id")
    return {subscription.subscription_id: accounts[subscription.account_id] for subscription in t.subscriptions}


def _plan(t: Tables) -> Mapping[int, Row]:
    """By subscription."""
    plans = keyed(t.plans, "plan_id")
    return {subscription.subscription_id: plans[subscription.plan_id] for subscription in t.subscriptions}


def _active(t: Tables) -> list[Row]:
    return [subscription for subscription in t.subscriptions if subscription.status == "active"]


def _sold(t: Tables, start: str, end: str) -> list[Row]:
    return [invoice for invoice in during(t.invoices, "issued_on", start, end) if invoice.status != "void"]


def _mrr_by_plan(t: Tables) -> Answer:
    plan = _plan(t)
    return summed(_active(t), lambda s: plan[s.subscription_id].name, lambda s: s.mrr)


def _overdue(t: Tables) -> Answer:
    account = _account(t)
    invoices = [invoice for invoice in t.invoices if invoice.status == "overdue"]
    return summed(invoices, lambda i: account[i.subscription_id].country, lambda i: i.amount)


def _busiest(t: Tables) -> Answer:
    agent, tickets = Counter(x.assigned_agent_id for x in t.tickets if x.assigned_agent_id).most_common(1)[0]
    return [(keyed(t.agents, "agent_id")[agent].full_name, tickets)]


def _ratings(t: Tables) -> Answer:
    agents = keyed(t.agents, "agent_id")
    rated = [ticket for ticket in t.tickets if ticket.rating is not None and ticket.assigned_agent_id]
    groups = grouped(rated, lambda ticket: agents[ticket.assigned_agent_id].team)
    return [(team, mean(ticket.rating for ticket in tickets)) for team, tickets in groups.items()]


def _led(t: Tables) -> Answer:
    agents = keyed(t.agents, "agent_id")
    return [(a.full_name, agents[a.manager_id].full_name) for a in t.agents if a.manager_id]


def _referrals(t: Tables) -> Answer:
    names = {account.account_id: account.name for account in t.accounts}
    counts = Counter(account.referred_by_account_id for account in t.accounts if account.referred_by_account_id)
    return sorted(((names[one], count) for one, count in counts.items()), key=lambda row: (-row[1], row[0]))[:3]


def _users_of(t: Tables, feature: str) -> set[int]:
    number = next(one.feature_id for one in t.features if one.name == feature)
    return {event.user_id for event in t.usage_events if event.feature_id == number}


def _used_both(t: Tables) -> Answer:
    both = _users_of(t, "Alerts") & _users_of(t, "Workflows")
    return [(user.full_name,) for user in t.users if user.user_id in both]


def _favourites(t: Tables) -> Answer:
    names = {feature.feature_id: feature.name for feature in t.features}
    answer = []
    for name, events in grouped(
        during(t.usage_events, "occurred_at", "2025", "2026"), lambda e: month(e.occurred_at)
    ).items():
        uses = Counter(names[event.feature_id] for event in events)
        best = min(uses, key=lambda feature: (-uses[feature], feature))
        answer.append((name, best, uses[best]))
    return answer


def _growth(t: Tables) -> Answer:
    years: dict[str, float] = dict(
        summed(_sold(t, "", "9999"), lambda i: f"{i.issued_on[:4]}-01-01", lambda i: i.amount)
    )
    names = sorted(years)
    pairs = pairwise(names)
    return [(names[0], None), *((now, years[now] / years[before] - 1) for before, now in pairs)]


def _running(t: Tables) -> Answer:
    made: dict[str, int] = dict(counted(t.accounts, lambda a: quarter(a.created_at)))
    return [(name, sum(made[other] for other in made if other <= name)) for name in made]


def _by_country(t: Tables) -> Answer:
    country = {account.account_id: account.country for account in t.accounts}
    users = Counter(country[user.account_id] for user in t.users)
    tickets = Counter(country[ticket.account_id] for ticket in t.tickets)
    return [(name, count, users[name], tickets[name]) for name, count in Counter(country.values()).items()]


def _annual(t: Tables) -> float:
    plan = _plan(t)
    return mean(plan[subscription.subscription_id].billing_period == "yearly" for subscription in _active(t))


def _lost(t: Tables) -> Answer:
    account = _account(t)
    return counted(
        during(t.subscriptions, "ended_on", "2024-08", "2025-08"), lambda s: account[s.subscription_id].country
    )


def _japan(t: Tables) -> Answer:
    account = _account(t)
    sold = [i for i in _sold(t, "2024", "2025") if account[i.subscription_id].country == "Japan"]
    return summed(sold, lambda i: month(i.issued_on), lambda i: i.amount)


def _fiscal(t: Tables) -> Answer:
    """Quarters that begin in February, May, August and November."""
    starts = {
        "02": 2,
        "03": 2,
        "04": 2,
        "05": 5,
        "06": 5,
        "07": 5,
        "08": 8,
        "09": 8,
        "10": 8,
        "11": 11,
        "12": 11,
        "01": 11,
    }

    def starting(day: str) -> str:
        return f"{int(day[:4]) - (day[5:7] == '01')}-{starts[day[5:7]]:02}-01"

    return summed(_sold(t, "2024-02", "2025-02"), lambda i: starting(i.issued_on), lambda i: i.amount)


RECOUNTED: Mapping[str, Recount] = {
    "soft-accounts-by-industry": lambda t: counted(
        during(t.accounts, "created_at", "2024", "2025"), lambda a: a.industry
    ),
    "soft-mrr-active": lambda t: [(sum(s.mrr for s in _active(t)),)],
    "soft-mrr-by-plan": _mrr_by_plan,
    "soft-revenue-quarter": lambda t: summed(
        _sold(t, "2024", "2025"), lambda i: quarter(i.issued_on), lambda i: i.amount
    ),
    "soft-churn-month": lambda t: counted(
        during(t.subscriptions, "ended_on", "2025-01", "2025-07"), lambda s: month(s.ended_on)
    ),
    "soft-never-subscribed": lambda t: [
        (account.name,) for account in t.accounts if account not in list(_account(t).values())
    ],
    "soft-active-users-month": lambda t: [
        (name, len({event.user_id for event in events}))
        for name, events in grouped(
            during(t.usage_events, "occurred_at", "2025", "2026"), lambda e: month(e.occurred_at)
        ).items()
    ],
    "soft-tickets-agent": _busiest,
    "soft-avg-rating-team": _ratings,
    "soft-open-urgent": lambda t: [(sum(x.closed_at is None and x.priority in ("urgent", "high") for x in t.tickets),)],
    "soft-managers": _led,
    "soft-referrals": _referrals,
    "soft-overdue": _overdue,
    "soft-failed-payments": lambda t: [
        (method, mean(p.status == "failed" for p in group))
        for method, group in grouped(t.payments, lambda p: p.method).items()
    ],
    "soft-logo-retention": lambda t: [
        (sum(count > 1 for count in Counter(s.account_id for s in t.subscriptions).values()),)
    ],
    "soft-median-mrr": lambda t: [(median(s.mrr for s in _active(t)),)],
    "soft-annual-share": lambda t: [(_annual(t),)],
    "soft-growth": _growth,
    "soft-cumulative": _running,
    "soft-usage-both": _used_both,
    "soft-usage-not": lambda t: [(len(_users_of(t, "Dashboards") - _users_of(t, "Exports")),)],
    "soft-top-feature-month": _favourites,
    "soft-late-payers": lambda t: [
        (sum(bool(i.paid_on) and i.paid_on > i.due_on for i in during(t.invoices, "issued_on", "2025", "2026")),)
    ],
    "soft-not-void": lambda t: [(sum(invoice.status in ("paid", "open") for invoice in t.invoices),)],
    "soft-customers-country": _lost,
    "soft-fan-out": _by_country,
    "soft-fiscal-q": _fiscal,
    "soft-talk-revenue.3": _japan,
    "soft-talk-churn.3": lambda t: counted(
        [s for s in during(t.subscriptions, "ended_on", "2024", "2025") if s.cancel_reason], lambda s: s.cancel_reason
    ),
}
