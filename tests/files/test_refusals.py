"""What can't be read is refused by a kind and a text that says what to do; nothing is left behind."""

import gzip
import io
import json
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from services.integration.files import duck
from services.integration.workers.errors import Refused
from tests.files.conftest import Read


def refused(read: Read, content: bytes | str | Path, *, tmp_path: Path, **options: object) -> Refused:
    with pytest.raises(Refused) as caught:
        read(content, **options)
    assert len(caught.value.text) > 40  # says what is wrong and what to do
    assert caught.value.text.count(".") >= 2
    assert [file for out in tmp_path.glob("out*") for file in out.iterdir()] == []
    return caught.value


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return data.getvalue()


def parquet(table: pa.Table) -> bytes:
    data = io.BytesIO()
    pq.write_table(table, data)
    return data.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b" \n\n\t ", b"\xef\xbb\xbf", b"\0" * 100, b"id,name\n", b"id,name\n\n\n", b"[]", b"{}", b"[] \n",
        workbook([]), workbook([["id", "name"]]), parquet(pa.table({"a": pa.array([], pa.int64())})),
    ],
)  # fmt: skip
def test_no_data(content: bytes, read: Read, tmp_path: Path) -> None:
    assert refused(read, content, tmp_path=tmp_path).kind == "UPLOAD_EMPTY"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"%PDF-1.7 and so on", "data.csv", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "data.csv", "picture"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), "data.csv", "gzip"),
        (archive({"a.csv": b"a,b\n1,2\n"}), "data.xlsx", "ZIP archive"),
        (archive({"word/document.xml": b"<x/>"}), "data.xlsx", "text document"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "data.csv", "web page"),
        (b"<?xml version='1.0'?><a/>", "data.csv", "XML"),
        (bytes(range(256)) * 40, "data.csv", "no format that is known"),
        (b"PAR1" + b"\0" * 200, "data.parquet", "cut off"),
        (b"PAR1" + b"\1" * 200 + b"PAR1", "data.parquet", "damaged"),
        (b"PK\x03\x04" + b"\1" * 200, "data.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "data.xls", "workbook"),
        (b"SQLite format 3\0" + b"\1" * 5000, "data.db", "damaged"),
        (b'[{"a": 1}, {"a": ', "data.json", "isn't valid JSON"),
        (b'[{"a": 1} {"a": 2}]', "data.json", "isn't valid JSON"),
        (workbook([["id"], [1]])[:-400], "data.xlsx", "damaged"),
    ],
    ids=range(16),
)
def test_unreadable(content: bytes, name: str, says: str, read: Read, tmp_path: Path) -> None:
    found = refused(read, content, tmp_path=tmp_path, name=name)
    assert (found.kind, says in found.text) == ("UPLOAD_UNREADABLE", True), found.text


@pytest.mark.parametrize(
    ("content", "name", "format"),
    [
        (b"id,name\n1,a\n2,b\n", "data.xlsx", "csv"),
        (workbook([["id", "name"], [1, "a"]]), "data.csv", "excel"),
        (b'[{"id": 1}]', "data.csv", "json"),
        (b'{"id": 1}\n{"id": 2}\n', "data.json", "json_lines"),
        (parquet(pa.table({"a": [1]})), "data.csv", "parquet"),
    ],
)
def test_a_file_is_what_its_content_is(content: bytes, name: str, format: str, read: Read) -> None:
    assert read(content, name).file.format == format


def test_ten_thousand_columns(read: Read, tmp_path: Path) -> None:
    wide = ",".join(f"c{n}" for n in range(10_000)) + "\n" + ",".join("1" for _ in range(10_000)) + "\n"
    found = refused(read, wide, tmp_path=tmp_path)
    assert found.kind == "UPLOAD_TOO_COMPLEX"
    assert "10000 columns" in found.text
    one = json.dumps([{f"c{n}": 1 for n in range(10_000)}])
    assert refused(read, one, tmp_path=tmp_path).kind == "UPLOAD_TOO_COMPLEX"
    table = pa.table({f"c{n}": [1] for n in range(10_000)})
    assert refused(read, parquet(table), tmp_path=tmp_path).kind == "UPLOAD_TOO_COMPLEX"


@pytest.mark.parametrize("content", [b"a" * 3_000_000, b"a,b\n1," + b"2" * 3_000_000, b'[{"a": "' + b"x" * 3_000_000])
def test_a_line_without_end(content: bytes, read: Read, tmp_path: Path) -> None:
    found = refused(read, content, tmp_path=tmp_path, limits={"line": 1 << 20})
    assert found.kind in {"UPLOAD_TOO_COMPLEX", "UPLOAD_UNREADABLE"}
    assert "xxx" not in found.text


def test_a_gigabyte_in_one_line_is_refused_by_its_beginning(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "line"
    with path.open("wb") as file:
        file.write(b"x,")
        for _ in range(64):
            file.write(b"abcdefg," * (1 << 17))
    assert refused(read, path, tmp_path=tmp_path).kind == "UPLOAD_TOO_COMPLEX"


@pytest.mark.parametrize("text", ["[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000])
def test_json_nested_too_deeply(text: str, read: Read, tmp_path: Path) -> None:
    assert refused(read, text, tmp_path=tmp_path).kind == "UPLOAD_TOO_COMPLEX"


def test_a_workbook_that_unpacks_to_gigabytes(read: Read, tmp_path: Path) -> None:
    bomb = archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * (200 << 20)})
    assert refused(read, bomb, tmp_path=tmp_path).kind == "UPLOAD_TOO_COMPLEX"
    assert refused(read, bomb, tmp_path=tmp_path, limits={"unpacked": 10 << 20}).kind == "UPLOAD_TOO_COMPLEX"


def test_a_workbook_that_lies_about_what_it_unpacks_to(read: Read, tmp_path: Path) -> None:
    part = b"0" * (1 << 20)
    bomb = archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": part})
    lying = bomb.replace(struct.pack("<I", len(part)), struct.pack("<I", 10))
    assert refused(read, lying, tmp_path=tmp_path).kind == "UPLOAD_UNREADABLE"


def test_a_sheet_with_a_stray_cell_in_its_last_corner(read: Read, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "id"
    book.active["A2"] = 1
    book.active["XFD1048576"] = "stray"
    data = io.BytesIO()
    book.save(data)
    found = refused(read, data.getvalue(), tmp_path=tmp_path)
    assert (found.kind, "1048576 rows" in found.text) == ("UPLOAD_TOO_COMPLEX", True)


def test_parquet_that_unpacks_to_more_than_is_read(read: Read, tmp_path: Path) -> None:
    bomb = parquet(pa.table({"a": pa.array(["x" * 1000] * 20_000)}))
    assert refused(read, bomb, tmp_path=tmp_path, limits={"parquet_unpacked": 1 << 10}).kind == "UPLOAD_TOO_COMPLEX"
    assert refused(read, bomb, tmp_path=tmp_path, limits={"rows": 1000}).kind == "UPLOAD_TOO_COMPLEX"


def test_parquet_whose_metadata_lies(read: Read, tmp_path: Path) -> None:
    honest = parquet(pa.table({"a": list(range(100))}))
    kinds = set()
    for at in range(len(honest) - 200, len(honest) - 8, 2):
        lying = honest[:at] + b"\xff" + honest[at + 1 :]
        with suppress(Refused):  # what the byte says may not matter
            try:
                read(lying)
            except Refused as caught:
                kinds.add(caught.kind)
                raise
    assert "UPLOAD_UNREADABLE" in kinds
    assert kinds <= {"UPLOAD_UNREADABLE", "UPLOAD_TOO_COMPLEX", "UPLOAD_EMPTY"}


def test_broken_rows_are_refused_by_choice(read: Read, tmp_path: Path) -> None:
    text = "a,b\n" + "1,2\n" * 10 + "1,2,3\n"
    found = refused(read, text, tmp_path=tmp_path, reading={"broken_rows": "refuse"})
    assert found.kind == "UPLOAD_ROWS_BROKEN"
    assert found.details == {"broken_row_count": 1, "line": 12}


def test_only_the_first_twenty_broken_rows_are_shown(read: Read) -> None:
    outcome = read("a,b\n" + "1,2\n" * 200 + "1,2,3\n" * 30)
    assert outcome.table().broken_row_count == 30
    assert len(outcome.table().broken_rows) == 20


def test_a_full_disk(read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = OSError(28, "No space left on device")
    assert duck.is_full(full)
    real = Path.open

    def no_room(path: Path, mode: str = "r", *rest: object, **options: object) -> object:
        if "w" in mode and path.parent.name.startswith("out"):
            raise full
        return real(path, mode, *rest, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", no_room)
    found = refused(read, "name\nMüller\n".encode("cp1252"), tmp_path=tmp_path)
    assert found.kind == "STORAGE_FULL"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_last_line_without_end_is_never_dropped_in_silence(encoding: str, read: Read, tmp_path: Path) -> None:
    text = "a,b\n1,y\n2," + "x" * 3_000_000
    found = refused(read, text.encode(encoding), tmp_path=tmp_path, limits={"line": 1 << 20})
    assert (found.kind, "Line 3" in found.text) == ("UPLOAD_TOO_COMPLEX", True)


def test_parquet_whose_dictionary_hides_its_size(read: Read, tmp_path: Path) -> None:
    one = pa.DictionaryArray.from_arrays(pa.array([0] * 50_000, pa.int32()), pa.array(["y" * 10_000]))
    bomb = parquet(pa.table({"a": one}))
    assert len(bomb) < 100_000
    found = refused(read, bomb, tmp_path=tmp_path, limits={"parquet_unpacked": 100 << 20})
    assert found.kind == "UPLOAD_TOO_COMPLEX"
