"""What there is to ask: questions made from a catalog's own names, and an overview of what it holds. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import Column, ColumnKey, DataType, Role, Table
from services.ml_gateway.engine.naming import column_label, lowered, plural, table_label, words
from services.ml_gateway.engine.tokens import Token, name_words
from services.ml_gateway.engine.vocabulary import IDENTIFIERS

_TABLES, _COLUMNS, _QUESTIONS = 8, 12, 6
_MOST_GROUPS = 50


def suggestions(index: Index, tokens: Sequence[Token] = ()) -> tuple[str, ...]:
    """Up to six questions that this catalog may answer, the likeliest to be wanted first: of the tables that the words
    name, then of the largest."""
    said = {token.lemma for token in tokens}
    tables = [table for table in index.catalog.tables if table.columns]
    tables.sort(key=lambda table: (not said.intersection(name_words(table_label(table.key, index))), -_size(table)))
    metrics = (f"{words(metric.label or metric.name)} by month" for metric in index.catalog.metrics[:2])
    of_tables = zip_longest(*(list(_of_table(table, index)) for table in tables[:_TABLES]))
    found = dict.fromkeys(one for one in (*metrics, *chain.from_iterable(of_tables)) if one)
    return tuple(found)[:_QUESTIONS]


def overview(index: Index, tokens: Sequence[Token] = ()) -> str:
    """What the catalog holds in a sentence or two: its tables, or the columns of the one that the words name."""
    said = {token.lemma for token in tokens}
    tables = sorted(index.catalog.tables, key=lambda table: -_size(table))
    named = [table for table in tables if set(name_words(table_label(table.key, index))) <= said]
    if not tables:
        return "There are no data to ask about yet."
    if named or len(tables) == 1:
        table = (named or tables)[0]
        labels = [lowered(column_label(ColumnKey(table.key, one.name), index)) for one in table.columns if _shown(one)]
        return f"Of {_plural(table, index)} I know {_listed(labels, _COLUMNS)}."
    return f"Your data hold {_listed([_plural(table, index) for table in tables], _TABLES)}."


def _of_table(table: Table, index: Index) -> Iterator[str]:
    rows = _plural(table, index)
    group = next((one for one in table.columns if _divides(one, table)), None)
    number = next((one for one in table.columns if _is_amount(one)), None)
    date = table.time_column or next((one.name for one in table.columns if one.data_type.temporal), "")
    if number and group:
        yield f"average {_label(number, table, index)} by {_label(group, table, index)}"
    elif group:
        yield f"number of {rows} by {_label(group, table, index)}"
    else:
        yield f"how many {rows} are there"
    if date:
        yield f"number of {rows} by month"
    if group or date:
        yield f"how many {rows} are there"


def dividing(table: Table, index: Index) -> Iterator[tuple[str, str]]:
    """The columns by which its rows fall into a few groups, each with its label in a sentence."""
    for column in table.columns:
        if _divides(column, table):
            yield column.name, _label(column, table, index)


def amounts(table: Table, index: Index) -> Iterator[str]:
    """The labels, in a sentence, of its numbers that may be reckoned with."""
    for column in table.columns:
        if _is_amount(column):
            yield _label(column, table, index)


def _plural(table: Table, index: Index) -> str:
    return plural(table_label(table.key, index)).lower()


def _label(column: Column, table: Table, index: Index) -> str:
    return lowered(column_label(ColumnKey(table.key, column.name), index))


def _size(table: Table) -> int:
    return table.row_count or 0


def _shown(column: Column) -> bool:
    return not column.hidden


def _divides(column: Column, table: Table) -> bool:
    """Whether it has a few values, each of several rows."""
    if (column.distinct_count or 0) * 2 > (table.row_count or _MOST_GROUPS * 2) or column.name == table.label_column:
        return False
    if column.hidden or column.data_type not in (DataType.TEXT, DataType.BOOLEAN) or _is_identifier(column):
        return False
    few = column.distinct_count is not None and 1 < column.distinct_count <= _MOST_GROUPS
    return column.role in (Role.DIMENSION, Role.UNKNOWN) and (
        few or (column.samples_complete and len(column.samples) > 1)
    )


def _is_amount(column: Column) -> bool:
    if column.hidden or not column.data_type.numeric or _is_identifier(column):
        return False
    return column.role is Role.MEASURE or (column.role is Role.UNKNOWN and column.data_type is DataType.NUMBER)


def _is_identifier(column: Column) -> bool:
    return bool(IDENTIFIERS.intersection(name_words(column.name)))


def _listed(labels: Iterable[str], most: int) -> str:
    """ "a, b and c", or "a, b and 12 more"."""
    every = list(dict.fromkeys(labels))
    shown = every[:most] if len(every) > most + 1 else every
    last = f"{len(every) - len(shown):,} more" if len(shown) < len(every) else shown.pop() if len(shown) > 1 else ""
    return f"{', '.join(shown)} and {last}" if last else ", ".join(shown)
