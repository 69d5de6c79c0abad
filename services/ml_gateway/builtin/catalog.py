"""A catalog as integration sends it → as the engine plans over it. Pure."""

from infinure.integration.v1 import catalog_pb2 as pb

from services.ml_gateway.engine.model import (
    Catalog,
    Column,
    ColumnKey,
    DataType,
    Format,
    Metric,
    Relationship,
    Table,
    TableKey,
)

_TYPES = {
    pb.COLUMN_TYPE_BOOLEAN: DataType.BOOLEAN,
    pb.COLUMN_TYPE_INTEGER: DataType.INTEGER,
    pb.COLUMN_TYPE_NUMBER: DataType.NUMBER,
    pb.COLUMN_TYPE_DECIMAL: DataType.NUMBER,
    pb.COLUMN_TYPE_TEXT: DataType.TEXT,
    pb.COLUMN_TYPE_DATE: DataType.DATE,
    pb.COLUMN_TYPE_TIMESTAMP: DataType.TIMESTAMP,
    pb.COLUMN_TYPE_TIMESTAMP_TZ: DataType.TIMESTAMP_TZ,
}
_Metrics = dict[str, pb.Metric]


def engine_catalog(message: pb.Catalog, version: str) -> Catalog:
    """Keys and metrics that lean on a table which isn't in the catalog are left out: the caller may not see it."""
    keys = {TableKey(table.schema, table.name) for table in message.tables}
    metrics = {metric.name: metric for metric in message.metrics}
    return Catalog(
        tables=tuple(_table(table) for table in message.tables),
        relationships=tuple(
            one
            for one in (_relationship(link) for link in message.relationships)
            if one.table in keys and one.target in keys
        ),
        metrics=tuple(_metric(metric, metrics, keys) for metric in message.metrics if _tables(metric, metrics) <= keys),
        dialect=message.dialect,
        version=version,
    )


def _table(table: pb.Table) -> Table:
    return Table(
        schema=table.schema,
        name=table.name,
        columns=tuple(_column(column) for column in table.columns),
        primary_key=tuple(table.primary_key),
        label=table.label,
        description=table.description,
        synonyms=tuple(table.synonyms),
        row_count=table.row_count,
        time_column=table.default_time_column,
        label_column=table.display_column,
    )


def _column(column: pb.Column) -> Column:
    form, unit = number_format(column.format)
    return Column(
        name=column.name,
        data_type=_TYPES.get(column.type, DataType.OTHER),
        nullable=column.nullable,
        label=column.label,
        description=column.description,
        synonyms=tuple(column.synonyms),
        samples=tuple(column.sample_values),
        samples_complete=column.samples_complete,
        distinct_count=column.distinct_count if column.HasField("distinct_count") else None,
        format=form,
        unit=unit,
        value_synonyms=tuple((said, one.value) for one in column.value_synonyms for said in one.synonyms),
        hidden=column.hidden_in_presentation,
    )


def _relationship(link: pb.Relationship) -> Relationship:
    return Relationship(
        table=TableKey(link.from_schema, link.from_table),
        columns=tuple(link.from_columns),
        target=TableKey(link.to_schema, link.to_table),
        target_columns=tuple(link.to_columns),
        role=link.name,
    )


def _metric(metric: pb.Metric, metrics: _Metrics, keys: set[TableKey]) -> Metric:
    form, unit = number_format(metric.format)
    table = _home(metric, metrics)
    return Metric(
        name=metric.name,
        table=table,
        expression=metric.expression,
        label=metric.label,
        description=metric.description,
        synonyms=tuple(metric.synonyms),
        filters=(metric.filter,) if metric.filter else (),
        time_column=_time_column(metric.time_column, table, keys),
        numerator=metric.numerator,
        denominator=metric.denominator,
        format=form,
        unit=unit,
    )


def _home(metric: pb.Metric, metrics: _Metrics) -> TableKey:
    """The metric's table; a ratio stands where its numerator does."""
    if not metric.table and metric.numerator in metrics and metrics[metric.numerator].table:
        return _home(metrics[metric.numerator], metrics)
    return TableKey(metric.schema, metric.table)


def _tables(metric: pb.Metric, metrics: _Metrics) -> set[TableKey]:
    """The tables that must be there; a ratio of something unknown needs one that never is."""
    if metric.table:
        return {TableKey(metric.schema, metric.table)}
    parts = [metrics.get(metric.numerator), metrics.get(metric.denominator)]
    return {TableKey(part.schema, part.table) if part else TableKey("", "") for part in parts}


def _time_column(written: str, table: TableKey, keys: set[TableKey]) -> ColumnKey | None:
    """`column`, `table.column` or `schema.table.column`; a bare table is looked for in the metric's schema first."""
    if not written:
        return None
    owner, _, name = written.rpartition(".")
    if not owner:
        return ColumnKey(table, name)
    schema, _, bare = owner.rpartition(".")
    if schema:
        return ColumnKey(TableKey(schema, bare), name)
    near = [key for key in keys if key.name == bare]
    return ColumnKey(min(near, key=lambda key: (key.schema != table.schema, key)), name) if near else None


def number_format(written: str) -> tuple[Format, str]:
    """`currency:EUR`, `percent`, `unit:kg` or nothing, as the engine's format and unit."""
    kind, _, unit = written.partition(":")
    return {"currency": (Format.CURRENCY, unit), "percent": (Format.PERCENT, ""), "unit": (Format.NONE, unit)}.get(
        kind, (Format.NONE, "")
    )
