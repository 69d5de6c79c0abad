"""What a person sees: sentence, table, chart, how it was read; or the question back, or why not."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.ask import cells, charts
from cli.ask.model import Answered, Opened, Settings, Told
from cli.ask.plain import plain
from cli.ask.sentences import sentence
from cli.ask.tables import Room, table
from services.ml_gateway.engine import NeedsClarification, Refused

# Rows on a terminal unless --max-rows says otherwise; a pipe gets all that came.
ROWS = 20


class Out(Console):
    """Standard output. A reader that has enough ends the run as it ends any other program's."""

    def __init__(self) -> None:
        # A pipe has no width: nothing is wrapped for it.
        super().__init__(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else 10_000)

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Screen:
    """Writes outcomes to standard output."""

    def __init__(
        self,
        console: Console,
        settings: Settings,
        *,
        sql: bool = False,
        explain: bool = False,
        charts: bool | None = None,
    ) -> None:
        self._console = console
        self._settings = settings
        self._zone = ZoneInfo(settings.time_zone)
        self._sql = sql
        self._explain = explain
        self._charts = charts

    def show(self, told: Told, opened: Opened) -> None:
        """The outcome, and what options ask for besides."""
        match told.outcome:
            case Answered() as answered:
                self._answered(answered)
                if self._sql:
                    self.sql(answered, opened)
                if self._explain:
                    self.explain(told, opened)
            case NeedsClarification() as asked:
                self._line(asked.message, "bold")
                for number, option in enumerate(asked.options, start=1):
                    self._line(f"  {number}  {option.label}")
            case Refused() as refused:
                self._line(refused.message)
                self.suggest(told.suggestions)

    def print(self, text: str) -> None:
        """A text of several lines."""
        self._line(text)

    def suggest(self, questions: Sequence[str]) -> None:
        """Questions that have an answer."""
        if questions:
            self._line("You could ask:", "dim")
            for question in questions:
                self._line(f"  {question}")

    def sql(self, answered: Answered, opened: Opened) -> None:
        """The SQL that ran, laid out in lines."""
        import sqlglot

        laid_out = sqlglot.parse_one(answered.sql, read=opened.catalog.dialect).sql(opened.catalog.dialect, pretty=True)
        self._gap()
        self._line(cells_kept(laid_out), "cyan")

    def explain(self, told: Told, opened: Opened) -> None:
        """Which words meant what, and the receipt."""
        assert isinstance(told.outcome, Answered)
        answered, planned = told.outcome, told.outcome.planned
        meant = Table.grid(padding=(0, 2))
        for meaning in planned.interpretation.meanings:
            place = ".".join(part for part in (meaning.table, meaning.column) if part)
            meant.add_row(
                Text(f"“{plain(meaning.text)}”", "bold"), Text(plain(meaning.meaning)),
                Text(f"{meaning.kind.value}{f', {plain(place)}' if place else ''}", "dim"),
            )  # fmt: skip
        receipt = Table.grid(padding=(0, 2))
        result = answered.result
        for label, value in (
            ("Source", f"{opened.name} ({opened.catalog.dialect})"),
            ("Tables read", ", ".join(answered.tables)),
            ("Rows", f"{'more than ' if result.truncated else ''}{result.row_count:,}"),
            ("Sure", f"{planned.confidence:.0%}"),
            ("Read as of", f"{told.now.astimezone(self._zone):%Y-%m-%d %H:%M} {self._settings.time_zone}"),
            ("Took", f"{told.plan_seconds * 1000:,.0f} ms to plan, {result.seconds * 1000:,.0f} ms to query"),
            ("Catalog, plan", f"{opened.catalog.version[:12]}, {planned.fingerprint[:12]}"),
        ):
            receipt.add_row(Text(label, "dim"), Text(plain(value)))
        self._gap()
        self._console.print(meant)
        self._gap()
        self._console.print(receipt)

    def _answered(self, answered: Answered) -> None:
        self._line(sentence(answered, self._zone), "bold")
        if not answered.result.is_empty and not _is_told(answered):
            self._gap()
            self._console.print(table(answered, self._zone, self._room()))
            self._chart(answered)
            self._gap()
        read_as = (answered.planned.interpretation.summary, *answered.planned.assumptions)
        if not (_is_told(answered) and read_as == (f"{answered.result.columns[0].label}.",)):
            self._line(" ".join(read_as), "dim")
        for notice in answered.notices:
            self._line(notice, "yellow")

    def _chart(self, answered: Answered) -> None:
        chart, result = answered.planned.chart, answered.result
        if not self._room().charts or chart.kind.value != "line" or chart.series or len(chart.y) != 1:
            return
        places = {column.name: place for place, column in enumerate(result.columns)}
        x, y = places[chart.x], places[chart.y[0]]
        points = charts.run_of_time([(row[x], row[y]) for row in result.rows], result.columns[x].grain or "day")
        if len(points) < charts.LEAST_POINTS:
            return
        ends = [cells.period(day, result.columns[x].grain) for day in (points[0][0], points[-1][0])]
        drawn = charts.line(result.columns[y], (ends[0], ends[1]), [value for _, value in points], self._console.width)
        if drawn:
            self._gap()
            for line in drawn:
                self._line(line, "cyan")

    def _room(self) -> Room:
        terminal = self._console.is_terminal
        rows = self._settings.rows if self._settings.rows is not None else ROWS if terminal else 10**9
        width = self._console.width if terminal else None
        fitting = width is not None and width >= charts.LEAST_WIDTH
        return Room(width, rows, charts=fitting if self._charts is None else self._charts)

    def _line(self, text: str, style: str = "") -> None:
        self._console.print(Text(cells_kept(text), style), soft_wrap=not self._console.is_terminal)

    def _gap(self) -> None:
        self._console.print()


def cells_kept(text: str) -> str:
    """Our own line breaks stay; within lines nothing steers the terminal."""
    return "\n".join(plain(line) for line in text.split("\n"))


def _is_told(answered: Answered) -> bool:
    """Whether the sentence says all that a table would."""
    result = answered.result
    return result.row_count == 1 and all(column.is_measure for column in result.columns)
