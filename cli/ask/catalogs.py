"""A catalog as it was read → as the engine plans over it. Pure; what comes over the mesh is read the same way."""

from services.integration.catalog.model import Catalog as ReadCatalog
from services.integration.catalog.model import Column as ReadColumn
from services.integration.catalog.model import ColumnType, Metric
from services.ml_gateway.engine.described import catalog_of, number_format
from services.ml_gateway.engine.model import Catalog, Column, DataType, Role

_TYPES = {
    ColumnType.BOOLEAN: DataType.BOOLEAN,
    ColumnType.INTEGER: DataType.INTEGER,
    ColumnType.NUMBER: DataType.NUMBER,
    ColumnType.DECIMAL: DataType.NUMBER,
    ColumnType.TEXT: DataType.TEXT,
    ColumnType.DATE: DataType.DATE,
    ColumnType.TIMESTAMP: DataType.TIMESTAMP,
    ColumnType.TIMESTAMP_TZ: DataType.TIMESTAMP_TZ,
}


def engine_catalog(read: ReadCatalog) -> Catalog:
    """Everything that was read: whoever asks on their own machine sees all of what they name."""
    return catalog_of(
        read.tables,
        read.relationships,
        read.metrics,
        column=_column,
        inferred=lambda link: link.inferred,
        metric_format=_unit_format,
        dialect=read.dialect,
        version=read.version,
        higher_is_better=_higher_is_better,
        glossary=((one.word, one.meaning) for one in read.glossary),
        week_starts_on=read.week_starts_on,
        fiscal_year_starts_in=read.fiscal_year_starts_in,
    )


def _unit_format(metric: Metric) -> str:
    return metric.unit_format


def _higher_is_better(metric: Metric) -> bool | None:
    return metric.higher_is_better


def _column(column: ReadColumn) -> Column:
    form, unit = number_format(column.unit_format)
    return Column(
        name=column.name,
        data_type=_TYPES.get(column.type, DataType.OTHER),
        nullable=column.nullable,
        label=column.label,
        description=column.description,
        synonyms=column.synonyms,
        samples=column.samples,
        samples_complete=column.samples_complete,
        distinct_count=column.distinct_count,
        format=form,
        unit=unit,
        value_synonyms=tuple((said, stored) for stored, synonyms in column.value_synonyms for said in synonyms),
        hidden=column.hidden,
        role=Role(column.role.value),
    )
