"""Catalogs as integration sends them."""

from typing import Any

from infinure.integration.v1 import catalog_pb2 as pb


def column(name: str, kind: pb.ColumnType.ValueType, **more: Any) -> pb.Column:
    return pb.Column(name=name, type=kind, **more)


def orders(**more: Any) -> pb.Table:
    """A table of orders with an amount, a status and a day."""
    return pb.Table(
        schema="public",
        name="orders",
        row_count=500,
        columns=[
            column("id", pb.COLUMN_TYPE_INTEGER),
            column("amount", pb.COLUMN_TYPE_DECIMAL, format="currency:EUR"),
            column("status", pb.COLUMN_TYPE_TEXT, sample_values=["open", "paid"], samples_complete=True),
            column("ordered_on", pb.COLUMN_TYPE_DATE),
        ],
        primary_key=["id"],
        default_time_column="ordered_on",
        **more,
    )


def employees() -> pb.Table:
    return pb.Table(
        schema="public",
        name="employees",
        row_count=20,
        columns=[column("id", pb.COLUMN_TYPE_INTEGER), column("name", pb.COLUMN_TYPE_TEXT)],
        primary_key=["id"],
    )


def revenue(**more: Any) -> pb.Metric:
    fields: dict[str, Any] = {
        "name": "revenue",
        "schema": "public",
        "table": "orders",
        "expression": "sum(amount)",
        "filter": "status = 'paid'",
        "time_column": "ordered_on",
        "format": "currency:EUR",
    }
    return pb.Metric(**fields | more)
