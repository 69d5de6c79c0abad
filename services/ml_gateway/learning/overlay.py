"""A catalog in the organization's own words: learned synonyms laid over it, before it is made ready. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from services.ml_gateway.engine.model import Catalog, Column, ColumnKey, Metric, Relationship, Table, TableKey
from services.ml_gateway.learning.model import Synonym, SynonymKind
from services.ml_gateway.learning.targets import is_there


def overlaid(catalog: Catalog, synonyms: Iterable[Synonym]) -> Catalog:
    """The catalog with the words as its own synonyms. A word for something that isn't in it is left out."""
    naming = [one for one in synonyms if one.is_naming and is_there(one.target, catalog)]
    if not naming:
        return catalog
    said: dict[tuple[object, ...], list[str]] = defaultdict(list)
    values: dict[ColumnKey, list[tuple[str, str]]] = defaultdict(list)
    for one in naming:
        target, table = one.target, TableKey(one.target.schema, one.target.table)
        match target.kind:
            case SynonymKind.VALUE:
                values[ColumnKey(table, target.column)].append((one.words, target.value))
            case SynonymKind.RELATIONSHIP:
                said[target.kind, table, target.reference_columns].append(one.words)
            case SynonymKind.METRIC:
                said[target.kind, target.metric].append(one.words)
            case SynonymKind.COLUMN:
                said[target.kind, table, target.column].append(one.words)
            case _:
                said[target.kind, table].append(one.words)

    def column(owner: TableKey, one: Column) -> Column:
        more = said.get((SynonymKind.COLUMN, owner, one.name), ())
        stored = values.get(ColumnKey(owner, one.name), ())
        if not more and not stored:
            return one
        return replace(
            one, synonyms=(*one.synonyms, *more), value_synonyms=tuple(dict.fromkeys((*one.value_synonyms, *stored)))
        )

    def with_words(one: Table) -> Table:
        columns = tuple(column(one.key, each) for each in one.columns)
        return replace(one, columns=columns, synonyms=(*one.synonyms, *said.get((SynonymKind.TABLE, one.key), ())))

    def metric(one: Metric) -> Metric:
        return replace(one, synonyms=(*one.synonyms, *said.get((SynonymKind.METRIC, one.name), ())))

    def link(one: Relationship) -> Relationship:
        more = said.get((SynonymKind.RELATIONSHIP, one.table, one.columns), ())
        return replace(one, synonyms=(*one.synonyms, *more)) if more else one

    return replace(
        catalog,
        tables=tuple(map(with_words, catalog.tables)),
        metrics=tuple(map(metric, catalog.metrics)),
        relationships=tuple(map(link, catalog.relationships)),
    )
