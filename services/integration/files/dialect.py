"""How a delimited text is laid out: its delimiter, header, width and first row of data, from a sample. Pure."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x1f", "\x01", "!", ":", "#")
_ODD = ":#!^~"
_VALUE = re.compile(
    r"[-+(]?[$€£¥]?\s*[\d.,'\u2019 \u00a0\u202f]*\d\s*[%€$)]?"
    r"|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|(?i:true|false|na|null|n/a)"
)
_YEAR = re.compile(r"(19|20)\d\d")
_NAMED = re.compile(r'"?sep=(.)"?[ \t;,]*\r?\n', re.IGNORECASE)
DRAWN = re.compile(r"[-=_+*|\s]{3,}")


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
    named = _NAMED.match(text)  # Excel's way to say the delimiter
    if named and not delimiter:
        delimiter = named[1]
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
    if named and rows:
        found = layout(rows[1:], chosen, has_header)
        return replace(found, first_row=found.first_row + 1) if found else None
    return layout(rows, chosen, has_header)


def _score(rows: Sequence[Sequence[str]]) -> float:
    widths = [len(row) for row in rows if _says_something(row)]
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
    filled = [(at, row) for at, row in enumerate(rows) if _says_something(row)]
    if not filled:
        return None
    width, above = _width([row for _, row in filled])
    short = sum(1 for _, row in filled[above:] if 1 < len(row) < width)
    pads = short > 0.2 * len(filled)
    if pads:
        width = max(
            length for length, times in Counter(len(row) for _, row in filled).items() if times > 0.05 * len(filled)
        )
    counts = sorted(_cells(row) for _, row in filled)
    usual = counts[len(counts) // 2]
    start = next(
        (at for at, row in filled if (len(row) >= width or (pads and len(row) > 1)) and _cells(row) * 2 > usual),
        filled[0][0],
    )
    # A header may be narrower (no name above the row numbers) or wider (a delimiter at its end) than the data.
    before = [row for at, row in filled if at < start]
    if (
        before
        and len(before[-1]) == width - 1
        and width > 2
        and _is_header(before[-1], [row for _, row in filled[len(before) :]])
    ):
        start = next(at for at, row in filled if row is before[-1])
    head, last = list(rows[start]), start
    if has_header is not False and (double := _double_header(rows, start)):
        head, last = double
    data = [row for at, row in filled if at > last]
    headed = has_header if has_header is not None else last > start or _is_header(head, data)
    header = tuple(cell.strip() for cell in head) if headed else ()
    if headed and len(head) > width and not any(cell.strip() for cell in head[width:]):
        header = header[:width]
    elif headed and len(head) > width:
        width, pads = len(header), True  # rows leave out their last cells
    return Dialect(delimiter, width, header, last + (1 if headed else 0), pads, origins(header, width))


def _says_something(row: Sequence[str]) -> bool:
    """Whether a row is neither blank nor a line drawn between others."""
    return any(cell.strip() for cell in row) and not (len(row) == 1 and DRAWN.fullmatch(row[0]))


def _cells(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _width(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The usual number of cells; a greater one if all rows from its first on have it; and the remarks above."""
    widths = [len(row) for row in rows]
    widest = max(widths)
    first = widths.index(widest)
    table = widths[first:]
    remarks = not any(_VALUE.fullmatch(row[0].strip()) for row in rows[:first])
    if remarks and len(table) >= max(3, first) and set(table) == {widest}:
        return widest, first
    return _usual(widths)[0], 0


def _double_header(rows: Sequence[Sequence[str]], start: int) -> tuple[list[str], int] | None:
    """Names made of two rows and the place of the second: groups above the names, or units below them.

    A group's name stands over its first column only, or is repeated. Columns of numbers tell that neither is data.
    """
    here, above = list(rows[start]), list(rows[start - 1]) if start else []
    names = [cell.strip() for cell in here]
    if len(above) == len(here) and _cells(above) >= 2 and len(set(names)) < len(names) and not _has_values(above):
        both = _joined(above, here)
        if len(set(both)) == len(both):
            return both, start
    if start + 2 >= len(rows) or len(rows[start + 1]) != len(here):
        return None
    below = list(rows[start + 1])
    data = [row for row in rows[start + 2 : start + 202] if len(row) == len(here)]
    numbers = [at for at in range(len(here)) if _is_of_values([row[at].strip() for row in data])]
    if not numbers or _has_values(here) or any(not below[at].strip() or _VALUE.fullmatch(below[at]) for at in numbers):
        return None
    grouped = [here[at].strip() for at in numbers]
    if len(numbers) > 1 and len({name for name in grouped if name}) < len(grouped):
        return _joined(here, below), start + 1
    units = not any(below[at].strip() for at in range(len(here)) if at not in numbers) and len(numbers) < len(here)
    return ([f"{name} {unit}".strip() for name, unit in zip(names, below, strict=True)], start + 1) if units else None


def _joined(groups: Sequence[str], names: Sequence[str]) -> list[str]:
    found, group = [], ""
    for above, name in zip(groups, names, strict=True):
        group = above.strip() or group
        found.append(f"{group} {name.strip()}".strip() if group != name.strip() else group)
    return found


def _has_values(row: Sequence[str]) -> bool:
    return any(_VALUE.fullmatch(cell.strip()) and not _YEAR.fullmatch(cell.strip()) for cell in row if cell.strip())


def _is_of_values(cells: Sequence[str]) -> bool:
    present = [cell for cell in cells if cell]
    return bool(present) and sum(1 for one in present if _VALUE.fullmatch(one)) > 0.8 * len(present)


def _is_header(head: Sequence[str], data: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: it looks unlike what stands below it."""
    cells = [cell.strip() for cell in head]
    named = [cell for cell in cells if cell]
    if not named:
        return False
    if _has_values(named):
        return False
    if not data:
        return True
    for at, cell in enumerate(cells):
        below = [row[at].strip() for row in data[:200] if at < len(row) and row[at].strip()]
        if cell and _is_of_values(below):
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
