"""JSON documents and JSON lines as tables."""

from dataclasses import replace
from typing import Any

from services.integration.files import errors, naming
from services.integration.files.choosing import Evidence
from services.integration.files.duck import Telling, told
from services.integration.files.encodings import Text, as_utf8
from services.integration.files.job import Job
from services.integration.files.json_values import Document, Element, as_text, flattened, loads, opened
from services.integration.files.model import SHOWN_BROKEN_ROWS, BrokenRow, BrokenRows, FileFormat, PreparedFile
from services.integration.files.pacing import Pace
from services.integration.files.staging import Staging
from services.integration.files.tables import TextTable

_SHOWN = 200  # characters of a broken line
_LOOSE = 10_000  # values outside arrays that are kept: what stands around tables is small


def prepare_json(job: Job) -> Telling[PreparedFile]:
    """Reads a JSON document; every array of objects, rows or values in it is a table, or else the whole is one.

    Returns the PreparedFile. Raises Refused.
    """
    text: Text = yield from as_utf8(job.path, job.out, job.reading.encoding, 0.0, 0.1)
    tables: dict[tuple[str, ...], Staging] = {}
    loose: dict[tuple[str, ...], Any] = {}
    pace, size = Pace(), max(text.path.stat().st_size, 1)
    with opened(text.path) as file:
        document = Document(file, job.limits)
        for count, element in enumerate(document.elements()):
            if element.array:
                staging = tables.get(element.path)
                if staging is None:
                    job.check_tables(len(tables) + 1)
                    staging = tables[element.path] = Staging(job.out, f"json{len(tables)}", job.limits)
                staging.add(_row(element, job))
            elif len(loose) < _LOOSE:
                loose[element.path] = element.value
            if count % 500 == 0 and pace.due():
                yield told("reading JSON", 0.1 + 0.4 * min(document.done / size, 1.0), count)
    _keep_loose(job, tables, loose)
    found = [_table(job, path, staging) for path, staging in tables.items() if staging.row_count]
    if not found:
        raise errors.empty("The JSON holds no objects")
    prepared = yield from job.write(found, Evidence(decimal_comma=-1), 0.5, 1.0)
    return PreparedFile(FileFormat.JSON, replace(job.reading, encoding=text.encoding), prepared)


def _row(element: Element, job: Job) -> dict[str, str | None]:
    value = element.value
    if isinstance(value, dict):
        return flattened(value, job.limits)
    if isinstance(value, list):
        return {
            str(at): as_text(one) if not isinstance(one, dict) else as_text([one]) for at, one in enumerate(value, 1)
        }
    return {"value": as_text(value)}


def _keep_loose(job: Job, tables: dict[tuple[str, ...], Staging], loose: dict[tuple[str, ...], Any]) -> None:
    """What stands outside arrays is a table if it is all there is: a row for each of several like objects, or one row.

    Beside a table of objects it is a remark (a page number, a count); lists of plain values then are fields of it.
    """
    if not loose or any(staging.origins != ("value",) for staging in tables.values()):
        return
    groups: dict[str, dict[str, Any]] = {}
    for path, value in loose.items():
        if len(path) > 1:
            groups.setdefault(path[0], {})[".".join(path[1:])] = value
    alike = len(groups) >= 2 and all(len(path) > 1 for path in loose) and not tables
    shared = set.intersection(*(set(group) for group in groups.values())) if alike else set()
    staging = Staging(job.out, "root", job.limits)
    if shared:
        for key, group in groups.items():
            staging.add({"key": key, **{name: as_text(value) for name, value in group.items()}})
    else:
        staging.add({".".join(path) or "value": as_text(value) for path, value in loose.items()})
    tables[()] = staging


def _table(job: Job, path: tuple[str, ...], staging: Staging) -> TextTable:
    origin = ".".join(path)
    return TextTable(
        origin, naming.identifier(path[-1] if path else job.stem, "data"), staging.relation(), staging.origins
    )


def prepare_json_lines(job: Job) -> Telling[PreparedFile]:
    """Reads a text with a JSON object in each line; lines that aren't are broken rows. Returns the PreparedFile."""
    text: Text = yield from as_utf8(job.path, job.out, job.reading.encoding, 0.0, 0.1)
    staging, pace, size = Staging(job.out, "lines", job.limits), Pace(), max(text.path.stat().st_size, 1)
    broken: list[BrokenRow] = []
    number, broken_count, done = 0, 0, 0
    with opened(text.path) as file:
        while line := file.readline(job.limits.line):
            number, done = number + 1, done + len(line)
            if len(line) >= job.limits.line:
                raise errors.too_complex(f"Line {number} is longer than {job.limits.line >> 20} MB")
            if problem := _add(staging, line, job):
                broken_count += 1
                if len(broken) < SHOWN_BROKEN_ROWS:
                    broken.append(BrokenRow(number, problem, line[:_SHOWN].rstrip("\r\n")))
            if number % 500 == 0 and pace.due():
                yield told("reading lines", 0.1 + 0.4 * min(done / size, 1.0), number)
    if broken_count and job.reading.broken_rows is BrokenRows.REFUSE:
        raise errors.rows_broken(broken_count, broken[0].line)
    if not staging.row_count:
        raise errors.empty(
            f"None of the file's {broken_count} lines is a JSON object" if broken_count else "The file holds no rows"
        )
    table = replace(_table(job, (), staging), broken_row_count=broken_count, broken_rows=tuple(broken))
    prepared = yield from job.write([table], Evidence(decimal_comma=-1), 0.5, 1.0)
    return PreparedFile(FileFormat.JSON_LINES, replace(job.reading, encoding=text.encoding), prepared)


def _add(staging: Staging, line: str, job: Job) -> str:
    """Adds a line's object; returns what is wrong with it, or ""."""
    if not line.strip():
        return ""
    try:
        value = loads(line)
    except ValueError:
        return "it isn't valid JSON"
    if not isinstance(value, dict):
        return "it isn't a JSON object"
    if "\ufffd" in line:
        return "it has bytes that aren't text in the file's encoding"
    staging.add(flattened(value, job.limits))
    return ""
