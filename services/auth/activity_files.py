"""The audit trail as a file: CSV for spreadsheets, lines of JSON for programs. Pure."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from uuid import UUID

from services.auth.model import Member
from services.auth.reading_activities import Shown

COLUMNS = (
    *("sequence", "time", "action", "person_id", "person", "resource_type", "resource_id", "resource_person"),
    *("ip_address", "user_agent", "details", "altered"),
)
# What makes a spreadsheet program compute a cell, in the forms of other scripts too.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # noqa: RUF001 - meant
ERASED = "(erased)"


def csv_header() -> str:
    return _csv([COLUMNS])


def csv_rows(shown: Sequence[Shown]) -> str:
    """One line an activity; details as JSON in one cell."""
    return _csv([[_cell(value) for value in _values(one).values()] for one in shown])


def json_lines(shown: Sequence[Shown]) -> str:
    lines = (
        {**_values(one), "sequence": one.entry.sequence, "details": dict(one.entry.metadata), "altered": one.altered}
        for one in shown
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _values(one: Shown) -> Mapping[str, str]:
    entry = one.entry
    values = (
        str(entry.sequence),
        entry.created_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        entry.action,
        _id(entry.user_id),
        _name(entry.user_id, one.person),
        entry.resource_type,
        _id(entry.resource_id),
        _name(one.resource_user_id, one.resource_person),
        entry.origin.ip_address,
        entry.origin.user_agent,
        json.dumps(dict(entry.metadata), ensure_ascii=False, sort_keys=True) if entry.metadata else "",
        "true" if one.altered else "false",
    )
    return dict(zip(COLUMNS, values, strict=True))


def _id(one: UUID | None) -> str:
    return str(one) if one is not None else ""


def _name(user_id: UUID | None, member: Member | None) -> str:
    if user_id is None:
        return ""
    return f"{member.first_name} {member.last_name}".strip() if member is not None else ERASED


def _cell(value: str) -> str:
    """An apostrophe before what would be computed, also behind spaces: some programs cut those off."""
    return f"'{value}" if value.lstrip(" \u00a0").startswith(FORMULA_STARTS) else value


def _csv(rows: Sequence[Sequence[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return written.getvalue()
