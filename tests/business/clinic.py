"""A group of clinics, from whose questions nothing is learned: what is read of them shows how far it carries.

Two dates in each table of facts, two roles of doctors in a referral, bills that nobody has paid, patients who never
came, doctors without an appointment, columns that say too much of people.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from tests.business.comments import Comments

START, TODAY = date(2024, 1, 8), date(2026, 3, 18)

_TABLES = """
CREATE TABLE branches (branch_id INTEGER PRIMARY KEY, name TEXT NOT NULL, town TEXT NOT NULL, county TEXT NOT NULL,
    opened_on DATE NOT NULL, rooms INTEGER NOT NULL);
CREATE TABLE doctors (doctor_id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, specialty TEXT NOT NULL,
    branch_id INTEGER NOT NULL REFERENCES branches, hired_on DATE NOT NULL, day_rate NUMERIC NOT NULL, iban TEXT);
CREATE TABLE insurers (insurer_id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE patients (patient_id INTEGER PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL,
    born_on DATE NOT NULL, sex TEXT NOT NULL, town TEXT NOT NULL, phone TEXT, national_id TEXT NOT NULL,
    insurer_id INTEGER REFERENCES insurers, registered_on DATE NOT NULL);
CREATE TABLE appointments (appointment_id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patients,
    doctor_id INTEGER NOT NULL REFERENCES doctors, booked_at DATETIME NOT NULL, scheduled_for DATETIME NOT NULL,
    duration_min INTEGER NOT NULL, channel TEXT NOT NULL, status TEXT NOT NULL);
CREATE TABLE procedures (procedure_code TEXT PRIMARY KEY, title TEXT NOT NULL, category TEXT NOT NULL,
    list_price NUMERIC NOT NULL);
CREATE TABLE treatments (treatment_id INTEGER PRIMARY KEY, appointment_id INTEGER NOT NULL REFERENCES appointments,
    procedure_code TEXT NOT NULL REFERENCES procedures, quantity INTEGER NOT NULL, price NUMERIC NOT NULL);
CREATE TABLE invoices (invoice_id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patients,
    branch_id INTEGER NOT NULL REFERENCES branches, issued_on DATE NOT NULL, due_on DATE NOT NULL, paid_on DATE,
    total NUMERIC NOT NULL, method TEXT);
CREATE TABLE referrals (referral_id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patients,
    from_doctor_id INTEGER NOT NULL REFERENCES doctors, to_doctor_id INTEGER NOT NULL REFERENCES doctors,
    referred_on DATE NOT NULL, accepted_on DATE, urgency TEXT NOT NULL);
CREATE TABLE reviews (review_id INTEGER PRIMARY KEY, appointment_id INTEGER NOT NULL REFERENCES appointments,
    rating INTEGER NOT NULL, written_on DATE NOT NULL, answered_on DATE, text TEXT);
"""

_BRANCHES = (
    (1, "Quayside", "Galway", "Galway", "2012-03-05", 9),
    (2, "Castle Lane", "Kilkenny", "Kilkenny", "2016-09-12", 6),
    (3, "Northbridge", "Cork", "Cork", "2014-01-20", 12),
    (4, "Millfield", "Cork", "Cork", "2019-06-03", 7),
    (5, "Harbour View", "Sligo", "Sligo", "2021-11-08", 4),
)
_INSURERS = ((1, "Aldermed", "private"), (2, "Bluecrown", "private"), (3, "State Health Fund", "public"))
_PROCEDURES = (
    ("CON1", "First consultation", "consultation", 80), ("CON2", "Follow-up consultation", "consultation", 45),
    ("XRY1", "X-ray", "imaging", 95), ("ULS1", "Ultrasound", "imaging", 120), ("MRI1", "MRI scan", "imaging", 340),
    ("PHY1", "Physiotherapy session", "therapy", 60), ("MAS1", "Massage", "therapy", 50),
    ("BLD1", "Blood test", "laboratory", 35), ("VAC1", "Flu vaccination", "prevention", 30),
    ("ACU1", "Acupuncture", "therapy", 70),
)  # fmt: skip
_FIRST = ("Aoife", "Brian", "Ciara", "Declan", "Eimear", "Fergal", "Grainne", "Hugh", "Iseult", "Jarlath", "Keeva")
_LAST = ("Brady", "Conroy", "Devlin", "Egan", "Flynn", "Gaffney", "Hanley", "Keogh", "Lawlor", "Mulhern", "Nugent")
_TOWNS = ("Galway", "Kilkenny", "Cork", "Sligo", "Athlone", "Ennis")
_SPECIALTIES = ("orthopaedics", "dermatology", "general practice", "physiotherapy", "radiology")


def build(connection: sqlite3.Connection) -> None:
    random = Random("clinic 1")
    connection.executescript(_TABLES)
    _insert(connection, "branches", _BRANCHES)
    _insert(connection, "insurers", _INSURERS)
    _insert(connection, "procedures", _PROCEDURES)
    _insert(connection, "doctors", _doctors(random))
    patients = list(_patients(random))
    _insert(connection, "patients", patients)
    appointments = list(_appointments(random, patients))
    _insert(connection, "appointments", appointments)
    _insert(connection, "treatments", _treatments(random, appointments))
    _insert(connection, "invoices", _invoices(random, appointments))
    _insert(connection, "referrals", _referrals(random, patients))
    _insert(connection, "reviews", _reviews(random, appointments))


def comments() -> Comments:
    return {
        ("appointments", "channel"): "How it was booked: phone, web or desk",
        ("invoices", "paid_on"): "Empty until the bill is paid",
    }


def _insert(connection: sqlite3.Connection, table: str, rows: object) -> None:
    held = list(rows)  # type: ignore[call-overload]
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(held[0]))})", held)


def _doctors(random: Random) -> Iterator[tuple[object, ...]]:
    for number in range(1, 16):
        hired = date(2016, 2, 1) + timedelta(days=random.randrange(3300))
        name = f"{_FIRST[number * 4 % 11]} {_LAST[number * 7 % 11]}"
        rate, iban = 480 + 20 * random.randrange(12), f"IE{random.randrange(10**9):09}"
        yield number, name, _SPECIALTIES[number % 5], number % 5 + 1, str(hired), rate, iban


def _patients(random: Random) -> Iterator[tuple[object, ...]]:
    for number in range(1, 401):
        registered = START + timedelta(days=int((TODAY - START).days * random.random()))
        born = date(1938, 1, 1) + timedelta(days=random.randrange(29_000))
        phone = f"+353 {random.randrange(10**7):07}" if random.random() < 0.85 else None
        insurer = random.choices((1, 2, 3, None), (4, 3, 5, 2))[0]
        town = random.choices(_TOWNS, (5, 3, 6, 2, 1, 1))[0]
        yield (
            number, random.choice(_FIRST), random.choice(_LAST), str(born), random.choice("FM"), town, phone,
            f"{random.randrange(10**7):07}{chr(65 + number % 26)}", insurer, str(registered),
        )  # fmt: skip


def _appointments(random: Random, patients: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    rows = []
    for patient in patients:
        if random.random() < 0.07:
            continue
        day = date.fromisoformat(str(patient[9])) + timedelta(days=random.randint(0, 20))
        while day < TODAY + timedelta(days=25) and random.random() < 0.86:
            scheduled = datetime(day.year, day.month, day.day, random.randint(8, 17), random.choice((0, 20, 40)))
            booked = scheduled - timedelta(hours=random.randint(20, 600))
            past = random.choices(("completed", "cancelled", "no_show"), (15, 3, 2))[0]
            status = past if scheduled.date() < TODAY else "scheduled"
            minutes = random.choices((15, 20, 30, 45), (3, 4, 4, 2))[0]
            channel = random.choices(("phone", "web", "desk"), (5, 6, 2))[0]
            if booked.date() < TODAY:
                rows.append((patient[0], random.randint(1, 14), str(booked), str(scheduled), minutes, channel, status))
            day += timedelta(days=random.randint(5, 160))
    for number, row in enumerate(sorted(rows, key=lambda row: row[2]), start=1):
        yield number, *row


def _treatments(random: Random, appointments: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    number = 0
    for one in appointments:
        if one[7] == "completed":
            weights = (5, 7, 3, 3, 1, 4, 2, 4, 2)
            for chosen in sorted({random.choices(_PROCEDURES[:9], weights)[0] for _ in range(random.randint(1, 3))}):
                number += 1
                price = round(float(chosen[3]) * random.choice((1, 1, 1, 0.9)), 2)
                yield number, one[0], chosen[0], random.choices((1, 2), (8, 1))[0], price


def _invoices(random: Random, appointments: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    number = 0
    for one in appointments:
        if one[7] == "completed":
            number += 1
            issued = datetime.fromisoformat(str(one[4])).date() + timedelta(days=random.randint(0, 6))
            paid = issued + timedelta(days=random.randint(0, 55))
            if issued < TODAY:
                settled = paid < TODAY and random.random() < 0.93
                branch, total = int(str(one[2])) % 5 + 1, random.randint(35, 480)
                method = random.choice(("card", "transfer", "insurance")) if settled else None
                due = issued + timedelta(days=30)
                yield number, one[1], branch, str(issued), str(due), str(paid) if settled else None, total, method


def _referrals(random: Random, patients: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    for number in range(1, 181):
        sender, receiver = random.sample(range(1, 14), 2)
        referred = START + timedelta(days=random.randrange((TODAY - START).days))
        accepted = referred + timedelta(days=random.randint(1, 21))
        urgency = random.choices(("routine", "soon", "urgent"), (6, 3, 2))[0]
        kept = str(accepted) if accepted < TODAY and random.random() < 0.8 else None
        yield number, random.choice(patients)[0], sender, receiver, str(referred), kept, urgency


def _reviews(random: Random, appointments: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    number = 0
    for one in appointments:
        written = datetime.fromisoformat(str(one[4])).date() + timedelta(days=random.randint(0, 9))
        if one[7] == "completed" and random.random() < 0.3 and written < TODAY:
            number += 1
            answered = written + timedelta(days=random.randint(1, 12))
            kept = str(answered) if random.random() < 0.6 and answered < TODAY else None
            rating = random.choices((1, 2, 3, 4, 5), (1, 1, 2, 5, 6))[0]
            yield number, one[0], rating, str(written), kept, random.choice((None, "Kind staff", "Long wait"))
