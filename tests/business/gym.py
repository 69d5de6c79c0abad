"""A chain of gyms: a small, plain schema with its keys declared, kept apart to see how far what is read carries over.

Among its rows: members who never came, a class that nobody booked, a trainer without a class, visits that have not
ended, members who left, refunds among the payments.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from tests.business.comments import Comments

START, TODAY = date(2023, 1, 2), date(2025, 11, 12)

_TABLES = """
CREATE TABLE gyms (gym_id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL, region TEXT NOT NULL,
    opened_on DATE NOT NULL, floor_area INTEGER);
CREATE TABLE trainers (trainer_id INTEGER PRIMARY KEY, full_name TEXT NOT NULL,
    gym_id INTEGER NOT NULL REFERENCES gyms, hired_on DATE NOT NULL, hourly_rate NUMERIC NOT NULL);
CREATE TABLE tariffs (tariff_id INTEGER PRIMARY KEY, name TEXT NOT NULL, monthly_fee NUMERIC NOT NULL);
CREATE TABLE members (member_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, email TEXT,
    birth_date DATE, gym_id INTEGER NOT NULL REFERENCES gyms, tariff_id INTEGER NOT NULL REFERENCES tariffs,
    heard_from TEXT, joined_on DATE NOT NULL, left_on DATE);
CREATE TABLE courses (course_id INTEGER PRIMARY KEY, name TEXT NOT NULL, discipline TEXT NOT NULL,
    minutes INTEGER NOT NULL);
CREATE TABLE classes (class_id INTEGER PRIMARY KEY, course_id INTEGER NOT NULL REFERENCES courses,
    trainer_id INTEGER NOT NULL REFERENCES trainers, gym_id INTEGER NOT NULL REFERENCES gyms,
    starts_at DATETIME NOT NULL, places INTEGER NOT NULL);
CREATE TABLE bookings (booking_id INTEGER PRIMARY KEY, class_id INTEGER NOT NULL REFERENCES classes,
    member_id INTEGER NOT NULL REFERENCES members, booked_at DATETIME NOT NULL, status TEXT NOT NULL);
CREATE TABLE visits (visit_id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES members,
    gym_id INTEGER NOT NULL REFERENCES gyms, entered_at DATETIME NOT NULL, exited_at DATETIME);
CREATE TABLE payments (payment_id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL REFERENCES members,
    paid_on DATE NOT NULL, amount NUMERIC NOT NULL, method TEXT NOT NULL, kind TEXT NOT NULL);
"""

_GYMS = (
    (1, "Harbour Hall", "Bristol", "South", "2015-05-04", 1800),
    (2, "Ropewalk", "Bristol", "South", "2019-09-02", 950),
    (3, "Tower Yard", "Leicester", "Midlands", "2017-01-16", 1400),
    (4, "Foundry", "Sheffield", "North", "2018-03-26", 2100),
    (5, "Dockside", "Hull", "North", "2022-10-10", 1100),
)
_TARIFFS = ((1, "Basic", 24), (2, "Plus", 39), (3, "Premium", 62), (4, "Student", 19))
_COURSES = (
    (1, "Morning Flow", "yoga", 60), (2, "Power Hour", "strength", 60), (3, "Spin Express", "cycling", 30),
    (4, "Deep Stretch", "yoga", 75), (5, "Box Basics", "boxing", 45), (6, "Hill Ride", "cycling", 50),
    (7, "Aqua Core", "swimming", 45),
)  # fmt: skip
_FIRST = ("Ava", "Ben", "Cleo", "Dan", "Esme", "Finn", "Gwen", "Hugo", "Isla", "Jack", "Kira", "Luke", "Maya")
_LAST = ("Archer", "Barlow", "Croft", "Dunn", "Ellery", "Frost", "Garner", "Hale", "Irwin", "Jarvis", "Keane")
_HEARD = ("friend", "search", "poster", "social media", None)


def build(connection: sqlite3.Connection) -> None:
    random = Random("gym 1")
    connection.executescript(_TABLES)
    _insert(connection, "gyms", _GYMS)
    _insert(connection, "tariffs", _TARIFFS)
    _insert(connection, "courses", _COURSES)
    _insert(connection, "trainers", list(_trainers(random)))
    members = list(_members(random))
    _insert(connection, "members", members)
    classes = list(_classes(random))
    _insert(connection, "classes", classes)
    _insert(connection, "bookings", list(_bookings(random, classes, members)))
    _insert(connection, "visits", list(_visits(random, members)))
    _insert(connection, "payments", list(_payments(random, members)))


def comments() -> Comments:
    return {}


def _insert(connection: sqlite3.Connection, table: str, rows: object) -> None:
    held = list(rows)  # type: ignore[call-overload]
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(held[0]))})", held)


def _trainers(random: Random) -> Iterator[tuple[object, ...]]:
    for number in range(1, 13):
        hired = date(2018, 1, 8) + timedelta(days=random.randrange(2400))
        name = f"{_FIRST[number * 5 % 13]} {_LAST[number * 3 % 11]}"
        yield number, name, number % 5 + 1, str(hired), 22 + random.randrange(9)


def _members(random: Random) -> Iterator[tuple[object, ...]]:
    for number in range(1, 321):
        first, last = random.choice(_FIRST), random.choice(_LAST)
        joined = START + timedelta(days=int((TODAY - START).days * random.random() ** 0.8))
        left = joined + timedelta(days=random.randint(60, 700)) if random.random() < 0.3 else None
        email = f"{first}.{last}{number}@example.org".lower() if random.random() < 0.9 else None
        born = date(1955, 1, 1) + timedelta(days=random.randrange(18_500))
        gym, tariff = random.choices((1, 2, 3, 4, 5), (5, 3, 4, 4, 2))[0], random.choices((1, 2, 3, 4), (4, 3, 2, 1))[0]
        ended = str(left) if left and left < TODAY else None
        yield number, first, last, email, str(born), gym, tariff, random.choice(_HEARD), str(joined), ended


def _classes(random: Random) -> Iterator[tuple[object, ...]]:
    number, day = 0, date(2024, 1, 1)
    while day < TODAY + timedelta(days=10):
        for hour in (7, 12, 18) if day.weekday() < 5 else (10,):
            if random.random() < 0.55:
                number += 1
                course = random.choices((1, 2, 3, 4, 5, 6, 7), (5, 4, 4, 3, 3, 2, 1))[0]
                trainer = random.randint(1, 11)  # the twelfth has none
                starts = datetime(day.year, day.month, day.day, hour, random.choice((0, 30)))
                yield number, course, trainer, trainer % 5 + 1, str(starts), random.choice((8, 12, 16))
        day += timedelta(days=1)


def _bookings(
    random: Random, classes: list[tuple[object, ...]], members: list[tuple[object, ...]]
) -> Iterator[tuple[object, ...]]:
    number = 0
    for one in classes:
        starts = datetime.fromisoformat(str(one[4]))
        if random.random() < 0.03 or starts.date() >= TODAY:
            continue
        there = [m for m in members if str(m[8]) < str(starts.date()) < str(m[9] or "9999") and m[5] == one[3]]
        for member in random.sample(there, min(len(there), random.randint(1, 9))):
            number += 1
            booked = starts - timedelta(hours=random.randint(3, 160))
            status = random.choices(("attended", "cancelled", "missed"), (7, 2, 1))[0]
            yield number, one[0], member[0], str(booked), status


def _visits(random: Random, members: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    rows = []
    for member in members:
        if random.random() < 0.06:
            continue
        pace = random.choice((3, 6, 11, 25))
        day = date.fromisoformat(str(member[8])) + timedelta(days=random.randint(0, 12))
        while day < TODAY and str(day) < str(member[9] or "9999"):
            entered = datetime(
                day.year, day.month, day.day, random.choice((6, 7, 9, 12, 17, 18, 19)), random.randrange(60)
            )
            gone = str(entered + timedelta(minutes=random.randint(25, 150))) if random.random() < 0.98 else None
            rows.append((str(entered), member[0], member[5] if random.random() < 0.9 else random.randint(1, 5), gone))
            day += timedelta(days=random.randint(1, 2 * pace))
    for number, (entered_at, member_id, gym_id, exited_at) in enumerate(sorted(rows, key=lambda row: row[:2]), start=1):
        yield number, member_id, gym_id, entered_at, exited_at


def _payments(random: Random, members: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    fees, rows = {one[0]: one[2] for one in _TARIFFS}, []
    for member in members:
        method, day = random.choice(("card", "direct debit", "cash")), date.fromisoformat(str(member[8]))
        rows.append((str(day), member[0], 15, method, "joining fee"))
        while day < TODAY and str(day) < str(member[9] or "9999"):
            rows.append((str(day), member[0], fees[member[6]], method, "membership"))  # type: ignore[index]
            if random.random() < 0.08:
                rows.append((str(day + timedelta(days=3)), member[0], random.choice((6, 9, 14)), "card", "drinks"))
            if random.random() < 0.01:
                rows.append((str(day + timedelta(days=9)), member[0], -fees[member[6]], method, "refund"))  # type: ignore[index]
            day += timedelta(days=30)
    held = [row for row in sorted(rows, key=lambda row: row[:2]) if row[0] < str(TODAY)]
    for number, row in enumerate(held, start=1):
        yield number, row[1], row[0], row[2], row[3], row[4]
