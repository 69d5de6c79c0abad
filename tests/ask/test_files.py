"""Files of every kind asked about; each figure against one computed here from the rows that were written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ask import data
from tests.ask.running import Asker


def test_a_messy_csv(ask: Asker, tmp_path: Path) -> None:
    file = data.messy_csv(tmp_path)
    ended = ask.json(file, "total amount by city")
    expected = {city.replace("Łódź", "Lodz"): amount for city, amount in data.amount_by_city().items()}
    assert {city: Decimal(str(amount)) for city, amount in ended.records} == expected
    in_march = sum(row["day"].month == 3 for row in data.deliveries())
    assert ask.rows(file, "how many deliveries in march 2025") == [[in_march]]


def test_what_was_found_is_said_beside_the_answer(ask: Asker, tmp_path: Path) -> None:
    ended = ask(data.messy_csv(tmp_path), "how many deliveries")
    assert ended.code == 0
    assert "3 rows of deliveries.csv couldn't be read" in ended.err
    assert "--broken refuse" in ended.err
    assert "amount decimal" in ended.err.lower()
    assert "deliveries: 200." in ended.out
    assert "couldn't" not in ended.out


def test_broken_rows_refuse_the_file_by_choice(ask: Asker, tmp_path: Path) -> None:
    ended = ask(data.messy_csv(tmp_path), "how many deliveries", "--broken", "refuse")
    assert (ended.code, ended.out) == (1, "")
    assert "3 rows" in ended.err
    whole = ask.rows(data.messy_csv(tmp_path, broken=0), "how many deliveries", "--broken", "refuse")
    assert whole == [[200]]


@pytest.mark.parametrize("make", [data.plain_csv, data.tsv, data.json_lines, data.json_array])
def test_text_formats(ask: Asker, tmp_path: Path, make: Callable[[Path], Path]) -> None:
    file = make(tmp_path)
    found = {city: Decimal(str(amount)).quantize(Decimal("0.01")) for city, amount in ask.rows(file, "amount by city")}
    assert found == data.amount_by_city()
    unpaid = sum(not row["paid"] for row in data.deliveries())
    assert dict(ask.rows(file, "number of rows by paid")) == {True: 200 - unpaid, False: unpaid}


def test_sheets_are_joined_by_keys_that_nobody_declared(ask: Asker, tmp_path: Path) -> None:
    rows = ask.rows(data.workbook(tmp_path), "total nights by region")
    assert dict(rows) == data.nights_by_region()


def test_one_sheet(ask: Asker, tmp_path: Path) -> None:
    book = data.workbook(tmp_path)
    assert ask.rows(book, "how many kennels", "--sheet", "kennels") == [[30]]
    ended = ask(book, "how many kennels", "--sheet", "Cats")
    assert ended.code == 2
    assert "Kennels" in ended.err
    assert "Stays" in ended.err


def test_several_files_are_one_source(ask: Asker, tmp_path: Path) -> None:
    rows = ask.rows(*data.csv_pair(tmp_path), "total nights by region")
    assert dict(rows) == data.nights_by_region()


def test_files_of_one_name_are_two_tables(ask: Asker, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    ended = ask(data.plain_csv(tmp_path), data.plain_csv(tmp_path / "other"), input="/tables\n")
    assert "deliveries: 200 rows" in ended.out
    assert "deliveries_2: 200 rows" in ended.out


def test_parquet_keeps_what_it_holds_exactly(ask: Asker, tmp_path: Path) -> None:
    file = data.parquet(tmp_path)
    readings = data.readings()
    (total,) = ask.json(file, "total litres").records
    assert total == [str(sum(row["litres"] for row in readings))]
    by_month = ask.rows(file, "number of readings by month", "--timezone", "UTC")
    months = sorted({row["read_at"].date().replace(day=1) for row in readings})
    assert [row[0] for row in by_month] == [month.isoformat() for month in months]
    assert sum(row[1] for row in by_month) == len(readings)
    listed = ask.json(file, "show meter and serial of readings with litres over 90").document
    place = [column["name"] for column in listed["columns"]].index("serial")
    assert {row[place] for row in listed["rows"]} == {str(row["serial"]) for row in readings if row["litres"] > 90}


def test_a_sqlite_database(ask: Asker, tmp_path: Path) -> None:
    file = data.museum(tmp_path)
    by_country = """SELECT s.country, sum(l.fee) FROM loans l JOIN sculptures USING (sculpture_id)
        JOIN sculptors s USING (sculptor_id) GROUP BY 1"""
    found = {country: pytest.approx(float(fee)) for country, fee in ask.rows(file, "total fee by country")}
    assert dict(data.query(file, by_country)) == found
    heaviest = "SELECT title FROM sculptures ORDER BY weight_kg DESC LIMIT 3"
    rows = ask.rows(f"sqlite:///{file}", "top 3 sculptures by weight")
    assert [row[0] for row in rows] == [title for (title,) in data.query(file, heaviest)]
    in_may = "SELECT count(*) FROM loans WHERE lent_on >= '2025-05-01' AND lent_on < '2025-06-01'"
    assert ask.rows(file, "how many loans in may 2025") == [list(row) for row in data.query(file, in_may)]


def test_a_sqlite_database_is_asked_alone(ask: Asker, tmp_path: Path) -> None:
    ended = ask(data.museum(tmp_path), data.plain_csv(tmp_path), "how many loans")
    assert ended.code == 2
    assert "alone" in ended.err


def test_today_is_where_and_when_it_is_said(ask: Asker, tmp_path: Path) -> None:
    file = data.plain_csv(tmp_path)
    days = [row["day"] for row in data.deliveries()]
    (count,) = ask(file, "how many deliveries this month", "--json", "--now", "2025-03-31T23:30:00+00:00").records
    assert count == [sum(day.month == 3 for day in days)]
    ended = ask(file, "how many deliveries this month", "--json", "--now", "2025-03-31T23:30:00+00:00",
                "--timezone", "Europe/Berlin")  # fmt: skip
    assert ended.records == [[sum(day.month == 4 for day in days)]]


def test_weeks_and_fiscal_years_begin_when_it_is_said(ask: Asker, tmp_path: Path) -> None:
    file = data.plain_csv(tmp_path)
    days = [row["day"] for row in data.deliveries()]
    asked = (file, "how many deliveries this fiscal year", "--json", "--now", "2025-05-15")

    def between(start: date, end: date) -> list[list[int]]:
        return [[sum(start <= day < end for day in days)]]

    year, april = between(date(2025, 1, 1), date(2026, 1, 1)), between(date(2025, 4, 1), date(2026, 4, 1))
    assert year != april
    assert ask(*asked).records == year
    assert ask(*asked, "--fiscal-year-starts-in", "april").records == april
    model = tmp_path / "model.yaml"
    model.write_text("version: 1\nfiscal_year_starts_in: april\nweek_starts_on: sunday\n")
    assert ask(*asked, "--model", model).records == april
    assert ask(*asked, "--model", model, "--fiscal-year-starts-in", "jan").records == year
    weekly = (file, "how many deliveries this week", "--json", "--now", "2025-05-14", "--sql")
    assert "2025-05-11" in ask(*weekly, "--week-starts-on", "Sunday").document["sql"]
    assert "2025-05-12" in ask(*weekly).document["sql"]


@pytest.mark.parametrize("given", ["someday", "ju", "s"])
def test_a_day_that_is_none_is_told(ask: Asker, tmp_path: Path, given: str) -> None:
    ended = ask(data.plain_csv(tmp_path), "how many deliveries", "--week-starts-on", given)
    assert ended.code == 2
    assert "monday" in ended.err


def test_a_semantic_model_gives_names(ask: Asker, tmp_path: Path) -> None:
    model = tmp_path / "model.yaml"
    model.write_text(
        "version: 1\ncurrency: EUR\nmetrics:\n  open_invoices:\n    table: deliveries\n"
        "    expression: sum(amount)\n    filter: not paid\n    format: currency\n    synonyms: [outstanding money]\n"
    )
    expected = sum(row["amount"] or 0 for row in data.deliveries() if not row["paid"])
    ended = ask(data.plain_csv(tmp_path), "outstanding money", "--model", model)
    assert f"€{expected:,.2f}" in ended.out


def test_a_wrong_semantic_model_is_told_by_line(ask: Asker, tmp_path: Path) -> None:
    model = tmp_path / "model.yaml"
    model.write_text("version: 1\ntables:\n  delivery: {labell: Deliveries}\n")
    ended = ask(data.plain_csv(tmp_path), "how many deliveries", "--model", model)
    assert ended.code == 1
    assert "labell" in ended.err


def test_how_a_csv_is_read_can_be_said(ask: Asker, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_bytes("5|Müller\n7|Groß\n".encode("utf-16"))
    ended = ask(file, "how many rows", "--delimiter", "|", "--encoding", "utf-16", "--no-header", "--json")
    assert ended.records == [[2]]


def test_days_stay_days(ask: Asker, tmp_path: Path) -> None:
    rows = ask.rows(data.plain_csv(tmp_path), "number of deliveries by month in 2025")
    counts = {date.fromisoformat(month).month: count for month, count in rows}
    assert counts == {month: sum(row["day"].month == month for row in data.deliveries()) for month in counts}
    assert sum(counts.values()) == 200
