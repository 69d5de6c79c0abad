"""A catalog as integration sends it → as the engine plans over it. Pure."""

from infinure.integration.v1 import catalog_pb2 as pb

from services.ml_gateway.engine.described import catalog_of, number_format
from services.ml_gateway.engine.model import Catalog, Column, DataType, Role

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


_ROLES = {
    pb.COLUMN_ROLE_KEY: Role.KEY,
    pb.COLUMN_ROLE_MEASURE: Role.MEASURE,
    pb.COLUMN_ROLE_DIMENSION: Role.DIMENSION,
    pb.COLUMN_ROLE_TIME: Role.TIME,
    pb.COLUMN_ROLE_TEXT: Role.TEXT,
}


def engine_catalog(message: pb.Catalog, version: str) -> Catalog:
    """Keys and metrics that lean on a table which isn't in the catalog are left out: the caller may not see it."""
    return catalog_of(
        message.tables,
        message.relationships,
        message.metrics,
        column=_column,
        inferred=lambda link: link.origin == pb.RELATIONSHIP_ORIGIN_INFERRED,
        metric_format=lambda metric: metric.format,
        dialect=message.dialect,
        version=version,
        higher_is_better=lambda metric: metric.higher_is_better if metric.HasField("higher_is_better") else None,
        glossary=((one.word, one.meaning) for one in message.glossary),
        week_starts_on=max(message.week_start - 1, 0),
        fiscal_year_starts_in=message.fiscal_year_first_month or 1,
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
        role=_ROLES.get(column.role, Role.UNKNOWN),
    )
