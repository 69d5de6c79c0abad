"""A company that sells software by subscription: declared keys, snake_case, a comment on whatever isn't plain.

Among its rows: accounts without subscriptions, two accounts of one name, people of the same name, plans that nobody
took, invoices unpaid or void, tickets without a rating, months without any churn.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from tests.business.comments import Comments

START, TODAY = date(2022, 8, 1), date(2025, 8, 20)

_TABLES = """
CREATE TABLE plans (
    plan_id INTEGER PRIMARY KEY, name TEXT NOT NULL, tier TEXT NOT NULL, monthly_price DECIMAL(10, 2) NOT NULL,
    billing_period TEXT NOT NULL, seats_included INTEGER NOT NULL, is_public BOOLEAN NOT NULL
);
CREATE TABLE accounts (
    account_id INTEGER PRIMARY KEY, name TEXT NOT NULL, industry TEXT, country TEXT NOT NULL, employees INTEGER,
    status TEXT NOT NULL, created_at TIMESTAMP NOT NULL,
    referred_by_account_id INTEGER REFERENCES accounts (account_id)
);
CREATE TABLE users (
    user_id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts (account_id),
    full_name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, role TEXT NOT NULL, is_admin BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL, last_login_at TIMESTAMP
);
CREATE TABLE subscriptions (
    subscription_id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts (account_id),
    plan_id INTEGER NOT NULL REFERENCES plans (plan_id), started_on DATE NOT NULL, ended_on DATE,
    status TEXT NOT NULL, seats INTEGER NOT NULL, mrr DECIMAL(10, 2) NOT NULL, cancel_reason TEXT
);
CREATE TABLE invoices (
    invoice_id INTEGER PRIMARY KEY, subscription_id INTEGER NOT NULL REFERENCES subscriptions (subscription_id),
    issued_on DATE NOT NULL, due_on DATE NOT NULL, paid_on DATE, amount DECIMAL(10, 2) NOT NULL,
    tax_amount DECIMAL(10, 2) NOT NULL, status TEXT NOT NULL
);
CREATE TABLE payments (
    payment_id INTEGER PRIMARY KEY, invoice_id INTEGER NOT NULL REFERENCES invoices (invoice_id),
    amount DECIMAL(10, 2) NOT NULL, method TEXT NOT NULL, paid_at TIMESTAMP NOT NULL, status TEXT NOT NULL
);
CREATE TABLE features (feature_id INTEGER PRIMARY KEY, name TEXT NOT NULL, is_beta BOOLEAN NOT NULL);
CREATE TABLE usage_events (
    event_id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (user_id),
    feature_id INTEGER NOT NULL REFERENCES features (feature_id), occurred_at TIMESTAMP NOT NULL,
    duration_seconds INTEGER
);
CREATE TABLE agents (
    agent_id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, team TEXT NOT NULL, hired_on DATE NOT NULL,
    manager_id INTEGER REFERENCES agents (agent_id)
);
CREATE TABLE tickets (
    ticket_id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts (account_id),
    opened_by_user_id INTEGER REFERENCES users (user_id), assigned_agent_id INTEGER REFERENCES agents (agent_id),
    priority TEXT NOT NULL, channel TEXT NOT NULL, subject TEXT NOT NULL, opened_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP, rating INTEGER
);
"""

_PLANS = (
    (1, "Starter", "basic", 29.0, "monthly", 3, 1),
    (2, "Team", "standard", 99.0, "monthly", 10, 1),
    (3, "Team Annual", "standard", 89.0, "yearly", 10, 1),
    (4, "Business", "premium", 249.0, "monthly", 30, 1),
    (5, "Business Annual", "premium", 219.0, "yearly", 30, 1),
    (6, "Legacy Solo", "basic", 15.0, "monthly", 1, 0),
    (7, "Enterprise Trial", "premium", 499.0, "monthly", 100, 0),
)
_FEATURES = (
    (1, "Dashboards", 0), (2, "Exports", 0), (3, "Alerts", 0),
    (4, "Workflows", 0), (5, "Forecasting", 1), (6, "Voice", 1),
)  # fmt: skip
_INDUSTRIES = ("Retail", "Healthcare", "Education", "Finance", "Media", None)
_COUNTRIES = ("Canada", "United States", "Ireland", "Portugal", "Sweden", "Japan")
_ADJECTIVES = ("Amber", "Bright", "Cedar", "Delta", "Evergreen", "Falcon", "Granite", "Harbour", "Ivory", "Juniper")
_KINDS = ("Analytics", "Bakery", "Clinics", "Design", "Foods", "Labs", "Media", "Outfitters", "Press", "Studio")
_FIRST = ("Alice", "Ben", "Carla", "Dmitri", "Ella", "Farid", "Grace", "Henrik", "Ines", "Jamal", "Kaya", "Liam")
_LAST = ("Abbott", "Brooks", "Castro", "Dalton", "Eriksen", "Fox", "Grant", "Hayashi", "Ibarra", "Jensen")
_REASONS = ("price", "missing feature", "switched to competitor", "closed business", None)
_TEAMS = ("Billing", "Technical", "Onboarding")


def build(connection: sqlite3.Connection) -> None:
    random = Random("software 1")
    connection.executescript(_TABLES)
    _insert(connection, "plans", _PLANS)
    _insert(connection, "features", _FEATURES)
    accounts = list(_accounts(random))
    _insert(connection, "accounts", accounts)
    users = list(_users(random, accounts))
    _insert(connection, "users", users)
    subscriptions = list(_subscriptions(random, accounts))
    _insert(connection, "subscriptions", subscriptions)
    invoices = list(_invoices(random, subscriptions))
    _insert(connection, "invoices", invoices)
    _insert(connection, "payments", list(_payments(random, invoices)))
    _insert(connection, "usage_events", list(_usage(random, users)))
    agents = list(_agents(random))
    _insert(connection, "agents", agents)
    _insert(connection, "tickets", list(_tickets(random, accounts, users)))


def comments() -> Comments:
    return {
        ("accounts", ""): "Companies that signed up; not all of them subscribe",
        ("accounts", "industry"): "Line of business, where the company told it",
        ("accounts", "employees"): "Headcount of the company as it told when signing up",
        ("accounts", "status"): "trial, active, paused or closed",
        ("accounts", "referred_by_account_id"): "The company that recommended us to this one",
        ("users", ""): "People who work with the product, each for one account",
        ("users", "last_login_at"): "Empty when the person has never logged in",
        ("subscriptions", ""): "One row for each time an account took a plan",
        ("subscriptions", "ended_on"): "First day without the plan; empty while it runs",
        ("subscriptions", "mrr"): "Monthly recurring revenue of the subscription, in US dollars",
        ("subscriptions", "cancel_reason"): "Why the subscription was cancelled, where known (churn reason)",
        ("invoices", "amount"): "Net amount in US dollars, without tax",
        ("invoices", "status"): "paid, open, overdue or void",
        ("payments", "status"): "succeeded, failed or refunded",
        ("usage_events", "duration_seconds"): "How long the feature was in use, in seconds, where measured",
        ("tickets", ""): "Requests to customer support",
        ("tickets", "rating"): "Satisfaction of the customer from 1 (bad) to 5 (good), where given",
        ("agents", ""): "People who answer support tickets",
        ("agents", "manager_id"): "The agent who leads this one",
    }


def _insert(connection: sqlite3.Connection, table: str, rows: object) -> None:
    held = list(rows)  # type: ignore[call-overload]
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(held[0]))})", held)


def _moment(random: Random, first: date, last: date) -> datetime:
    """Some second from the first day to the last, which is included."""
    start = datetime(first.year, first.month, first.day)
    return start + timedelta(seconds=random.randrange(86_400 * ((last - first).days + 1)))


def _accounts(random: Random) -> Iterator[tuple[object, ...]]:
    yesterday = TODAY - timedelta(days=1)
    moments = sorted(_moment(random, START, yesterday) for _ in range(120))
    names = [f"{a} {b}" for a in _ADJECTIVES for b in _KINDS]
    random.shuffle(names)
    names = [*names, *names][:120]  # the last twenty share a name with an earlier one
    for number, (name, moment) in enumerate(zip(names, moments, strict=True), start=1):
        referred = random.randint(1, number - 1) if number > 5 and random.random() < 0.2 else None
        status = random.choices(("active", "trial", "paused", "closed"), (70, 12, 6, 12))[0]
        employees = random.choice((4, 12, 25, 60, 140, 320, 900)) if random.random() < 0.9 else None
        yield (
            number, name, random.choice(_INDUSTRIES), random.choices(_COUNTRIES, (3, 6, 2, 2, 2, 1))[0], employees,
            status, str(moment), referred,
        )  # fmt: skip


def _users(random: Random, accounts: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    number = 0
    for account in accounts:
        joined = datetime.fromisoformat(str(account[6]))
        for position in range(random.randint(1, 5)):
            number += 1
            first, last = random.choice(_FIRST), random.choice(_LAST)
            made = min(joined + timedelta(days=position * random.randint(0, 40)), datetime(2025, 8, 19, 18))
            login = None if random.random() < 0.15 else str(_moment(random, made.date(), date(2025, 8, 19)))
            role = "owner" if position == 0 else random.choice(("editor", "viewer"))
            yield (
                number, account[0], f"{first} {last}", f"{first}.{last}{number}@mail.example".lower(), role,
                int(position == 0), str(made), login,
            )  # fmt: skip


def _subscriptions(random: Random, accounts: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    number = 0
    for account in accounts:
        if account[5] == "trial" or random.random() < 0.08:
            continue
        start = datetime.fromisoformat(str(account[6])).date() + timedelta(days=random.randint(0, 30))
        for _ in range(random.choices((1, 2, 3), (60, 30, 10))[0]):
            if start >= TODAY:
                break
            number += 1
            plan = random.choices(_PLANS[:6], (30, 30, 14, 14, 6, 6))[0]
            seats = plan[5] + random.choice((0, 0, 0, 2, 5))
            ends = start + timedelta(days=random.randint(60, 700))
            over = ends < TODAY and (account[5] == "closed" or random.random() < 0.75)
            yield (
                number, account[0], plan[0], str(start), str(ends) if over else None,
                ("cancelled" if random.random() < 0.8 else "expired") if over else "active", seats,
                round(plan[3] * (1 + 0.1 * (seats - plan[5])), 2), random.choice(_REASONS) if over else None,
            )  # fmt: skip
            if not over:
                break
            start = ends + timedelta(days=random.randint(0, 45))


def _invoices(random: Random, subscriptions: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    number = 0
    for subscription in subscriptions:
        day = date.fromisoformat(str(subscription[3]))
        last = date.fromisoformat(str(subscription[4])) if subscription[4] else TODAY
        yearly = _PLANS[int(str(subscription[2])) - 1][4] == "yearly"
        while day < last:
            number += 1
            due = day + timedelta(days=14)
            amount = round(float(str(subscription[7])) * (12 if yearly else 1), 2)
            paid = day + timedelta(days=random.choice((0, 0, 3, 9, 13, 20, 35)))
            void = random.random() < 0.02
            settled = not void and paid < TODAY and random.random() < 0.95
            status = "void" if void else "paid" if settled else "overdue" if due < TODAY else "open"
            tax = round(amount * 0.13, 2)
            yield number, subscription[0], str(day), str(due), str(paid) if settled else None, amount, tax, status
            day += timedelta(days=365 if yearly else 30)


def _payments(random: Random, invoices: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    number = 0
    for invoice in invoices:
        if not invoice[4]:
            continue
        method = random.choices(("card", "bank transfer", "direct debit"), (6, 3, 2))[0]
        day = date.fromisoformat(str(invoice[4]))
        moment = _moment(random, day, day)
        total = round(float(str(invoice[5])) + float(str(invoice[6])), 2)
        if random.random() < 0.08:
            number += 1
            yield number, invoice[0], total, method, str(moment - timedelta(hours=3)), "failed"
        number += 1
        yield number, invoice[0], total, method, str(moment), "refunded" if random.random() < 0.02 else "succeeded"


def _usage(random: Random, users: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    rows = []
    for user in users:
        if user[7] is None:
            continue
        made, login = (datetime.fromisoformat(str(value)).date() for value in (user[6], user[7]))
        for _ in range(random.randint(0, 14)):
            # Nobody has used the last feature yet.
            feature = random.choices(_FEATURES[:5], (8, 4, 3, 2, 1))[0][0]
            length = random.randint(5, 3600) if random.random() < 0.85 else None
            rows.append((_moment(random, made, login), user[0], feature, length))
    for number, (moment, user_id, feature, length) in enumerate(sorted(rows, key=lambda row: row[:3]), start=1):
        yield number, user_id, feature, str(moment), length


def _agents(random: Random) -> Iterator[tuple[object, ...]]:
    for number in range(1, 13):
        name = f"{_FIRST[-number]} {_LAST[number % 10]}"
        lead = None if number <= 3 else (number - 1) % 3 + 1
        yield number, name, _TEAMS[(number - 1) % 3], str(_moment(random, START, date(2024, 12, 31)).date()), lead


def _tickets(
    random: Random, accounts: list[tuple[object, ...]], users: list[tuple[object, ...]]
) -> Iterator[tuple[object, ...]]:
    rows = []
    subjects = ("Cannot log in", "Wrong invoice", "Export is empty", "How do I invite people", "Alert did not fire")
    for account in accounts:
        staff = [user[0] for user in users if user[1] == account[0]]
        first = datetime.fromisoformat(str(account[6])).date()
        for _ in range(random.choices((0, 1, 3, 7), (20, 30, 30, 20))[0]):
            opened = _moment(random, first, date(2025, 8, 19))
            closed = opened + timedelta(minutes=random.randint(20, 12_000))
            done = closed < datetime(2025, 8, 19, 23) and random.random() < 0.93
            rows.append(
                (
                    opened, account[0], random.choice(staff) if random.random() < 0.9 else None,
                    random.randint(1, 11) if random.random() < 0.94 else None,
                    random.choices(("low", "normal", "high", "urgent"), (3, 5, 2, 1))[0],
                    random.choice(("email", "chat", "phone")), random.choice(subjects),
                    str(closed) if done else None, random.randint(1, 5) if done and random.random() < 0.6 else None,
                )
            )  # fmt: skip
    for number, row in enumerate(sorted(rows, key=lambda row: (row[0], row[1])), start=1):
        yield (number, row[1], row[2], row[3], row[4], row[5], row[6], str(row[0]), row[7], row[8])
