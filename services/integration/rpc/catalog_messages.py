"""A catalog as a message, pure."""

from __future__ import annotations

from infinure.integration.v1 import catalog_pb2 as pb
from infinure.integration.v1 import semantic_model_pb2

from services.integration.catalog.model import Column, ColumnRole, ColumnType, Metric, Relationship, Table
from services.integration.catalogs import KnownCatalog
from services.integration.rpc.translate import timestamp

TYPES = {
    ColumnType.OTHER: pb.COLUMN_TYPE_UNSPECIFIED,
    ColumnType.BOOLEAN: pb.COLUMN_TYPE_BOOLEAN,
    ColumnType.INTEGER: pb.COLUMN_TYPE_INTEGER,
    ColumnType.NUMBER: pb.COLUMN_TYPE_NUMBER,
    ColumnType.DECIMAL: pb.COLUMN_TYPE_DECIMAL,
    ColumnType.TEXT: pb.COLUMN_TYPE_TEXT,
    ColumnType.DATE: pb.COLUMN_TYPE_DATE,
    ColumnType.TIMESTAMP: pb.COLUMN_TYPE_TIMESTAMP,
    ColumnType.TIMESTAMP_TZ: pb.COLUMN_TYPE_TIMESTAMP_TZ,
    ColumnType.TIME: pb.COLUMN_TYPE_TIME,
    ColumnType.UUID: pb.COLUMN_TYPE_UUID,
    ColumnType.JSON: pb.COLUMN_TYPE_JSON,
}
_WEEKDAYS = semantic_model_pb2.Weekday.values()[1:]
_ROLES = {
    ColumnRole.UNKNOWN: pb.COLUMN_ROLE_UNSPECIFIED,
    ColumnRole.KEY: pb.COLUMN_ROLE_KEY,
    ColumnRole.MEASURE: pb.COLUMN_ROLE_MEASURE,
    ColumnRole.DIMENSION: pb.COLUMN_ROLE_DIMENSION,
    ColumnRole.TIME: pb.COLUMN_ROLE_TIME,
    ColumnRole.TEXT: pb.COLUMN_ROLE_TEXT,
}


def catalog(known: KnownCatalog) -> pb.Catalog:
    """The questions are everyone's alone: a catalog is the same for every role that may see the same."""
    held = known.catalog
    return pb.Catalog(
        source_id=str(known.source.id),
        source_name=known.source.name,
        dialect=held.dialect,
        version=known.version,
        semantic_model_version=held.semantic_model_version,
        policy_version=known.scope.policy_version,
        read_time=timestamp(held.read_time),
        tables=[_table(table) for table in held.tables],
        relationships=[_relationship(relationship) for relationship in held.relationships],
        metrics=[_metric(metric) for metric in held.metrics],
        suggested_questions=[question.text for question in held.questions if not question.role],
        notes=held.notes,
        glossary=[semantic_model_pb2.GlossaryWord(word=one.word, meaning=one.meaning) for one in held.glossary],
        week_start=_WEEKDAYS[held.week_starts_on],
        fiscal_year_first_month=held.fiscal_year_starts_in,
    )


def _table(table: Table) -> pb.Table:
    return pb.Table(
        schema=table.schema,
        name=table.name,
        label=table.label,
        description=table.description,
        synonyms=table.synonyms,
        is_view=table.is_view,
        row_count=table.row_count,
        row_count_exact=table.row_count_exact,
        columns=[_column(column) for column in table.columns],
        primary_key=table.primary_key,
        default_time_column=table.default_time_column,
        display_column=table.display_column,
        hidden_in_presentation=table.hidden,
        change_time=timestamp(table.change_time) if table.change_time else None,
        latest_time=table.latest_time,
    )


def _column(column: Column) -> pb.Column:
    return pb.Column(
        name=column.name,
        type=TYPES[column.type],
        native_type=column.native_type,
        nullable=column.nullable,
        label=column.label,
        description=column.description,
        synonyms=column.synonyms,
        sample_values=column.samples,
        samples_complete=column.samples_complete,
        distinct_count=column.distinct_count,
        format=column.unit_format,
        hidden_in_presentation=column.hidden,
        min_value=column.min_value,
        max_value=column.max_value,
        value_synonyms=[pb.ValueSynonyms(value=stored, synonyms=said) for stored, said in column.value_synonyms],
        role=_ROLES[column.role],
        sensitive=column.sensitive,
    )


def _relationship(link: Relationship) -> pb.Relationship:
    return pb.Relationship(
        from_schema=link.from_schema,
        from_table=link.from_table,
        from_columns=link.from_columns,
        to_schema=link.to_schema,
        to_table=link.to_table,
        to_columns=link.to_columns,
        origin=_origin(link),
        name=link.name,
        confidence=link.confidence,
    )


def _origin(link: Relationship) -> pb.RelationshipOrigin.ValueType:
    if link.from_model:
        return pb.RELATIONSHIP_ORIGIN_MODEL
    return pb.RELATIONSHIP_ORIGIN_INFERRED if link.inferred else pb.RELATIONSHIP_ORIGIN_DECLARED


def _metric(metric: Metric) -> pb.Metric:
    return pb.Metric(
        name=metric.name,
        label=metric.label,
        description=metric.description,
        synonyms=metric.synonyms,
        schema=metric.schema,
        table=metric.table,
        expression=metric.expression,
        filter=metric.filter,
        time_column=metric.time_column,
        format=metric.unit_format,
        numerator=metric.numerator,
        denominator=metric.denominator,
        higher_is_better=metric.higher_is_better,
    )
