"""What a table's columns are for: its label, its dates, its amounts. Read from types, keys and names."""

from dataclasses import dataclass

from services.ml_gateway.engine.model import Catalog, Column, DataType, Role, Table
from services.ml_gateway.engine.row_labels import row_labels
from services.ml_gateway.engine.tokens import name_words, stem
from services.ml_gateway.engine.vocabulary import (
    ADDITIVE,
    BOOKKEEPING_DATES,
    CLOSING_DATES,
    CREATION_DATES,
    DURATIONS,
    IDENTIFIERS,
    NON_ADDITIVE,
    PERSONAL_DATES,
)


@dataclass(frozen=True, slots=True)
class TableFacts:
    """labels name a row to a person; default_dates are what a bare time range may be about (several: ask)."""

    table: Table
    labels: tuple[str, ...]
    dates: tuple[str, ...]
    default_dates: tuple[str, ...]
    keys: frozenset[str]  # columns that identify rows, here or elsewhere
    unique: frozenset[str]  # columns that are unique by themselves

    @property
    def is_named(self) -> bool:
        """Whether the labels say more to a person than a number that the database gave."""
        return any(
            one.name in self.labels and (one.name not in self.keys or one.data_type is DataType.TEXT)
            for one in self.table.columns
        )


def table_facts(table: Table, catalog: Catalog) -> TableFacts:
    foreign = {name for rel in catalog.keys_of.get(table.key, ()) for name in rel.columns}
    unique = {key[0] for key in (table.primary_key, *table.unique_keys) if len(key) == 1}
    dates = tuple(column.name for column in table.columns if column.data_type.temporal)
    return TableFacts(
        table=table,
        labels=row_labels(table, foreign, referred=table.key in catalog.keys_to),
        dates=dates,
        default_dates=_default_dates(table),
        keys=frozenset({*table.primary_key, *foreign, *(c.name for c in table.columns if _is_identifier(c))}),
        unique=frozenset(unique),
    )


def _is_identifier(column: Column) -> bool:
    if column.role is not Role.UNKNOWN:
        return column.role is Role.KEY
    words = name_words(column.name)
    return bool(words) and words[-1] in IDENTIFIERS and words[-1] not in ("number", "no", "nr", "code")


def _default_dates(table: Table) -> tuple[str, ...]:
    """The declared time column; else the best class of date by name: the event's, the record's creation, any other."""
    if table.time_column:
        return (table.time_column,)
    classes: dict[int, list[str]] = {}
    own = {stem(word) for said in (table.name, *table.synonyms) for word in name_words(said)}
    said_of = {one.name: set(name_words(one.name)) for one in table.columns if one.data_type.temporal}
    shared = set.intersection(*said_of.values()) if len(said_of) > 1 else set()  # the table's own prefix
    for name, words in said_of.items():
        classes.setdefault(_date_class(words - shared or words, own), []).append(name)
    return tuple(classes[min(classes)]) if classes else ()


def _date_class(words: set[str], own: set[str]) -> int:
    if {stem(word) for word in words} & own or words <= {"date", "day", "time", "timestamp", "datetime", "at"}:
        return 0  # order_date in orders, or where rows are called so; a column just called date
    if words & BOOKKEEPING_DATES:
        return 5
    if words & PERSONAL_DATES:
        return 4
    if words & CLOSING_DATES:
        return 3  # what ends or follows the event that the row is about
    return 2 if words & CREATION_DATES else 1


def is_additive(column: Column) -> bool | None:
    """Whether adding the column up means something; None when its name does not say."""
    if column.role in (Role.KEY, Role.DIMENSION):
        return False
    words = set(name_words(column.name))
    if words & NON_ADDITIVE and not words & {"total", "amount"}:
        return False
    return True if words & ADDITIVE or column.format.value == "currency" else None


def lasts(column: Column) -> bool:
    """Whether it holds how long something took or was: a level by its name, and added up all the same."""
    return column.data_type.numeric and bool(set(name_words(column.name)) & DURATIONS)
