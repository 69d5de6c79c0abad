"""Inviting everybody of a file, with a report on each row."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.auth.administration import Place
from services.auth.errors import EmailTaken, ImportInvalid, TooManyMails
from services.auth.inviting import Invited, Inviting
from services.auth.mfa_ports import Person
from services.auth.model import ROLES, canonical_email

NEEDED, OPTIONAL = ("email", "first_name", "last_name", "role"), ("department", "team")
MOST_ROWS = 1000
LONGEST_NAME = 100
TAKEN = "the address has an account outside this organization"


class Outcome(StrEnum):
    """What became of a row."""

    INVITED = "invited"
    EXISTS = "exists"
    REFUSED = "refused"


@dataclass(frozen=True)
class Imported:
    """The report on a row; `line` is its last in the file, from 1."""

    line: int
    email: str
    outcome: Outcome
    problem: str = ""


@dataclass(frozen=True)
class Row:
    """A row as it stands in the file."""

    line: int
    cells: Mapping[str, str]
    problem: str = ""


@dataclass(frozen=True)
class ImportingUsers:
    """The use case."""

    inviting: Inviting
    is_email: Callable[[str], bool]

    async def run(self, person: Person, content: bytes, *, validate_only: bool) -> Sequence[Imported]:
        """In the file's order.

        Raises:
            ImportInvalid: the file is no list of people.
            NoAdministrator: the person is none any more.
        """
        rows = list(read(content))
        emails = [canonical_email(row.cells["email"]) for row in rows]
        known = set(await self.inviting.users.taken(person.organization_id, emails))
        report: list[Imported] = []
        lines: dict[str, int] = {}
        for row, email in zip(rows, emails, strict=True):
            problem = row.problem or self._problem(row.cells)
            if not problem and email in lines:
                problem = f"the address stands in line {lines[email]} already"
            if problem:
                report.append(Imported(row.line, row.cells["email"], Outcome.REFUSED, problem))
                continue
            lines[email] = row.line
            if email in known:
                report.append(Imported(row.line, row.cells["email"], Outcome.EXISTS))
                continue
            problem = "" if validate_only else await self._invite(person, row.cells)
            outcome = Outcome.REFUSED if problem else Outcome.INVITED
            report.append(Imported(row.line, row.cells["email"], outcome, problem))
        return report

    def _problem(self, cells: Mapping[str, str]) -> str:
        """The first thing to mend, or ""."""
        for name in NEEDED:
            if not cells[name]:
                return f"{name} is empty"
        for name, cell in cells.items():
            if name != "email" and len(cell) > LONGEST_NAME:
                return f"{name} has more than {LONGEST_NAME} characters"
        if not self.is_email(cells["email"]):
            return "email is no e-mail address"
        if cells["role"].lower() not in ROLES:
            return f"role is none of {', '.join(ROLES)}"
        return ""

    async def _invite(self, person: Person, cells: Mapping[str, str]) -> str:
        """What stands in the way, or ""."""
        place = Place(cells["role"].lower(), cells.get("department", ""), cells.get("team", ""))
        try:
            await self.inviting.invite(person, Invited(cells["email"], cells["first_name"], cells["last_name"], place))
        except EmailTaken:
            return TAKEN
        except TooManyMails:
            return "too many invitations just now; import the file again later, and only those missing are invited"
        return ""


def read(content: bytes) -> Iterator[Row]:
    """The rows that aren't blank.

    Raises:
        ImportInvalid: saying what the file needs.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportInvalid("the file is not UTF-8; save it as CSV UTF-8") from None
    if "\0" in text:
        raise ImportInvalid("the file is no text; save the table as CSV UTF-8")
    first = text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        yield from _rows(reader)
    except csv.Error as error:
        raise ImportInvalid(f"line {reader.line_num} can't be read as CSV: {error}") from None


def _rows(reader: Any) -> Iterator[Row]:
    header = next((_header(cells) for cells in reader if any(map(str.strip, cells))), [])
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise ImportInvalid(f"the first line must name the columns; missing are {', '.join(missing)}")
    if len(set(header)) < len(header):
        raise ImportInvalid("a column is named twice")
    unknown = [name for name in header if name not in (*NEEDED, *OPTIONAL)]
    if unknown:
        raise ImportInvalid(f"known columns are {', '.join((*NEEDED, *OPTIONAL))}; the file has others")
    count = 0
    for cells in reader:
        if not any(map(str.strip, cells)):
            continue
        count += 1
        if count > MOST_ROWS:
            raise ImportInvalid(f"more than {MOST_ROWS} rows; split the file")
        named = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        wrong = "" if len(cells) == len(header) else f"{len(cells)} cells where the header has {len(header)}"
        yield Row(reader.line_num, {**dict.fromkeys(NEEDED, ""), **named}, wrong)
    if count == 0:
        raise ImportInvalid("the file has a header and nobody below it")


def _header(cells: Sequence[str]) -> list[str]:
    return [cell.strip().lower().replace(" ", "_") for cell in cells]
