"""What the rows of a table are called by the key that tells them apart: the orders of "order_id", the tickets of "No".

A file is called "export 2025" and its rows have numbers of orders: who asks how many orders there are means its rows.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from services.ml_gateway.engine.model import Catalog, Column, DataType, Table
from services.ml_gateway.engine.tokens import name_words

_ENDINGS = frozenset("id key no nr num number uuid guid ref reference".split())
_NO_NAMES = frozenset("row record entry item line index serial unique external internal global source".split())
_TYPES = (DataType.INTEGER, DataType.NUMBER, DataType.TEXT)
_LEAST_ROWS = 2


def with_row_names(catalog: Catalog) -> Catalog:
    """The catalog with such names as synonyms of tables, none that another table or column of it has; where a table
    declares no key, that column is the one."""
    found = {table.key: named for table in catalog.tables if (named := _key(table, catalog))}
    if not found:
        return catalog
    taken = set(_names(catalog))
    shared = Counter(name for _, name in found.values())

    def of(table: Table) -> Table:
        column, name = found.get(table.key, ("", ""))
        if not name or shared[name] > 1 or name_words(name) in taken:
            return table
        return replace(table, synonyms=(*table.synonyms, name), primary_key=table.primary_key or (column,))

    return replace(catalog, tables=tuple(map(of, catalog.tables)))


def _names(catalog: Catalog) -> Iterator[tuple[str, ...]]:
    for table in catalog.tables:
        for said in (table.name, table.label, *table.synonyms, *(column.name for column in table.columns)):
            yield name_words(said)


def _key(table: Table, catalog: Catalog) -> tuple[str, str] | None:
    """The column that is the rows' key by itself, and its name before "id"; None where there is no such name."""
    foreign = {name for key in catalog.keys_of.get(table.key, ()) for name in key.columns}
    for column in table.columns:
        if column.name in foreign or column.data_type not in _TYPES or not _tells_apart(column, table):
            continue
        words = name_words(column.name)
        if len(words) == 2 and words[-1] in _ENDINGS and words[0].isalpha() and len(words[0]) > 2:
            return None if words[0] in _NO_NAMES else (column.name, words[0])
    return None


def _tells_apart(column: Column, table: Table) -> bool:
    if table.primary_key:
        return table.primary_key == (column.name,)
    unique = any(key == (column.name,) for key in table.unique_keys)
    return unique or _LEAST_ROWS <= (table.row_count or 0) == column.distinct_count
