"""What the result of a query that a person wrote tells of its columns."""

import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from infinure.ml_gateway.v1 import chart_pb2
from infinure.ml_gateway.v1.result_pb2 import VALUE_TYPE_INTEGER, VALUE_TYPE_TEXT, Cell, Row

from services.ml_gateway.builtin import vouched
from services.ml_gateway.builtin.typed import Typed
from services.ml_gateway.model import QueryResult


def result(*names: str) -> QueryResult:
    types = [VALUE_TYPE_TEXT if name == "name" else VALUE_TYPE_INTEGER for name in names]
    rows = [Row(cells=[Cell(text="a") if name == "name" else Cell(integer=7) for name in names])]
    return QueryResult("SELECT 1", (), "", "", names, types, rows, 1, False, Timestamp(), 0.1)


@pytest.mark.parametrize(
    ("names", "measures", "kind"),
    [
        (("name", "visits"), ["visits"], chart_pb2.CHART_KIND_BAR),
        (("name", "customer_id"), [], chart_pb2.CHART_KIND_TABLE),
        (("id", "visits"), ["visits"], chart_pb2.CHART_KIND_BAR),
        (("paid",), ["paid"], chart_pb2.CHART_KIND_NUMBER),
    ],
)
def test_a_number_that_names_its_row_measures_nothing(
    names: tuple[str, ...], measures: list[str], kind: chart_pb2.ChartKind.ValueType
) -> None:
    told = vouched.rows(result(*names))
    assert [column.name for column in told.columns if column.is_measure] == measures
    assert vouched.chart(Typed("SELECT 1", "f", ()), result(*names)).kind == kind
