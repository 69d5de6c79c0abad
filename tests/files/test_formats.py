"""JSON, workbooks, Parquet and SQLite as tables, and corrections by a person."""

import datetime as dt
import io
import json
import sqlite3
from decimal import Decimal
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from services.integration.files.model import PreparedFile, Reading, from_plain, to_plain
from services.integration.workers.errors import Refused
from tests.files.conftest import Read


def test_json_array_with_nested_objects_and_late_fields(read: Read) -> None:
    rows = [
        {"id": 1, "customer": {"name": "Ann", "address": {"city": "Berlin"}}, "tags": ["a", "b"], "paid": True},
        {"id": 2, "customer": {"name": "Bob"}, "price": 19.99, "note": None},
    ]
    outcome = read(json.dumps(rows, indent=1), "orders.json")
    assert outcome.table().name == "orders"
    assert outcome.types() == {
        "id": "integer", "customer_name": "text", "customer_address_city": "text", "tags": "text", "paid": "boolean",
        "price": "decimal", "note": "text",
    }  # fmt: skip
    assert outcome.rows() == [
        (1, "Ann", "Berlin", '["a","b"]', True, None, None),
        (2, "Bob", None, None, None, Decimal("19.99"), None),
    ]


def test_json_object_that_holds_arrays(read: Read) -> None:
    text = json.dumps({"count": 2, "data": {"orders": [{"id": 1}, {"id": 2}], "customers": [{"name": "Ann"}]}})
    outcome = read(text)
    assert [(table.origin, table.name, table.row_count) for table in outcome.file.tables] == [
        ("data.orders", "orders", 2), ("data.customers", "customers", 1),
    ]  # fmt: skip


def test_json_object_of_like_objects(read: Read) -> None:
    outcome = read('{"de": {"name": "Germany", "n": 1}, "fr": {"name": "France", "n": 2}}')
    assert outcome.rows() == [("de", "Germany", 1), ("fr", "France", 2)]


def test_json_lines_with_broken_ones(read: Read) -> None:
    outcome = read('{"id": 1}\n{"id": 2\n\n[3]\n{"id": 4, "at": "2024-01-05"}\n')
    assert outcome.file.format == "json_lines"
    assert outcome.rows() == [(1, None), (4, dt.date(2024, 1, 5))]
    assert [(row.line, row.problem) for row in outcome.table().broken_rows] == [
        (2, "it isn't valid JSON"), (4, "it isn't a JSON object"),
    ]  # fmt: skip


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sales 2024"
    for row in (
        [], ["Report of sales"], [],
        ["Id", "Day", "At", "Amount", "Paid", "Code", "Fault"],
        [1, dt.date(2024, 1, 5), dt.datetime(2024, 1, 5, 10, 30), 19.99, True, "007", "#N/A"],
        [2, dt.date(2024, 1, 6), dt.datetime(2024, 1, 6, 11, 0), 5, False, "123", "#N/A"],
        [], [3, None, None, None, None, "9", None],
    ):  # fmt: skip
        sheet.append(row)
    book.create_sheet("Nothing")
    people = book.create_sheet("People")
    people.append(["name", "n"])
    people.append(["Ann", 1])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_workbook_of_several_sheets(read: Read) -> None:
    outcome = read(workbook(), "book.xlsx")
    assert [(table.origin, table.name, table.row_count) for table in outcome.file.tables] == [
        ("Sales 2024", "sales_2024", 3), ("People", "people", 1),
    ]  # fmt: skip
    assert outcome.types() == {
        "id": "integer", "day": "date", "at": "timestamp", "amount": "decimal", "paid": "boolean", "code": "text",
        "fault": "text",
    }  # fmt: skip
    assert outcome.rows()[0] == (
        1, dt.date(2024, 1, 5), dt.datetime(2024, 1, 5, 10, 30), Decimal("19.99"), True, "007", None
    )  # fmt: skip


def test_parquet_is_flattened(read: Read) -> None:
    table = pa.table({
        "Order Id": pa.array([1, 2], pa.uint32()),
        "who": pa.array([{"name": "Ann", "place": {"city": "Berlin"}}, None]),
        "tags": pa.array([["a"], None]),
        "at": pa.array([dt.datetime(2024, 1, 5, 10, tzinfo=dt.UTC)] * 2, pa.timestamp("ns", "UTC")),
        "raw": pa.array([b"\x00\x01", None]),
        "price": pa.array([Decimal("1.50"), None], pa.decimal128(9, 2)),
        "kind": pa.array(["a", "b"]).dictionary_encode(),
    })  # fmt: skip
    data = io.BytesIO()
    pq.write_table(table, data)
    outcome = read(data.getvalue(), "x.parquet")
    assert outcome.types() == {
        "order_id": "integer", "who_name": "text", "who_place_city": "text", "tags": "text", "at": "timestamp_tz",
        "raw": "text", "price": "decimal", "kind": "text",
    }  # fmt: skip
    assert outcome.rows() == [
        (1, "Ann", "Berlin", '["a"]', "2024-01-05 10:00:00+00", Decimal("1.50"), "a"),
        (2, None, None, None, "2024-01-05 10:00:00+00", None, "b"),
    ]
    (raw,) = [column for column in outcome.table().columns if column.left_out]
    assert (raw.name, raw.note) == ("raw", "binary data, left out")


def test_parquet_text_read_as_a_date_by_choice(read: Read) -> None:
    data = io.BytesIO()
    pq.write_table(pa.table({"n": [1, 2, 3], "day": ["13/02/2024", "05/03/2024", "soon"]}), data)
    reading = {"tables": [{"origin": "", "columns": [{"origin": "day", "type": "date", "name": "booked"}]}]}
    outcome = read(data.getvalue(), reading=reading)
    assert outcome.rows() == [(1, dt.date(2024, 2, 13)), (2, dt.date(2024, 3, 5)), (3, None)]
    assert outcome.table().columns[1].unfit_count == 1


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.executescript("""
            PRAGMA journal_mode = WAL;
            CREATE TABLE Artist (ArtistId INTEGER PRIMARY KEY, Name NVARCHAR(120));
            CREATE TABLE Album (AlbumId INTEGER PRIMARY KEY, Title NVARCHAR(160) NOT NULL, ArtistId INTEGER NOT NULL
                REFERENCES Artist, Price NUMERIC(10, 2), Released DATETIME, Upper TEXT AS (upper(Title)));
            INSERT INTO Artist VALUES (1, 'AC/DC'), (2, 'Accept');
            INSERT INTO Album (AlbumId, Title, ArtistId, Price, Released)
                VALUES (1, 'Rock', 1, 9.99, '1981-01-01 00:00:00'), (2, 'Balls', 2, NULL, NULL);
            CREATE VIEW albums_of AS SELECT Name, Title FROM Album JOIN Artist USING (ArtistId);
            CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
            CREATE VIEW reaching AS SELECT load_extension('x') AS e;
            CREATE TRIGGER t AFTER INSERT ON Artist BEGIN DELETE FROM Album; END;
        """)
    connection.close()
    return path


def test_sqlite_stays_sqlite(shop: Path, read: Read) -> None:
    outcome = read(shop, "shop.db")
    assert outcome.file.format == "sqlite"
    assert [(table.name, table.row_count) for table in outcome.file.tables] == [
        ("Album", 2), ("Artist", 2), ("albums_of", 2),
    ]  # fmt: skip
    assert outcome.types() == {
        "AlbumId": "integer", "Title": "text", "ArtistId": "integer", "Price": "decimal", "Released": "timestamp",
        "Upper": "text",
    }  # fmt: skip
    assert [file.name for file in outcome.out.iterdir()] == ["database.sqlite"]
    with sqlite3.connect(f"file:{outcome.out / 'database.sqlite'}?mode=ro&immutable=1", uri=True) as copy:
        assert copy.execute("SELECT count(*) FROM Album").fetchone() == (2,)


def test_sqlite_damaged_in_the_middle(shop: Path, read: Read) -> None:
    content = bytearray(shop.read_bytes())
    content[4096:8000] = b"\xee" * 3904
    with pytest.raises(Refused) as refused:
        read(bytes(content))
    assert refused.value.kind == "UPLOAD_UNREADABLE"
    with pytest.raises(Refused) as refused:
        read(shop.read_bytes()[:-4096])
    assert (refused.value.kind, "cut off" in refused.value.text) == ("UPLOAD_UNREADABLE", True)


def test_corrections(read: Read) -> None:
    text = "zip,amount,day,note\n01234,5,01/02/2024,x\n99999,n.n.,03/04/2024,y\n"
    reading = {
        "tables": [{
            "origin": "", "name": "Payments",
            "columns": [
                {"origin": "zip", "type": "integer"}, {"origin": "amount", "type": "decimal", "name": "paid"},
                {"origin": "note", "left_out": True},
            ],
        }]
    }  # fmt: skip
    outcome = read(text, reading=reading)
    assert outcome.table().name == "Payments"
    assert [tuple(row[:2]) for row in outcome.rows()] == [(1234, Decimal("5")), (99999, None)]
    assert [column.unfit_count for column in outcome.table().columns] == [0, 1, 0, 0]
    assert [column.left_out for column in outcome.table().columns] == [False, False, False, True]


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("boolean", ["yes", "0", "x", "maybe"], [True, False, True, None]),
        (
            "timestamp", ["2024-01-05", "2024-01-06 10:00", "no", ""],
            [dt.datetime(2024, 1, 5), dt.datetime(2024, 1, 6, 10), None, None],
        ),
        ("time", ["10:30", "x", "", "9:00"], [dt.time(10, 30), None, None, dt.time(9)]),
        ("number", ["1.5e3", "2", "x", "-"], [1500.0, 2.0, None, None]),
        ("text", ["1", "2", "3", "4"], ["1", "2", "3", "4"]),
    ],
)  # fmt: skip
def test_types_that_a_person_gives(kind: str, values: list[str], expected: list[object], read: Read) -> None:
    text = "k,v\n" + "".join(f"{at},{value}\n" for at, value in enumerate(values))
    outcome = read(text, reading={"tables": [{"origin": "", "columns": [{"origin": "v", "type": kind}]}]})
    assert [row[1] for row in outcome.rows()] == expected
    assert str(outcome.table().columns[1].type) == kind


def test_a_document_survives_its_way(read: Read) -> None:
    outcome = read("a,b\n1,x\n2\n" + "3,y\n" * 20)
    plain = json.loads(json.dumps(to_plain(outcome.file)))
    assert from_plain(PreparedFile, plain) == outcome.file
    with pytest.raises(ValueError, match="expected"):
        from_plain(Reading, {"delimiter": 5})


def test_progress_goes_forward_and_says_what_is_done(read: Read) -> None:
    outcome = read("id,v\n" + "".join(f"{n},x{n}\n" for n in range(200_000)))
    fractions = [message["fraction"] for message in outcome.progress]
    assert fractions == sorted(fractions)
    assert all(message["stage"] for message in outcome.progress)
