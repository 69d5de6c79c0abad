"""SQL that was typed as a question: it runs as it stands, behind the same boundary as any query."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cli.ask.cells import column_of
from services.ml_gateway.engine import Planned
from services.ml_gateway.engine.model import DataType, TableKey
from services.ml_gateway.engine.naming import title, words
from services.ml_gateway.engine.outcome import Chart, ChartKind, Interpretation, OutputColumn
from services.ml_gateway.engine.query.model import Query

if TYPE_CHECKING:
    import pyarrow as pa

_KINDS = {
    "integer": DataType.INTEGER, "number": DataType.NUMBER, "decimal": DataType.NUMBER, "boolean": DataType.BOOLEAN,
    "date": DataType.DATE, "timestamp": DataType.TIMESTAMP, "timestamp_tz": DataType.TIMESTAMP_TZ,
}  # fmt: skip
_SUMMARY = "Your own SQL, run as it stands"


def statement(text: str) -> str:
    """The one statement, without what ends it."""
    return text.strip().rstrip(";").rstrip()


def as_planned(sql: str, tables: tuple[str, ...], schema: pa.Schema, dialect: str) -> Planned:
    """What a plan says of a query, of one that nobody planned: its result alone tells the columns."""
    columns = tuple(_column(field) for field in schema)
    return Planned(
        sql=sql,
        reading=Query(()),
        columns=columns,
        interpretation=Interpretation(_SUMMARY),
        chart=Chart(ChartKind.NUMBER if len(columns) == 1 and columns[0].is_measure else ChartKind.TABLE),
        confidence=1.0,
        tables=tuple(TableKey(*name.rpartition(".")[::2]) for name in tables),
        fingerprint=hashlib.sha256(f"{dialect}\n{sql}".encode()).hexdigest()[:32],
        title=_SUMMARY,
    )


def _column(field: pa.Field[pa.DataType]) -> OutputColumn:
    plain = OutputColumn(field.name, title(words(field.name)), DataType.OTHER)
    kind = _KINDS.get(column_of(plain, field.type).kind, DataType.TEXT)
    return OutputColumn(field.name, plain.label, kind, is_measure=kind.numeric)
