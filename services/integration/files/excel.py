"""Workbooks: every sheet with data is a table."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from services.integration.files import errors, naming, totals
from services.integration.files.choosing import Evidence
from services.integration.files.dialect import Dialect, layout, origins
from services.integration.files.duck import Telling, told
from services.integration.files.job import Job
from services.integration.files.model import SHOWN_BROKEN_ROWS, BrokenRow, FileFormat, PreparedFile
from services.integration.files.pacing import Pace
from services.integration.files.repairing import SHOWN
from services.integration.files.staging import Staging
from services.integration.files.tables import TextTable
from services.integration.files.workbook_guard import check_workbook
from services.integration.workers.errors import Refused

_LOOKED_AT = 500  # rows by which a sheet's layout is found
_REMARKS = 50  # rows below a table at most
_FAULTS = frozenset(
    {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)


def prepare_excel(job: Job) -> Telling[PreparedFile]:
    """Reads a workbook; returns the PreparedFile. Raises Refused."""
    with job.path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    if zipped:
        yield from check_workbook(job.path, job.limits, 0.0, 0.15)
    try:
        workbook = CalamineWorkbook.from_path(str(job.path))
    except PasswordError:
        raise _protected() from None
    except (CalamineError, OSError, ValueError) as failure:
        if "password" in str(failure).lower() or _encrypted(job):
            raise _protected() from None
        raise errors.unreadable(
            "The file can't be read as a workbook",
            "Open it in a spreadsheet program, save it as .xlsx or CSV and upload that.",
        ) from None
    with workbook:
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        job.check_tables(len(names))
        tables = []
        for at, name in enumerate(names):
            yield told(f"reading sheet {at + 1} of {len(names)}", 0.15 + 0.45 * at / len(names))
            try:
                sheet = workbook.get_sheet_by_name(name)
            except (CalamineError, ValueError):
                raise errors.unreadable(
                    f"Sheet {at + 1} of the workbook is damaged", "Open it in a spreadsheet program and save it again."
                ) from None
            table = yield from _read(job, sheet, at, 0.15 + 0.45 * at / len(names))
            if table is not None:
                tables.append(table)
    if not tables:
        raise errors.empty("No sheet of the workbook has rows")
    prepared = yield from job.write(tables, Evidence(decimal_comma=-1), 0.6, 1.0)
    return PreparedFile(FileFormat.EXCEL, job.reading, prepared)


def _protected() -> Refused:
    return errors.unreadable(
        "The workbook is protected by a password", "Save it without a password and upload it again."
    )


def _encrypted(job: Job) -> bool:
    with job.path.open("rb") as file:
        return "EncryptedPackage".encode("utf-16-le") in file.read(4 << 20)


def _read(job: Job, sheet: CalamineSheet, at: int, fraction: float) -> Telling[TextTable | None]:
    """The sheet as a TextTable; None if it is empty."""
    if sheet.height * sheet.width > job.limits.cells:
        raise errors.too_complex(f"Sheet {at + 1} has more than {job.limits.cells} cells")
    rows = ([_text(cell) for cell in row] for row in sheet.iter_rows())
    head = [row for _, row in zip(range(_LOOKED_AT), rows, strict=False)]
    dialect = _layout(head, job.reading.has_header)
    if dialect is None:
        return None
    job.check_columns(dialect.width)
    staging, pace, names = Staging(job.out, f"sheet{at}", job.limits), Pace(), dialect.origins
    staging.declare(names)
    last: list[str] = []
    remarks: list[str] = []
    for last in _data(head, rows, dialect, remarks):
        staging.add(dict(zip(names, last, strict=False)))
        if staging.row_count % 500 == 0 and pace.due():
            yield told(f"reading sheet {at + 1}", fraction, staging.row_count)
    if not staging.row_count:
        return None
    total = BrokenRow(0, totals.PROBLEM, " | ".join(filter(None, last))[:SHOWN]) if totals.labelled(last) else None
    name = naming.identifier(sheet.name, f"sheet_{at + 1}")
    below = tuple(BrokenRow(0, "a remark below the table, left out", remark[:SHOWN]) for remark in remarks)
    return TextTable(sheet.name, name, staging.relation(), names, len(below), below[:SHOWN_BROKEN_ROWS], total)


def _data(
    head: Sequence[list[str]], rest: Iterator[list[str]], dialect: Dialect, remarks: list[str]
) -> Iterator[list[str]]:
    """The rows of data. What stands below them, behind a blank row and in one cell each, goes to remarks."""
    pending: list[list[str]] = []
    blank = False
    for row in chain(head[dialect.first_row :], rest):
        filled = sum(1 for cell in row if cell)
        if filled == 1 and dialect.width > 2 and (pending or blank) and len(pending) < _REMARKS:
            pending.append(row)
        elif filled:
            yield from pending
            pending = []
            yield row
        blank = not filled
    remarks.extend(cell for row in pending for cell in row if cell)


def _layout(rows: Sequence[Sequence[str]], has_header: bool | None) -> Dialect | None:
    """Where the table begins: its first row has about as many cells as those below it, which titles have not."""
    filled = sorted(sum(1 for cell in row if cell) for row in rows if any(row))
    if not filled:
        return None
    usual = filled[len(filled) // 2]
    start = next(at for at, row in enumerate(rows) if sum(1 for cell in row if cell) * 2 > usual)
    found = layout(rows[start:], "", has_header)
    if found is None:
        return None
    width = max(len(row) for row in rows)
    return Dialect("", width, found.header, found.first_row + start, origins=origins(found.header, width))


def _text(cell: Any) -> str:
    """A cell as the text that types are inferred from."""
    if isinstance(cell, str):
        cell = cell.strip().replace("\0", "")
        return "" if cell in _FAULTS else cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # Spreadsheets keep 15 digits; what is beyond them is noise.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        midnight = not (cell.hour or cell.minute or cell.second or cell.microsecond)
        return cell.date().isoformat() if midnight else cell.isoformat(" ")
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)
