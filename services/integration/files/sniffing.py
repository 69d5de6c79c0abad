"""What a file is, by its content; its name isn't asked."""

import json
import re
import zipfile
from pathlib import Path

from services.integration.files import errors
from services.integration.files.encodings import sample_of, wide_encoding
from services.integration.files.model import FileFormat

_AGAIN = "Save it as CSV, Excel, JSON, Parquet or SQLite and upload that."
_UNPACK = "Unpack it and upload what is inside."
# What begins so is known, and not read: what it is, and what to do.
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"%PDF", "a PDF document", "Export its tables as CSV or Excel and upload those."),
    (b"\x89PNG", "a picture", _AGAIN),
    (b"\xff\xd8\xff", "a picture", _AGAIN),
    (b"GIF8", "a picture", _AGAIN),
    (b"ARROW1", "an Arrow file", "Save it as Parquet and upload that."),
    (b"Obj\x01", "an Avro file", "Save it as Parquet or JSON and upload that."),
    (b"ORC", "an ORC file", "Save it as Parquet and upload that."),
    (b"\x7fELF", "a program", _AGAIN),
    (b"MZ\x90", "a program", _AGAIN),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_JSON_START = re.compile(r"\s*(\{\s*(\"|\}|$)|\[\s*([\[{\"\]\d-]|true|false|null|$))")


def find_format(path: Path) -> FileFormat:
    """The format of a file. Raises Refused UPLOAD_EMPTY or UPLOAD_UNREADABLE, saying what the file seems to be."""
    sample = sample_of(path)
    if not sample.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise errors.empty("The file is empty")
    if sample.startswith(b"SQLite format 3\0"):
        return FileFormat.SQLITE
    if sample.startswith(b"PAR1"):
        return _parquet(path)
    if sample.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(path)
    if sample.startswith(_OLE):
        return FileFormat.EXCEL
    for mark, what, advice in _REFUSED:
        if sample.startswith(mark) and not (mark.isalnum() and _is_text(sample)):
            raise errors.unreadable(f"The file is {what}", advice)
    if not wide_encoding(sample) and not _is_text(sample):
        raise errors.unreadable("The file is not text and of no format that is known", _AGAIN)
    return _text(sample)


def _is_text(sample: bytes) -> bool:
    # Zero bytes come in texts by accident; other control characters hardly do.
    controls = sum(sample.count(bytes([one])) for one in (*range(1, 7), *range(14, 27), 28, 29))
    return controls <= len(sample) * 0.01 and sample.count(0) <= max(2, len(sample) * 0.05)


def _parquet(path: Path) -> FileFormat:
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, 4), 2)
        if file.read() == b"PAR1" and path.stat().st_size >= 12:
            return FileFormat.PARQUET
    raise errors.unreadable("The Parquet file is cut off", "Copy or export it again and upload the whole file.")


def _zip(path: Path) -> FileFormat:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:10_000])
            kind = (
                archive.read("mimetype")[:100]
                if "mimetype" in names and archive.getinfo("mimetype").file_size < 200
                else b""
            )
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError):
        raise errors.unreadable(
            "The file is a damaged workbook or archive", "Save it again and upload the whole file."
        ) from None
    if any(name.startswith("xl/workbook.") for name in names) or b"opendocument.spreadsheet" in kind:
        return FileFormat.EXCEL
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in kind:
        raise errors.unreadable("The file is a text document", "Save its tables as CSV or Excel and upload those.")
    if any(name.startswith("ppt/") for name in names):
        raise errors.unreadable("The file is a presentation", "Save its tables as CSV or Excel and upload those.")
    raise errors.unreadable("The file is a ZIP archive", _UNPACK)


def _text(sample: bytes) -> FileFormat:
    text = sample.decode(wide_encoding(sample) or "utf-8", "replace").lstrip("\ufeff").replace("\0", "")
    start = text.lstrip()[:500].lower()
    if start.startswith(("<!doctype html", "<html", "<head", "<body", "<table")):
        if "<table" in text.lower():
            raise errors.unreadable(
                "The file is a web page with a table, as many web applications export it under a workbook's name",
                "Open it in a spreadsheet program, save it as .xlsx or CSV and upload that.",
            )
        raise errors.unreadable(
            "The file is a web page",
            "If it came from a download, that may have failed; export the data as CSV or Excel.",
        )
    if start.startswith("<?xml"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in text:
            raise errors.unreadable(
                "The file is a workbook in the XML format of Excel 2003", "Open it in Excel and save it as .xlsx."
            )
        raise errors.unreadable("The file is an XML document", _AGAIN)
    if not _JSON_START.match(text):
        return FileFormat.CSV
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    objects = sum(1 for line in lines[:20] if _is_object(line))
    if text.lstrip().startswith("{") and (objects >= 2 or (objects == 1 and len(lines) > 1 and _is_object(lines[0]))):
        return FileFormat.JSON_LINES
    return FileFormat.JSON


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
