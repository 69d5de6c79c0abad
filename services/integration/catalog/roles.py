"""What columns are for, and which of a table's stand for its rows' time and name. Read from keys, types and names.

General rules of naming: nothing here knows any source.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from services.integration.catalog.model import Column, ColumnRole, ColumnType, Relationship, Table
from services.integration.catalog.values import NUMBERS, TIMES
from services.integration.catalog.words import words

_KEY_WORDS = frozenset("id key uuid guid oid pk fk uid".split())
_CODES = frozenset(
    """code no nr num number zip zipcode postcode postal phone telephone mobile fax ssn ean isbn sku vin iban version
    year month day week weekday quarter hour minute decade rank ranking position level grade latitude longitude lat lon
    lng sequence seq index order line""".split()
)
_AMOUNTS = frozenset(
    "amount total count sum average avg mean min max number quantity qty price cost revenue of".split()
)
_FLAGS = frozenset("is has was can flag active enabled deleted".split())
_BOOKKEEPING = frozenset("updated modified modification edited changed deleted synced loaded inserted ingested".split())
_CREATION = frozenset("created creation added recorded".split())
_MACHINERY = frozenset("etl hash checksum rowversion md5 sha256 batch".split())
_PERSONAL = frozenset("born birth birthdate birthday dob death expiry expiration expire expired due".split())
_NAMES = ("name", "title", "label", "full name", "fullname", "display name")
_PROSE_CHARACTERS = 60
_DIMENSION_VALUES = 1_000
_FEW_VALUES = 12


def with_roles(table: Table, relationships: Sequence[Relationship]) -> Table:
    """The table, its columns with their roles, and with the columns for its time and its name where that is clear."""
    keys = {*table.primary_key}
    for link in relationships:
        if (link.from_schema, link.from_table) == (table.schema, table.name):
            keys.update(link.from_columns)
        if (link.to_schema, link.to_table) == (table.schema, table.name):
            keys.update(link.to_columns)
    columns = tuple(replace(column, role=role_of(column, keys, table.row_count)) for column in table.columns)
    table = replace(table, columns=columns)
    return replace(
        table,
        default_time_column=table.default_time_column or default_time(table),
        display_column=table.display_column or display(table),
    )


def role_of(column: Column, keys: Set[str], rows: int) -> ColumnRole:
    """The role of a column, given the names of those that are part of keys and the table's rows."""
    named = words(column.name)
    last = named[-1] if named else ""
    if column.name in keys or column.type is ColumnType.UUID:
        return ColumnRole.KEY
    if column.type in TIMES:
        return ColumnRole.TIME
    if last in _KEY_WORDS and column.type in (*NUMBERS, ColumnType.TEXT):
        return ColumnRole.KEY
    if column.type in NUMBERS:
        return _of_number(column, named)
    if column.type is ColumnType.TEXT:
        return _of_text(column, rows)
    return ColumnRole.DIMENSION if column.type in (ColumnType.BOOLEAN, ColumnType.TIME) else ColumnRole.UNKNOWN


def _of_number(column: Column, named: tuple[str, ...]) -> ColumnRole:
    last = named[-1] if named else ""
    amount = any(word in _AMOUNTS for word in named[:-1]) or (last == "number" and len(named) == 1)
    if last in _CODES and not amount:
        return ColumnRole.DIMENSION
    if named and named[0] in _FLAGS and column.max_value in ("", "0", "1"):
        return ColumnRole.DIMENSION
    if column.type is ColumnType.INTEGER and (column.min_value, column.max_value) == ("0", "1"):
        return ColumnRole.DIMENSION
    return ColumnRole.MEASURE


def _of_text(column: Column, rows: int) -> ColumnRole:
    distinct = column.distinct_count
    if column.samples_complete and column.samples:
        return ColumnRole.DIMENSION
    if any(len(value) > _PROSE_CHARACTERS for value in column.samples):
        return ColumnRole.TEXT
    if distinct is None:
        return ColumnRole.DIMENSION if column.samples else ColumnRole.TEXT
    few = distinct <= _FEW_VALUES or (distinct <= _DIMENSION_VALUES and (not rows or distinct * 2 <= rows))
    return ColumnRole.DIMENSION if few or column.samples else ColumnRole.TEXT


def default_time(table: Table) -> str:
    """The one date that questions without a date can only mean; "" where there is none, or more than one.

    What books are kept by (updated_at), when somebody was born and when something is due date no event.
    """
    dates = [column for column in table.columns if column.type in TIMES and not _PERSONAL & set(words(column.name))]
    if len(dates) == 1:
        return dates[0].name
    for unlike in (_BOOKKEEPING | _CREATION, _BOOKKEEPING):
        events = [column for column in dates if not unlike & set(words(column.name))]
        if events:
            return events[0].name if len(events) == 1 else ""
    return ""


def likely_time(table: Table) -> str:
    """The date that most likely is the event's, where `default_time` finds more than one; "" where there is none."""
    dates = [
        column
        for column in table.columns
        if column.type in TIMES and not (_PERSONAL | _BOOKKEEPING) & set(words(column.name))
    ]
    own = set(words(table.name))
    best = max(dates, key=lambda column: _event_likeness(words(column.name), own), default=None)
    return best.name if best else ""


def _event_likeness(named: tuple[str, ...], table: set[str]) -> float:
    """A date that is called so and no more, or by its table, or by its creation, in this order."""
    if named in (("date",), ("timestamp",), ("time",), ("datetime",)):
        return 3.0
    if table & set(named):
        return 2.0
    return 1.0 if _CREATION & set(named) else 0.0


def bookkeeping(column: Column) -> bool:
    """Whether it says when or by what a row was kept, not what it is about."""
    named = set(words(column.name))
    return bool(named & _BOOKKEEPING and column.type in TIMES) or bool(named & _MACHINERY)


def display(table: Table) -> str:
    """The text column that names a row to a person; "" where no name says so."""
    texts = {words(column.name): column.name for column in table.columns if column.type is ColumnType.TEXT}
    own = words(table.name)
    if ("first", "name") in texts and ("last", "name") in texts:
        return ""  # the two together do
    for name in _NAMES:
        if found := texts.get(words(name)):
            return found
    for named, name in texts.items():
        if len(named) > 1 and named[-1] in ("name", "title") and set(named[:-1]) <= set(own):
            return name
    return ""
