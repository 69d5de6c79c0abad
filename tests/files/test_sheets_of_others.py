"""Workbooks that other programs than Excel write, and those that only have a workbook's name."""

import datetime as dt
import io
import zipfile

import pytest

from services.integration.workers.errors import Refused
from tests.files.conftest import Read

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def _cell(kind: str, value: str, shown: str) -> str:
    return f'<table:table-cell office:value-type="{kind}" {value}><text:p>{shown}</text:p></table:table-cell>'


def open_document() -> bytes:
    rows = [
        [_cell("string", "", "Name"), _cell("string", "", "Tag"), _cell("string", "", "Betrag")],
        [
            _cell("string", "", "Müller"), _cell("date", 'office:date-value="2025-01-31"', "31.01.25"),
            _cell("float", 'office:value="1234"', "1.234"),
        ],
    ]  # fmt: skip
    table = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    names = " ".join(f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "table", "text", "manifest"))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {names}></manifest:manifest>")
        archive.writestr(
            "content.xml",
            f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="T">{table}'
            '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
            'table:number-columns-repeated="1024"/></table:table-row></table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return data.getvalue()


def test_open_document(read: Read) -> None:
    outcome = read(open_document(), "x.ods")
    assert outcome.rows() == [("Müller", dt.date(2025, 1, 31), 1234)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<html><body><table><tr><td>1</td></tr></table></body></html>", "web page with a table"),
        (
            '<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
            "XML format of Excel 2003",
        ),
    ],
)
def test_other_things_under_a_workbooks_name(content: str, says: str, read: Read) -> None:
    with pytest.raises(Refused) as refused:
        read(content, "report.xls")
    assert refused.value.kind == "UPLOAD_UNREADABLE"
    assert says in refused.value.text
