"""Which chart suits a result, from its shape alone."""

from collections.abc import Sequence

from services.ml_gateway.engine.model import DataType
from services.ml_gateway.engine.outcome import Chart, ChartKind, OutputColumn
from services.ml_gateway.engine.reading import Dimension

MAX_NUMBERS = 4


def chart_for(columns: Sequence[OutputColumn], dimensions: Sequence[Dimension] = ()) -> Chart:
    """A line over time, bars over categories, a number alone; else a table, as for groups named by two columns."""
    if any(len(dimension.columns) > 1 for dimension in dimensions):
        return Chart(ChartKind.TABLE)
    numbers = tuple(column.name for column in columns if column.is_measure)
    groups = [column for column in columns if not column.is_measure]
    dated = [column.name for column in groups if column.grain or column.data_type is DataType.DATE]
    others = [column.name for column in groups if column.name not in dated]
    if not numbers or len(numbers) > MAX_NUMBERS or len(groups) > 2 or len(dated) > 1:
        return Chart(ChartKind.TABLE)
    if not groups:
        return Chart(ChartKind.NUMBER, y=numbers)
    if len(groups) == 2 and len(numbers) > 1:
        return Chart(ChartKind.TABLE)
    if dated:
        return Chart(ChartKind.LINE, x=dated[0], y=numbers, series=others[0] if others else "")
    return Chart(ChartKind.BAR, x=others[0], y=numbers, series=others[1] if len(others) > 1 else "")
