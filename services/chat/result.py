"""A result with what is asked of it to tell it in sentences. Pure."""

from datetime import UTC
from decimal import Decimal
from zoneinfo import ZoneInfo

from infinure.ml_gateway.v1.answer_event_pb2 import Interpretation
from infinure.ml_gateway.v1.receipt_pb2 import Receipt
from infinure.ml_gateway.v1.result_pb2 import Grain, Rows

from services.chat.figures import day, formatted, number, period_end, shown

# What more columns tell apart is a table, and no ranking of things.
MOST_KEYS = 2
_NAMES_OF_A_PERSON = frozenset({"first name", "given name", "forename", "last name", "family name", "surname"})


class Result:
    """The rows with what rules ask of them: the measures, and the columns that the rows are told apart by."""

    def __init__(self, interpretation: Interpretation, rows: Rows, receipt: Receipt) -> None:
        self.interpretation = interpretation
        self.rows = rows
        self.receipt = receipt
        self.measures = [index for index, column in enumerate(rows.columns) if column.is_measure]
        self.keys = [index for index, column in enumerate(rows.columns) if not column.is_measure]

    @property
    def is_single(self) -> bool:
        return len(self.rows.rows) == 1 and not self.keys and bool(self.measures)

    @property
    def is_only(self) -> bool:
        """One figure of one thing or period, which has a name."""
        if len(self.rows.rows) != 1 or len(self.measures) != 1 or not 0 < len(self.keys) <= MOST_KEYS:
            return False
        cells = self.rows.rows[0].cells
        return all(cells[column].WhichOneof("value") is not None for column in (*self.keys, *self.measures))

    @property
    def is_named(self) -> bool:
        """One thing or period by its name, without a figure."""
        if len(self.rows.rows) != 1 or self.measures or not 0 < len(self.keys) <= MOST_KEYS:
            return False
        return all(self.rows.rows[0].cells[column].WhichOneof("value") is not None for column in self.keys)

    @property
    def is_series(self) -> bool:
        """One measure over one run of periods."""
        return (
            len(self.measures) == 1
            and len(self.keys) == 1
            and self.rows.columns[self.keys[0]].grain != Grain.GRAIN_UNSPECIFIED
            and len(self.rows.rows) > 1
        )

    @property
    def is_ranking(self) -> bool:
        """One measure over one set of groups, each called by one column or two."""
        return (
            len(self.measures) == 1
            and 0 < len(self.keys) <= MOST_KEYS
            and all(self.rows.columns[key].grain == Grain.GRAIN_UNSPECIFIED for key in self.keys)
            and len(self.rows.rows) > 1
        )

    def values(self) -> list[tuple[int, Decimal]]:
        """Row and value of the first measure; empty cells are left out, a period that isn't over yet, and what belongs
        to nothing that has a name: it is no thing among the others."""
        found = ((row, number(line.cells[self.measures[0]])) for row, line in enumerate(self.rows.rows))
        left_out = {self.unfinished(), *self.nameless()}
        return [(row, value) for row, value in found if value is not None and row not in left_out]

    def nameless(self) -> list[int]:
        """The rows of a ranking that have no key, such as the orders that came by no campaign."""
        if not self.is_ranking:
            return []
        lines = enumerate(self.rows.rows)
        return [row for row, line in lines if all(line.cells[key].WhichOneof("value") is None for key in self.keys)]

    def run(self) -> list[tuple[int, Decimal]]:
        """The values of a series from its first period to its last; nothing where the rows are in another order, as the
        three best months are: they are no run, so what lies between them isn't known."""
        values = self.values() if self.is_series else []
        days = [day(self.rows.rows[row].cells[self.keys[0]]) for row, _ in values]
        known = [one for one in days if one is not None]
        if len(known) < len(days) or known not in (sorted(known), sorted(known, reverse=True)):
            return []
        return values if known == sorted(known) else values[::-1]

    def unfinished(self) -> int | None:
        """The row of the period in which the question was asked: its figure will still change."""
        if not self.is_series or not self.receipt.HasField("reference_time"):
            return None
        key = self.keys[0]
        zone = ZoneInfo(self.receipt.time_zone or "UTC")
        today = self.receipt.reference_time.ToDatetime(tzinfo=UTC).astimezone(zone).date()
        for row, line in enumerate(self.rows.rows):
            begins = day(line.cells[key])
            if begins is not None and begins <= today < period_end(begins, self.rows.columns[key].grain):
                return row
        return None

    def text(self, row: int, column: int) -> str:
        return shown(self.rows.rows[row].cells[column], self.rows.columns[column])

    def name(self, row: int) -> str:
        """What the row is called: by its one key, or both. A person's names stand side by side."""
        labels = {self.label(key).lower() for key in self.keys}
        return (" " if labels <= _NAMES_OF_A_PERSON else ", ").join(self.text(row, key) for key in self.keys)

    def label(self, column: int) -> str:
        return self.rows.columns[column].label or self.rows.columns[column].name

    def amount(self, value: Decimal) -> str:
        return formatted(value, self.rows.columns[self.measures[0]].format)
