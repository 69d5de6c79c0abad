"""Which chart suits a result, from its shape alone."""

from collections.abc import Sequence

from services.ml_gateway.engine.model import DataType
from services.ml_gateway.engine.outcome import Chart, ChartKind, OutputColumn

MAX_NUMBERS = 4


def chart_for(columns: Sequence[OutputColumn], groups: int = 0) -> Chart:
    """A line over time, bars over categories, a number alone; else a table, as for groups that several columns name.

    groups: how many things the rows are grouped by, 0 where they aren't.
    """
    numbers = tuple(column.name for column in columns if column.is_measure)
    grouped = [column for column in columns if not column.is_measure]
    if 0 < groups < len(grouped):
        return Chart(ChartKind.TABLE)
    dated = [column.name for column in grouped if column.grain or column.data_type is DataType.DATE]
    others = [column.name for column in grouped if column.name not in dated]
    if not numbers or len(numbers) > MAX_NUMBERS or len(grouped) > 2 or len(dated) > 1:
        return Chart(ChartKind.TABLE)
    if not grouped:
        return Chart(ChartKind.NUMBER, y=numbers)
    if len(grouped) == 2 and len(numbers) > 1:
        return Chart(ChartKind.TABLE)
    if dated:
        return Chart(ChartKind.LINE, x=dated[0], y=numbers, series=others[0] if others else "")
    return Chart(ChartKind.BAR, x=others[0], y=numbers, series=others[1] if len(others) > 1 else "")
