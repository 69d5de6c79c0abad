"""One measured figure, the aim it is held against, and the forms it is shown in."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Aim:
    """What a ratio or a value should be: at least or at most `limit`."""

    limit: float
    at_least: bool = False

    def met_by(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}"


@dataclass(frozen=True)
class Figure:
    """A median with what surrounds it. `held` is what the aim is compared with: the ratio if there is one."""

    subject: str
    name: str
    unit: str
    median: float
    p95: float | None = None
    ratio: float | None = None
    baseline: str = ""
    aim: Aim | None = None
    aim_on: str = "ratio"
    """Which of median, p95 and ratio the aim speaks of."""
    note: str = ""

    @property
    def met(self) -> bool | None:
        value: float | None = getattr(self, self.aim_on)
        return None if self.aim is None or value is None else self.aim.met_by(value)


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The smallest value that at least 95 % of all don't exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def show(figures: Sequence[Figure]) -> None:
    table = Table("subject", "figure", box=None, pad_edge=False)
    for heading in ("median", "p95", "ratio", "aim"):
        table.add_column(heading, justify="right")
    table.add_column("note", style="dim")
    subject = ""
    for figure in figures:
        table.add_row(
            figure.subject if figure.subject != subject else "",
            figure.name,
            f"{_short(figure.median)} {figure.unit}",
            "" if figure.p95 is None else f"{_short(figure.p95)} {figure.unit}",
            "" if figure.ratio is None else f"{figure.ratio:.2f} x",
            _aim(figure),
            figure.note,
        )
        subject = figure.subject
    # Without a terminal the lines would be cut at 80 columns.
    Console(width=None if Console().is_terminal else 150).print(table)


def write(figures: Sequence[Figure], surroundings: dict[str, object], file: Path) -> None:
    content = {**surroundings, "figures": [{**asdict(figure), "met": figure.met} for figure in figures]}
    file.write_text(json.dumps(content, indent=1) + "\n")


def _aim(figure: Figure) -> str:
    if figure.aim is None:
        return ""
    on = "" if figure.aim_on == "ratio" else f"{figure.aim_on} "
    return f"{on}{figure.aim} {'✓' if figure.met else '✗'}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value < 10 else f"{value:.1f}"
