"""A result as a table that fits: numbers to the right, what doesn't fit is cut and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cli.ask import cells
from cli.ask.charts import bars
from cli.ask.model import Answered, Column, Result
from cli.ask.plain import plain

GAP = 2
# Texts are cut to the first of these at which all columns fit; columns are left out when none does.
CUTS = (60, 40, 28, 18)
_BAR_LEAST, _BAR_MOST = 10, 40


@dataclass(frozen=True, slots=True)
class Room:
    """width: characters of the screen, None for no bound; rows: how many are shown; charts: whether to draw any."""

    width: int | None
    rows: int
    charts: bool


def table(answered: Answered, zone: ZoneInfo, room: Room) -> RenderableType:
    """The first rows, and what was left out."""
    result = answered.result
    shown = result.rows[: room.rows]
    written = [cells.texts(column, [row[place] for row in shown], zone) for place, column in enumerate(result.columns)]
    if len(shown) == 1 and not _fits(result.columns, written, room.width, CUTS[-1]):
        return _record(result.columns, written)
    kept, cut = _fitting(result.columns, written, room.width)
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, GAP, 0, 0), show_edge=False)
    for place in kept:
        column = result.columns[place]
        right = column.kind in cells.NUMBERS
        made.add_column(Text(plain(column.label)), justify="right" if right else "left", no_wrap=True,
                        overflow="ellipsis", max_width=None if right else cut)  # fmt: skip
    drawn = _bars(answered, shown, room, _width(result.columns, written, kept, cut)) if room.charts else None
    if drawn:
        made.add_column("", no_wrap=True)
    for row in range(len(shown)):
        line = [Text(written[place][row], "dim" if shown[row][place] is None else "") for place in kept]
        made.add_row(*line, *([Text(drawn[row], "cyan")] if drawn else []))
    return Group(made, *(Text(line, "dim") for line in _left_out(result, len(shown), kept)))


def _fitting(
    columns: Sequence[Column], written: Sequence[Sequence[str]], width: int | None
) -> tuple[Sequence[int], int | None]:
    """Which columns are shown, and at how many characters their texts are cut."""
    everything = range(len(columns))
    for cut in CUTS:
        if _fits(columns, written, width, cut):
            return everything, None if width is None else cut
    assert width is not None
    kept = list(everything)
    # From the right, figures last: they are what was asked for.
    for place in sorted(everything, key=lambda place: (columns[place].is_measure, -place)):
        if len(kept) == 1 or _width(columns, written, kept, CUTS[-1]) <= width:
            break
        kept.remove(place)
    return kept, CUTS[-1]


def _fits(columns: Sequence[Column], written: Sequence[Sequence[str]], width: int | None, cut: int) -> bool:
    return width is None or _width(columns, written, range(len(columns)), cut) <= width


def _width(columns: Sequence[Column], written: Sequence[Sequence[str]], kept: Sequence[int], cut: int | None) -> int:
    return sum(_column_width(columns[place], written[place], cut) + GAP for place in kept)


def _column_width(column: Column, written: Sequence[str], cut: int | None) -> int:
    natural = max((cell_len(text) for text in (plain(column.label), *written)), default=0)
    return natural if cut is None or column.kind in cells.NUMBERS else min(natural, cut)


def _bars(answered: Answered, shown: Sequence[tuple[object, ...]], room: Room, used: int) -> list[str] | None:
    """A bar beside each row, where the engine suggests bars and there is room."""
    chart = answered.planned.chart
    space = 0 if room.width is None else room.width - used - GAP
    if chart.kind.value != "bar" or chart.series or len(chart.y) != 1 or space < _BAR_LEAST or len(shown) < 2:
        return None
    place = next(place for place, column in enumerate(answered.result.columns) if column.name == chart.y[0])
    return bars([row[place] for row in shown], min(space, _BAR_MOST))


def _record(columns: Sequence[Column], written: Sequence[Sequence[str]]) -> RenderableType:
    """One wide row, a line for each column."""
    made = Table.grid(padding=(0, GAP))
    for column, texts in zip(columns, written, strict=True):
        made.add_row(Text(plain(column.label), "bold"), Text(texts[0]))
    return made


def _left_out(result: Result, shown: int, kept: Sequence[int]) -> list[str]:
    lines = []
    rest = result.row_count - shown
    if rest and result.truncated:
        lines.append(f"… more than {rest:,} more")
    elif rest:
        lines.append(f"… {rest:,} more")
    elif result.truncated:
        lines.append("… and more")
    missing = [plain(column.label) for place, column in enumerate(result.columns) if place not in set(kept)]
    if missing:
        named = ", ".join(missing[:6]) + (", …" if len(missing) > 6 else "")
        lines.append(f"{len(missing)} more column{'' if len(missing) == 1 else 's'} beyond the screen: {named}")
    return lines
