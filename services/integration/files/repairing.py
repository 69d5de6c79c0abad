"""A delimited text with faults, written anew without them: broken rows are counted, shown and left out, or refused."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from services.integration.files import errors
from services.integration.files.dialect import DRAWN, Dialect
from services.integration.files.duck import Telling, is_full, told
from services.integration.files.limits import ReadingLimits
from services.integration.files.model import SHOWN_BROKEN_ROWS, BrokenRow, BrokenRows
from services.integration.files.pacing import Pace

SHOWN = 200  # characters of a broken row
_LINES_OF_A_RECORD = 1_000  # a quote open for longer was never meant to be one


@dataclass(frozen=True, slots=True)
class Mended:
    """A text in plain CSV without a header; the broken rows are no more in it."""

    path: Path
    broken_count: int
    broken: tuple[BrokenRow, ...]


class _NeverClosed(Exception):
    """A quote stays open for too many lines."""


class _Lines:
    """The lines of a text, of which those of a record that failed can be read again."""

    def __init__(self, file: TextIO, limits: ReadingLimits) -> None:
        self._file, self._limit = file, limits.line
        self._again: list[str] = []
        self.record: list[str] = []
        self.number = 0  # of the last line given
        self.read = 0  # characters

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.record) >= _LINES_OF_A_RECORD:
            raise _NeverClosed
        line = self._again.pop() if self._again else self._file.readline(self._limit)
        if not line:
            raise StopIteration
        if len(line) >= self._limit:
            raise errors.too_complex(
                f"Line {self.number + 1} is longer than {self._limit >> 20} MB",
                "Check that the file is a table with a line for each row, and that its quotes are closed.",
            )
        self.number += 1
        self.read += len(line)
        self.record.append(line)
        return line

    def after_first(self) -> None:
        """Gives the lines of the record again, all but its first."""
        again = self.record[1:]
        self._again.extend(reversed(again))
        self.number -= len(again)
        self.record = []


def repair(
    path: Path, out: Path, dialect: Dialect, choice: BrokenRows, limits: ReadingLimits, start: float, end: float
) -> Telling[Mended]:
    """Writes the text anew as UTF-8 CSV with as many cells in each row as the dialect says; returns Mended.

    Raises Refused UPLOAD_ROWS_BROKEN at the end if there are broken rows and those are to be refused.
    """
    csv.field_size_limit(limits.line)
    target = out / "mended.csv"
    size, pace, count = max(path.stat().st_size, 1), Pace(), 0
    broken: list[BrokenRow] = []
    broken_count = 0
    try:
        with (
            path.open(encoding="utf-8", errors="replace", newline="") as source,
            target.open("w", encoding="utf-8", newline="") as copy,
        ):
            writer = csv.writer(copy, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
            lines = _Lines(source, limits)
            for line, row, problem, text in _rows(lines, dialect):
                count += 1
                if problem:
                    broken_count += 1
                    if len(broken) < SHOWN_BROKEN_ROWS:
                        broken.append(BrokenRow(line, problem, text[:SHOWN].rstrip("\n")))
                else:
                    writer.writerow(row)
                if count % 1000 == 0 and pace.due():
                    done = lines.read / size
                    yield told("reading rows one by one", start + (end - start) * done, count)
    except OSError as failure:
        if is_full(failure):
            raise errors.storage_full() from None
        raise
    if broken_count and choice is BrokenRows.REFUSE:
        raise errors.rows_broken(broken_count, broken[0].line)
    return Mended(target, broken_count, tuple(broken))


def _rows(lines: _Lines, dialect: Dialect) -> Iterator[tuple[int, list[str], str, str]]:
    """(line, cells, problem or "", text) of each row of data."""
    reader = csv.reader(lines, delimiter=dialect.delimiter, strict=True)
    at = 0
    while True:
        lines.record = []
        first = lines.number + 1
        try:
            row = next(reader)
            problem = ""
        except StopIteration:
            return
        except (csv.Error, _NeverClosed) as failure:
            row, problem = [], _problem(failure)
            text = lines.record[0] if lines.record else ""
            lines.after_first()
            reader = csv.reader(lines, delimiter=dialect.delimiter, strict=True)
        else:
            text = "".join(lines.record)
        at += 1
        drawn = dialect.width > 1 and len(row) == 1 and DRAWN.fullmatch(row[0])
        if at <= dialect.first_row or not (row or problem) or drawn:
            continue
        if not problem:
            row, problem = _fitted(row, dialect, text)
        yield first, row, problem, text


def _problem(failure: Exception) -> str:
    if isinstance(failure, _NeverClosed) or "unexpected end of data" in str(failure):
        return "a quote is opened and never closed"
    if "expected after" in str(failure):
        return "there is text behind a closing quote"
    return "the row can't be read"


def _fitted(row: list[str], dialect: Dialect, text: str) -> tuple[list[str], str]:
    width = dialect.width
    if "\ufffd" in text:
        return row, "it has bytes that aren't text in the file's encoding"
    if len(row) == width:
        return row, ""
    if len(row) < width and (dialect.pads or not any(cell.strip() for cell in row)):
        return [*row, *([""] * (width - len(row)))], ""
    return row, f"it has {len(row)} {'cell' if len(row) == 1 else 'cells'} where {width} were expected"
