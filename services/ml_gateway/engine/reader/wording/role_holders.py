""" "The oldest director", "how many managers are there": of people, those alone that some row names in that part.

A key's noun names the rows that it points to. Where the query has the rows that the key stands in, they are reached
through it; where it hasn't, the noun would say nothing, and everybody would be told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import Condition, Either, Exists, Field, MetricValue, Query, Rows
from services.ml_gateway.engine.query.rows import conjuncts
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.assembly.frame import all_of
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reader.pruning.one_role import without_roles
from services.ml_gateway.engine.reader.wording.named_roles import nouns_of
from services.ml_gateway.engine.tokens import stem


def with_role_holders(query: Query, parts: Sequence[Part], sentence: Sentence, index: Index) -> Query:
    """The query, where a word is the noun of keys to its rows, of the rows that such a key names."""
    if query.combined:
        return query
    for table in _tables(query, index):
        numbers, held = _held(table, query, parts, sentence, index)
        if held:
            query = without_roles(query, {(table, number): None for number in numbers})
            query = replace(query, where=all_of([*conjuncts(query.where), *held]))
    return query


def _tables(query: Query, index: Index) -> tuple[TableKey, ...]:
    """Those of the query that keys to them call by a noun, where none of these keys' own rows are in it."""
    return tuple(one for one in dict.fromkeys(_used(query, index)) if index.catalog.keys_to.get(one))


def _used(query: Query, index: Index) -> Iterator[TableKey]:
    for node in nodes_of(query):
        match node:
            case Field(key=key):
                yield key.table
            case Rows(table=table):
                yield table
            case MetricValue(name=name):
                yield index.metrics[name].table


def _held(
    table: TableKey, query: Query, parts: Sequence[Part], sentence: Sentence, index: Index
) -> tuple[set[int], list[Condition]]:
    """The keys that a word names, and what must be there for the rows that they call so."""
    used = set(_used(query, index))
    roles = {one.role for one in nodes_of(query) if isinstance(one, Field | Rows) and _table(one) == table}
    keys = [(number, set(nouns_of(number, index))) for number, _ in index.catalog.keys_to[table]]
    named, held = set[int](), list[Condition]()
    for at, token in enumerate(sentence.tokens):
        if _calls(token.lemma, table, index) or not _says_rows(at, table, parts):
            continue
        numbers = [number for number, nouns in keys if stem(token.lemma) in nouns]
        if not numbers or any(_is_reached(number, table, used, roles, at, parts, index) for number in numbers):
            continue
        exist = tuple(Exists(Rows(index.catalog.relationships[number].table, number)) for number in numbers)
        held.append(exist[0] if len(exist) == 1 else Either(exist))
        named.update(numbers)
    return named, held


def _table(one: Field | Rows) -> TableKey:
    return one.key.table if isinstance(one, Field) else one.table


def _calls(word: str, table: TableKey, index: Index) -> bool:
    """Whether all of the table's rows are called so."""
    named = Target(TargetKind.TABLE, table)
    return any(one.target == named for one in index.phrases.get((word,), ()))


def _says_rows(at: int, table: TableKey, parts: Iterable[Part]) -> bool:
    """Whether the word is said of the table's rows, and isn't a value or the name of one of their columns."""
    for part in parts:
        if part.choice is None or not part.item.first <= at < part.item.last:
            continue
        target = part.choice.target
        if target.kind is TargetKind.COLUMN and target.table == table:
            return target.relationship is not None or part.item.last - part.item.first > 1
        return target.kind is TargetKind.TABLE and target.table == table
    return False


def _is_reached(
    number: int,
    table: TableKey,
    used: set[TableKey],
    roles: set[int | None],
    at: int,
    parts: Iterable[Part],
    index: Index,
) -> bool:
    """Whether the rows that have the key are in the query; of a key to its own table, whether others of them are."""
    key = index.catalog.relationships[number]
    if key.table != table:
        return key.table in used
    others = any(
        part.choice and part.choice.target.table == table and not part.item.first <= at < part.item.last
        and part.choice.target.kind is TargetKind.TABLE
        for part in parts
    )  # fmt: skip
    return len(roles) > 1 or others
