"""Two files as people have them: one table each, every column of text or numbers, no keys, nothing said of it."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tests.business.comments import Comments

TODAY = date(2025, 10, 8)
_GOODS = (
    ("Desk Lamp", "Lighting", 34.5), ("Floor Lamp", "Lighting", 89.0), ("Office Chair", "Furniture", 179.0),
    ("Standing Desk", "Furniture", 420.0), ("Bookshelf", "Furniture", 140.0), ("Wall Clock", "Decor", 25.0),
    ("Rug", "Decor", 110.0), ("Mirror", "Decor", 75.0),
)  # fmt: skip
_LANDS = ("Austria", "Belgium", "Denmark", "Portugal", "Norway")
_BUYERS = tuple(
    f"{first} {last}" for first in ("Ines", "Paul", "Rosa", "Tom", "Vera") for last in ("Holm", "Lam", "Ott")
)


def build_sales(connection: sqlite3.Connection) -> None:
    connection.execute(
        "CREATE TABLE sales (order_id TEXT, order_date TEXT, ship_date TEXT, customer TEXT, country TEXT, channel TEXT,"
        " product TEXT, category TEXT, quantity INTEGER, unit_price REAL, discount REAL, revenue REAL, returned TEXT)"
    )
    connection.executemany(f"INSERT INTO sales VALUES ({', '.join('?' * 13)})", list(_sales(Random("flat 1"))))


def build_tickets(connection: sqlite3.Connection) -> None:
    connection.execute(
        'CREATE TABLE helpdesk_export ("Ticket No" INTEGER, "Opened" TEXT, "Closed" TEXT, "Agent" TEXT, "Team" TEXT,'
        ' "Priority" TEXT, "Status" TEXT, "Product" TEXT, "Requester Email" TEXT, "Minutes Spent" INTEGER,'
        ' "Satisfaction" INTEGER)'
    )
    rows = list(_tickets(Random("flat 2")))
    connection.executemany(f"INSERT INTO helpdesk_export VALUES ({', '.join('?' * 11)})", rows)


def comments() -> Comments:
    return {}


def semantic_model() -> str:
    return ""


def _sales(random: Random) -> Iterator[tuple[object, ...]]:
    day = date(2024, 1, 2)
    homes = {buyer: random.choice(_LANDS) for buyer in _BUYERS}
    number = 0
    while day < TODAY:
        for _ in range(random.choices((0, 1, 2, 3), (3, 4, 2, 1))[0]):
            number += 1
            name, category, price = random.choices(_GOODS, (8, 4, 5, 2, 3, 6, 4, 2))[0]
            buyer = random.choice(_BUYERS)
            count, discount = random.choices((1, 2, 3, 5), (6, 3, 2, 1))[0], random.choice((0, 0, 0, 0.1, 0.2))
            shipped = day + timedelta(days=random.randint(1, 9))
            channel = random.choices(("Web", "Store", "Partner"), (6, 3, 1))[0]
            yield (
                f"SO-{10_000 + number}", str(day), str(shipped) if shipped < TODAY else None, buyer, homes[buyer],
                channel, name, category, count, price, discount, round(count * price * (1 - discount), 2),
                random.choices(("Yes", "No"), (1, 9))[0],
            )  # fmt: skip
        day += timedelta(days=1)


def _tickets(random: Random) -> Iterator[tuple[object, ...]]:
    agents = {"Malin Berg": "Network", "Otto Frey": "Network", "Pia Lund": "Accounts", "Sami Roth": "Hardware"}
    day, number = date(2024, 6, 3), 500
    while day < TODAY:
        for _ in range(random.randint(0, 3) if day.weekday() < 5 else random.randint(0, 1)):
            number += 1
            agent = random.choices((*agents, None), (5, 4, 4, 3, 1))[0]
            closed = day + timedelta(days=random.randint(0, 20))
            done = agent is not None and closed < TODAY
            status = random.choices(("Closed", "Resolved"), (3, 1))[0] if done else random.choice(("Open", "Waiting"))
            yield (
                number, str(day), str(closed) if done else None, agent, agents[agent] if agent else None,
                random.choices(("Low", "Normal", "High", "Critical"), (3, 6, 3, 1))[0], status,
                random.choice(("Laptop", "Mail", "Payroll", "Printer", "VPN")),
                f"user{random.randint(1, 60)}@example.org", random.randint(5, 240),
                random.choice((1, 2, 3, 4, 5, 5, None)) if done else None,
            )  # fmt: skip
        day += timedelta(days=1)
