"""A haulier's database: CamelCase, abbreviations, codes, cents; no key is declared, so all of them are inferred.

Among its rows: shipments of a customer who is not there (an orphan), of no driver, never departed, late; customers of
the same name; a depot that nothing leaves from; employees who have no manager; parts of a shipment under a key of two
columns; claims in dispute without a settlement.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from tests.business.comments import Comments

START, TODAY = date(2023, 1, 2), date(2026, 2, 18)

_TABLES = """
CREATE TABLE Depot (DepotId INTEGER, DepotNm TEXT, City TEXT, Ctry TEXT, OpenedDt DATE, CapPal INTEGER);
CREATE TABLE Emp (EmpId INTEGER, FirstNm TEXT, LastNm TEXT, JobTtl TEXT, HireDt DATE, TermDt DATE, MgrEmpId INTEGER,
    DepotId INTEGER, SalaryCts INTEGER);
CREATE TABLE Cust (CustNo TEXT, CustNm TEXT, Sector TEXT, City TEXT, Ctry TEXT, AcctMgrEmpId INTEGER, SinceDt DATE,
    CreditLimCts INTEGER);
CREATE TABLE Vehicle (VehId INTEGER, RegNo TEXT, VehType TEXT, PayloadKg INTEGER, AcqDt DATE, HomeDepotId INTEGER,
    StatusCd TEXT);
CREATE TABLE Shipment (ShipmentNo INTEGER, CustNo TEXT, OrigDepotId INTEGER, DestDepotId INTEGER, VehId INTEGER,
    DriverEmpId INTEGER, BookedDt DATE, DepartTs DATETIME, ArriveTs DATETIME, PromisedDt DATE, WgtKg REAL,
    DistKm INTEGER, FrtCts INTEGER, SvcLvl TEXT, StatusCd TEXT);
CREATE TABLE ShipmentItem (ShipmentNo INTEGER, LineNo INTEGER, ItemDesc TEXT, Qty INTEGER, HazFlg INTEGER);
CREATE TABLE Inv (InvNo INTEGER, ShipmentNo INTEGER, InvDt DATE, DueDt DATE, PaidDt DATE, AmtCts INTEGER);
CREATE TABLE Claim (ClaimId INTEGER, ShipmentNo INTEGER, ClaimTyp TEXT, FiledDt DATE, AmtCts INTEGER, StlAmtCts INTEGER,
    StatusCd TEXT);
CREATE TABLE FuelLog (FuelLogId INTEGER, VehId INTEGER, FillDt DATE, Litres REAL, CostCts INTEGER);
"""

_DEPOTS = (
    (1, "Quayside", "Antwerp", "Belgium", "2009-04-01", 900),
    (2, "Northgate", "Gdansk", "Poland", "2012-09-15", 650),
    (3, "Millbrook", "Leeds", "United Kingdom", "2015-03-02", 400),
    (4, "Sunridge", "Zaragoza", "Spain", "2018-06-20", 520),
    (5, "Riverbend", "Gdansk", "Poland", "2020-01-10", 300),
    (6, "Hilltop", "Turin", "Italy", "2021-11-05", 450),
    (7, "Eastfield", "Brno", "Czechia", "2026-01-12", 200),
)
_SECTORS = ("Automotive", "Chemicals", "Food", "Furniture", "Pharma")
_CUST = (
    ("Abelard Motors", 0), ("Borealis Foods", 2), ("Candela Pharma", 4), ("Dorado Paints", 1), ("Elmwood Furniture", 3),
    ("Fennimore Parts", 0), ("Galloway Dairy", 2), ("Hartmann Resins", 1), ("Iberline", 3), ("Jura Chocolate", 2),
    ("Kestrel Labs", 4), ("Lindqvist Interiors", 3), ("Marlowe Tyres", 0), ("Nettle & Co", None),
    ("Ostra Chemicals", 1), ("Iberline", 0),
)  # fmt: skip
_FIRST = ("Ada", "Boris", "Celia", "Dora", "Emil", "Fiona", "Goran", "Hana", "Igor", "Jana", "Karl", "Lidia", "Milan")
_LAST = ("Aldous", "Bellini", "Cerny", "Duval", "Eklund", "Farkas", "Grabowski", "Holt", "Ivanov", "Jurado")
_ITEMS = ("Engine blocks", "Frozen peas", "Vaccines", "Solvent drums", "Oak tables", "Brake discs", "Cheese wheels")


def build(connection: sqlite3.Connection) -> None:
    random = Random("haulage 1")
    connection.executescript(_TABLES)
    _insert(connection, "Depot", _DEPOTS)
    employees = list(_employees(random))
    _insert(connection, "Emp", employees)
    _insert(connection, "Cust", list(_customers(random)))
    vehicles = list(_vehicles(random))
    _insert(connection, "Vehicle", vehicles)
    shipments = list(_shipments(random, [row for row in employees if row[3] == "Driver"]))
    _insert(connection, "Shipment", shipments)
    _insert(connection, "ShipmentItem", list(_items(random, shipments)))
    _insert(connection, "Inv", list(_invoices(random, shipments)))
    _insert(connection, "Claim", list(_claims(random, shipments)))
    _insert(connection, "FuelLog", list(_fuel(random, vehicles)))


def comments() -> Comments:
    return {}


def _insert(connection: sqlite3.Connection, table: str, rows: object) -> None:
    held = list(rows)  # type: ignore[call-overload]
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(held[0]))})", held)


def _employees(random: Random) -> Iterator[tuple[object, ...]]:
    jobs = ("Managing Director", *["Depot Manager"] * 5, *["Account Manager"] * 4, *["Driver"] * 14, *["Clerk"] * 5)
    pay = {"Managing Director": 14_000_000, "Depot Manager": 7_200_000, "Account Manager": 5_800_000}
    for number, job in enumerate(jobs, start=1):
        boss = None if number == 1 else 1 if number <= 10 else random.randint(2, 6)
        hired = date(2016, 1, 1) + timedelta(days=random.randrange(3500))
        left = hired + timedelta(days=600) if random.random() < 0.12 and number > 6 else None
        salary = pay.get(job, 3_600_000) + 50_000 * random.randrange(20)
        salary = 8_100_000 if number in (17, 22) else salary  # two who earn more than their managers
        yield (
            number, _FIRST[number * 5 % 13], _LAST[number * 3 % 10], job, str(hired), str(left) if left else None, boss,
            None if number == 1 else (number % 6) + 1, salary,
        )  # fmt: skip


def _customers(random: Random) -> Iterator[tuple[object, ...]]:
    for number, (name, kind) in enumerate(_CUST, start=1):
        depot = random.choice(_DEPOTS)
        since = date(2014, 1, 1) + timedelta(days=random.randrange(4000))
        limit = random.choice((500_000, 1_000_000, 2_500_000, None))
        sector = None if kind is None else _SECTORS[kind]
        yield f"C{number:03}", name, sector, depot[2], depot[3], random.randint(7, 10), str(since), limit


def _vehicles(random: Random) -> Iterator[tuple[object, ...]]:
    kinds = (("Van", 1400), ("Rigid truck", 9000), ("Articulated truck", 24000), ("Reefer", 21000))
    for number in range(1, 21):
        kind, payload = kinds[number % 4]
        bought = date(2016, 1, 1) + timedelta(days=random.randrange(3300))
        status = {5: "M", 13: "M", 18: "S"}.get(number, "A")
        plate = f"HL{number:02} {_LAST[number % 10][:3].upper()}"
        yield number, plate, kind, payload, str(bought), number % 6 + 1, status


def _shipments(random: Random, drivers: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    number, day = 500_000, START
    while day < TODAY:
        busy = 1.6 if day.weekday() < 5 else 0.2
        drawn = int(busy * (1 + (day.year - 2023) * 0.25) * random.random() * 2 + 0.3)
        for _ in range(max(drawn, 3 if (TODAY - day).days < 4 else 0)):  # so that some are still on their way
            number += 1
            origin, target = random.sample((1, 2, 3, 4, 5, 6), 2)
            weight = round(random.choice((120, 480, 900, 2600, 7400, 15000)) * random.uniform(0.6, 1.2), 1)
            distance = 150 + 211 * abs(origin - target) + random.randrange(90)
            level = random.choices(("STD", "EXP", "ECO"), (6, 2, 2))[0]
            rate = {"STD": 1.0, "EXP": 1.7, "ECO": 0.8}[level]
            freight = int((9_000 + weight * 0.9 + distance * 38) * rate)
            leaves = datetime(day.year, day.month, day.day, 5) + timedelta(hours=random.randint(8, 70))
            arrives = leaves + timedelta(hours=distance / 55 + random.choice((2, 4, 6, 20, 60)))
            promised = day + timedelta(days=4 if level != "ECO" else 6)
            today = datetime(TODAY.year, TODAY.month, TODAY.day)
            status = "BKD" if leaves >= today else "TRN" if arrives >= today else "DLV"
            if random.random() < 0.06:
                status = "CNL"
            gone, there = status in ("TRN", "DLV"), status == "DLV"
            employed = [row[0] for row in drivers if str(row[4]) <= str(day) < str(row[5] or "9999")]
            customer = "C099" if number % 151 == 0 else f"C{min(random.randint(1, 15), random.randint(1, 15)):03}"
            yield (
                number, customer, origin, target, random.randint(1, 20) if gone else None,
                random.choice(employed) if gone and random.random() < 0.97 else None, str(day),
                str(leaves) if gone else None, str(arrives.replace(microsecond=0)) if there else None, str(promised),
                weight, distance, freight, level, status,
            )  # fmt: skip
        day += timedelta(days=1)


def _items(random: Random, shipments: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    for shipment in shipments:
        for line in range(1, random.randint(1, 3) + 1):
            item = random.choice(_ITEMS)
            yield shipment[0], line, item, random.randint(1, 24), int(item in ("Solvent drums", "Vaccines"))


def _invoices(random: Random, shipments: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    number = 70_000
    for shipment in shipments:
        if shipment[14] != "DLV":
            continue
        number += 1
        issued = date.fromisoformat(str(shipment[8])[:10]) + timedelta(days=random.randint(0, 3))
        if issued >= TODAY:
            continue
        paid = issued + timedelta(days=random.choice((10, 20, 29, 30, 45, 75)))
        settled = str(paid) if paid < TODAY and random.random() < 0.94 else None
        yield number, shipment[0], str(issued), str(issued + timedelta(days=30)), settled, shipment[12]


def _claims(random: Random, shipments: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    number = 0
    for shipment in shipments:
        if shipment[14] != "DLV" or random.random() > 0.07:
            continue
        filed = date.fromisoformat(str(shipment[8])[:10]) + timedelta(days=random.randint(1, 25))
        if filed >= TODAY:
            continue
        number += 1
        asked = random.randint(50, 900) * 100
        status = random.choices(("O", "A", "R"), (2, 5, 3))[0]
        given = asked * random.choice((50, 80, 100)) // 100 if status == "A" else 0 if status == "R" else None
        kind = random.choices(("DMG", "LOS", "DEL"), (5, 2, 3))[0]
        yield number, shipment[0], kind, str(filed), asked, given, status


def _fuel(random: Random, vehicles: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    rows = []
    for vehicle in vehicles[:18]:  # the last two have not been filled up yet
        day = START + timedelta(days=random.randint(0, 30))
        while day < TODAY:
            litres = round(random.uniform(60, 420), 1)
            rows.append((str(day), vehicle[0], litres, int(litres * random.uniform(140, 172))))
            day += timedelta(days=random.randint(12, 45))
    for number, (day_text, vehicle_id, litres, cost) in enumerate(sorted(rows, key=lambda row: row[:2]), start=1):
        yield number, vehicle_id, day_text, litres, cost
