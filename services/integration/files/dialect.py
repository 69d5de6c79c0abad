"""How a delimited text is laid out: its delimiter, header, width and first row of data, from a sample. Pure."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x1f", "\x01", "!", ":", "#")
_ODD = ":#!^~"
_VALUE = re.compile(
    r"[-+(]?[$€£¥]?\s*[\d.,'\u2019 \u00a0\u202f]*\d\s*[%€$)]?"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|(?i:true|false|na|null|n/a)"
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """first_row counts records before the data, the header among them; header is empty if there is none.

    pads: short rows are this file's way to leave cells at the end empty.
    """

    delimiter: str
    width: int
    header: tuple[str, ...]
    first_row: int
    pads: bool = False
    origins: tuple[str, ...] = ()


def records(text: str, delimiter: str) -> list[list[str]]:
    """The records of a sample, blank ones among them, up to the first that can't be read."""
    found: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            found.append(record)
    except csv.Error:
        pass  # what was read so far is a sample still
    return found


def find_dialect(text: str, complete: bool, delimiter: str = "", has_header: bool | None = None) -> Dialect | None:
    """The layout of the text; None if it holds nothing. complete: it is the whole file, not its beginning.

    The delimiter is the one by which most rows have the same number of cells, more than one.
    """
    candidates = [delimiter] if delimiter else list(DELIMITERS)
    best: tuple[float, list[list[str]]] | None = None
    chosen = delimiter or ","
    for one in candidates:
        rows = records(text, one)
        if not complete and len(rows) > 1:
            rows.pop()  # cut off
        score = _score(rows)
        if one in _ODD and score < 1:  # signs that also stand in times and sentences have to part every row alike
            score = 0.0
        if best is None or score > best[0]:
            best, chosen = (score, rows), one
    assert best is not None
    rows = best[1] if best[0] > 0 or delimiter else [[line] for line in text.splitlines()]
    if best[0] <= 0 and not delimiter:
        chosen, rows = ",", records(text, ",")
    return layout(rows, chosen, has_header)


def _score(rows: Sequence[Sequence[str]]) -> float:
    widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
    if not widths:
        return 0.0
    width, count = _usual(widths)
    if width < 2:
        return 0.0
    return count / len(widths) * (1 + min(width, 40) / 100)


def _usual(widths: Sequence[int]) -> tuple[int, int]:
    # of equally usual widths the greater: titles are narrow
    width, count = max(Counter(widths).items(), key=lambda item: (item[1], item[0]))
    return width, count


def layout(rows: Sequence[Sequence[str]], delimiter: str, has_header: bool | None) -> Dialect | None:
    """The layout of records; None if they hold nothing."""
    filled = [(at, row) for at, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if not filled:
        return None
    width, count = _usual([len(row) for _, row in filled])
    short = sum(1 for _, row in filled if 1 < len(row) < width)
    pads = short > 0.2 * len(filled)
    if pads:
        width = max(
            length for length, times in Counter(len(row) for _, row in filled).items() if times > 0.05 * len(filled)
        )
    start = next((at for at, row in filled if len(row) >= width or (pads and len(row) > 1)), filled[0][0])
    # A header may be narrower (no name above the row numbers) or wider (a delimiter at its end) than the data.
    before = [row for at, row in filled if at < start]
    if (
        before
        and len(before[-1]) == width - 1
        and width > 2
        and _is_header(before[-1], [row for _, row in filled[len(before) :]])
    ):
        start = next(at for at, row in filled if row is before[-1])
    head = list(rows[start])
    data = [row for at, row in filled if at > start]
    headed = has_header if has_header is not None else _is_header(head, data)
    header = tuple(cell.strip() for cell in head) if headed else ()
    if headed and len(head) > width and not any(cell.strip() for cell in head[width:]):
        header = header[:width]
    elif headed and len(head) > width:
        width, pads = len(header), True  # rows leave out their last cells
    return Dialect(delimiter, width, header, start + (1 if headed else 0), pads, origins(header, width))


def _is_header(head: Sequence[str], data: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: it looks unlike what stands below it."""
    cells = [cell.strip() for cell in head]
    named = [cell for cell in cells if cell]
    if not named:
        return False
    if any(_VALUE.fullmatch(cell) and not re.fullmatch(r"(19|20)\d\d", cell) for cell in named):
        return False
    if not data:
        return True
    for at, cell in enumerate(cells):
        below = [row[at].strip() for row in data[:200] if at < len(row) and row[at].strip()]
        if below and cell and sum(1 for one in below if _VALUE.fullmatch(one)) > 0.8 * len(below):
            return True
    # All text: names are distinct, short, and not found again below.
    if len(set(named)) < len(named) or any(len(cell) > 60 for cell in named):
        return len({*named}) > len(named) / 2 and max(map(len, named)) <= 60
    again = sum(
        1
        for at, cell in enumerate(cells)
        if cell and any(at < len(row) and row[at].strip() == cell for row in data[:500])
    )
    return again == 0


def origins(header: Sequence[str], width: int) -> tuple[str, ...]:
    """What each column is called in the file: its name, or its position where it has none or a name comes again."""
    named = [header[at] if at < len(header) and header[at] else str(at + 1) for at in range(width)]
    seen: Counter[str] = Counter()
    found = []
    for name in named:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)
