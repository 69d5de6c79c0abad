"""Files of every kind, with names that nothing else in the project has, and the rows to check answers against."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook  # type: ignore[import-untyped]

CITIES = ("Köln", "Zürich", "Graz", "Łódź")
FIRST = date(2025, 1, 3)


def deliveries() -> list[dict[str, Any]]:
    """200 rows; every seventh isn't paid, every eleventh has no amount."""
    return [
        {
            "day": FIRST + timedelta(days=number),
            "customer": f"Firma {number % 23}",
            "city": CITIES[number % 4 if number % 5 else 0],
            "amount": None if number % 11 == 0 else Decimal(number * 137 % 250_000) / 100 + 1200,
            "paid": number % 7 != 0,
        }
        for number in range(1, 201)
    ]


def messy_csv(folder: Path, *, broken: int = 3) -> Path:
    """As a German spreadsheet writes it: semicolons, windows-1252, 31.12.2025, 1.234,50; and rows that don't fit."""
    lines = ["Delivered On;Customer;City;Amount;Paid"]
    for number, row in enumerate(deliveries()):
        if number % 50 == 20 and broken:
            lines.append("03.03.2025;one;cell;1,00;yes;too;many")
            broken -= 1
        amount = "" if row["amount"] is None else _german(row["amount"])
        city = row["city"].replace("Ł", "L").replace("ó", "o").replace("ź", "z")
        quoted = f'"{row["customer"]}; GmbH"'
        lines.append(f"{row['day']:%d.%m.%Y};{quoted};{city};{amount};{'yes' if row['paid'] else 'no'}")
    file = folder / "deliveries.csv"
    file.write_bytes("\r\n".join(lines).encode("windows-1252") + b"\r\n\r\n")
    return file


def _german(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def plain_csv(folder: Path) -> Path:
    """The same deliveries in UTF-8, with commas and ISO dates."""
    lines = ["delivered_on,customer,city,amount,paid"]
    for row in deliveries():
        amount = "" if row["amount"] is None else f"{row['amount']:.2f}"
        lines.append(f"{row['day']},{row['customer']},{row['city']},{amount},{str(row['paid']).lower()}")
    file = folder / "deliveries.csv"
    file.write_text("\n".join(lines) + "\n")
    return file


def amount_by_city() -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for row in deliveries():
        found[row["city"]] = found.get(row["city"], Decimal(0)) + (row["amount"] or 0)
    return found


def kennels() -> tuple[list[tuple[int, str, str]], list[tuple[int, int, date, int]]]:
    """Kennels and the stays of dogs in them: two tables that name their key alike."""
    owned = [(100 + number, f"Kennel {number}", ("coast", "hills", "town")[number % 3]) for number in range(30)]
    stays = [
        (number, 100 + number * 7 % 30, FIRST + timedelta(days=number % 300), 1 + number % 9) for number in range(600)
    ]
    return owned, stays


def nights_by_region() -> dict[str, int]:
    owned, stays = kennels()
    regions = {number: region for number, _, region in owned}
    found: dict[str, int] = {}
    for _, kennel, _, nights in stays:
        found[regions[kennel]] = found.get(regions[kennel], 0) + nights
    return found


def workbook(folder: Path) -> Path:
    """Two sheets."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Kennels"
    owned, stays = kennels()
    first.append(["kennel_id", "name", "region"])
    for kennel in owned:
        first.append(list(kennel))
    second = book.create_sheet("Stays")
    second.append(["stay_id", "kennel_id", "arrived_on", "nights"])
    for stay in stays:
        second.append(list(stay))
    file = folder / "dogs.xlsx"
    book.save(file)
    return file


def csv_pair(folder: Path) -> tuple[Path, Path]:
    """The kennels and the stays as two files."""
    owned, stays = kennels()
    first, second = folder / "kennels.csv", folder / "stays.csv"
    first.write_text("kennel_id,name,region\n" + "".join(f"{a},{b},{c}\n" for a, b, c in owned))
    second.write_text("stay_id,kennel_id,arrived_on,nights\n" + "".join(f"{a},{b},{c},{d}\n" for a, b, c, d in stays))
    return first, second


def readings() -> list[dict[str, Any]]:
    """Of water meters: exact decimals, moments, integers beyond 2^53."""
    return [
        {
            "meter": f"M{number % 5}",
            "read_at": datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=number * 7),
            "litres": Decimal(number * 311) / 1000,
            "serial": 2**60 + number,
        }
        for number in range(1, 301)
    ]


def parquet(folder: Path) -> Path:
    kinds = [("meter", pa.string()), ("read_at", pa.timestamp("us", "UTC")), ("litres", pa.decimal128(18, 3)),
             ("serial", pa.int64())]  # fmt: skip
    file = folder / "readings.parquet"
    pq.write_table(pa.Table.from_pylist(readings(), schema=pa.schema(kinds)), file)
    return file


def json_lines(folder: Path) -> Path:
    file = folder / "deliveries.jsonl"
    plain = [
        row | {"day": row["day"].isoformat(), "amount": None if row["amount"] is None else float(row["amount"])}
        for row in deliveries()
    ]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in plain))
    return file


def json_array(folder: Path) -> Path:
    lines = json_lines(folder).read_text().splitlines()
    file = folder / "array.json"
    file.write_text(f"[{','.join(lines)}]")
    return file


def tsv(folder: Path) -> Path:
    file = folder / "deliveries.tsv"
    file.write_text(plain_csv(folder).read_text().replace(",", "\t"))
    return file


MUSEUM = """
CREATE TABLE sculptors (sculptor_id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, country TEXT);
CREATE TABLE sculptures (sculpture_id INTEGER PRIMARY KEY, title TEXT NOT NULL,
    sculptor_id INTEGER NOT NULL REFERENCES sculptors (sculptor_id), material TEXT, weight_kg REAL);
CREATE TABLE loans (loan_id INTEGER PRIMARY KEY, sculpture_id INTEGER NOT NULL REFERENCES sculptures (sculpture_id),
    lent_on TEXT NOT NULL, fee NUMERIC NOT NULL);
"""


def museum(folder: Path) -> Path:
    """A SQLite database in the manner of Chinook."""
    file = folder / "museum.db"
    connection = sqlite3.connect(file)
    connection.executescript(MUSEUM)
    countries = ("Italy", "France", "Japan", None)
    connection.executemany(
        "INSERT INTO sculptors VALUES (?, ?, ?)", [(n, f"Sculptor {n}", countries[n % 4]) for n in range(1, 21)]
    )
    connection.executemany(
        "INSERT INTO sculptures VALUES (?, ?, ?, ?, ?)",
        [(n, f"Figure {n}", 1 + n % 20, ("bronze", "marble", "oak")[n % 3], n * 2.5) for n in range(1, 121)],
    )
    connection.executemany(
        "INSERT INTO loans VALUES (?, ?, ?, ?)",
        [(n, 1 + n * 7 % 120, str(FIRST + timedelta(days=n % 365)), n % 40 * 10.25) for n in range(1, 501)],
    )
    connection.commit()
    connection.close()
    return file


def query(file: Path, sql: str) -> list[tuple[Any, ...]]:
    """SQL written by hand, on a SQLite file."""
    connection = sqlite3.connect(file)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
