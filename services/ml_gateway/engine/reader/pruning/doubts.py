"""What a question leaves open that no reader can know: which of a table's dates, which of the keys between two tables,
which of several columns of one name that are equally near, whether a number is added up or averaged.

The likeliest query takes one of them, whatever it is sure of; its twins, which take the others, are as likely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, cast

from services.ml_gateway.engine.dialog.parts import base, conjuncts, is_measure
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import ColumnKey, Table, TableKey
from services.ml_gateway.engine.query.compiling import Compiled
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Bucket,
    Compare,
    During,
    Field,
    Function,
    MetricValue,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.pruning.heard import nodes_of
from services.ml_gateway.engine.reader.scoring.ranking import Ranked
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tables import is_additive
from services.ml_gateway.engine.tokens import name_words, stem
from services.ml_gateway.engine.vocabulary import DATE_VERBS, ROLE_PREPOSITIONS
from services.ml_gateway.engine.words.splitting import full_words

_MOST = 4
_DIRECTIONS = frozenset(ROLE_PREPOSITIONS)
_EITHER = (Function.SUM, Function.AVG)
# Kinds of words that say what is made of a number, or which rows are meant by it.
_MAKING = frozenset("sum average median most least longest shortest quality more less share change".split())


@dataclass(frozen=True, slots=True)
class Twin:
    """One of the queries that the words leave open. is_named: a word of the question names its date, or its key."""

    query: Query
    is_named: bool


def twins(best: Candidate, made: Compiled, index: Index) -> tuple[Twin, ...]:
    """All that the words leave open, what a word names alone; fewer than two where nothing is open."""
    found = _of_keys(best, made, index) or _of_dates(best, index) or _of_columns(best, index)
    found = found or _of_values(best, index) or _of_numbers(best, index) or _of_functions(best, index)
    named = [one for one in found if one.is_named]
    return tuple(named if len(named) == 1 else found[:_MOST])


def with_twins(order: tuple[Ranked, ...], queries: Sequence[Query]) -> tuple[Ranked, ...]:
    """The readings with the twins in the place of the first, what they have of probability divided among them."""
    best = order[0]
    share = together(order, queries) / len(queries)
    made = [replace(best, candidate=replace(best.candidate, query=one), share=share) for one in queries]
    return (*made, *(one for one in order[1:] if one.candidate.query not in queries))


def together(order: Sequence[Ranked], queries: Sequence[Query]) -> float:
    """What the first reading, and the twins that are candidates by themselves, have of probability, 0..1."""
    return order[0].share + sum(one.share for one in order[1:] if one.candidate.query in queries)


def _of_dates(best: Candidate, index: Index) -> list[Twin]:
    """Of a period or a grain: all dates that the table is told by."""
    for node in nodes_of(best.query):
        if not isinstance(node, During | Bucket) or not isinstance(node.field, Field):
            continue
        field = node.field
        others = index.tables[field.key.table].default_dates
        if field.key.name not in others or any(_names(part, field) for part in best.labelling.parts):
            continue
        said = _dates_said(best)
        names = dict.fromkeys((field.key.name, *others))
        return [
            Twin(
                _replaced(best.query, {field: replace(field, key=ColumnKey(field.key.table, name))}),
                bool(said & {stem(word) for word in name_words(name)}),
            )
            for name in names
        ]
    return []


def _names(part: Part, field: Field) -> bool:
    """Whether the words mean this date and not another of the same table as well."""
    if part.choice is None:
        return False
    target, score = part.choice.target, part.choice.score
    if (target.table, target.column) != (field.key.table, field.key.name):
        return False
    alike = [one.target for one in part.item.choices if one.score == score and one.target.table == target.table]
    return len({one.column for one in alike}) == 1


def _dates_said(best: Candidate) -> set[str]:
    """Stems of the words that date columns use for what is said to happen."""
    said = {form for token in best.sentence.tokens for form in (token.form, token.lemma)}
    return {stem(word) for verbs, dates in DATE_VERBS if said & set(verbs) for word in dates}


def _of_keys(best: Candidate, made: Compiled, index: Index) -> list[Twin]:
    """Of a table that several keys lead to: the same in each of its parts."""
    said = {token.lemma for token in best.sentence.tokens}
    return [
        Twin(_in_part(best.query, one.rows, key), bool(said & set(role_words(index.catalog.relationships[key]))))
        for one in made.ambiguities[:1]
        for key in one.relationships
    ]


def _of_columns(best: Candidate, index: Index) -> list[Twin]:
    """Of a column of other rows than those that are told of, where no word says whose: "visits in Paris", of patients
    and of doctors that both have a city."""
    rows = base(best.query) or _of_metric(best.query, index)
    if rows is None:
        return []
    said = {token.lemma for token in best.sentence.tokens}
    for field, values in _chosen_by(best.query):
        owner = field.key.table
        if field.role is not None or owner == rows.table or said & _names_of(index.catalog.by_key[owner]):
            continue
        found = [
            Field(one, role)
            for one in _alike(field, values, index)
            for role in _roles_as_near(rows.table, owner, one.table, index)
        ]
        queries = [best.query, *(_replaced(best.query, {field: one}) for one in found)]
        return [Twin(one, False) for one in queries] if found else []
    return []


def _names_of(table: Table) -> set[str]:
    return {
        word for name in (table.name, table.label, *table.synonyms) for word in (*name_words(name), *full_words(name))
    }


def _of_values(best: Candidate, index: Index) -> list[Twin]:
    """Of a value that several columns of the rows' own table have, which are of one kind by name: "orders in Rome"
    where an order has a bill city and a ship city. Where it comes from or goes to is said of one of them."""
    rows = base(best.query) or _of_metric(best.query, index)
    said = {token.lemma for token in best.sentence.tokens}
    if rows is None:
        return []
    told = {stem(form) for token in best.sentence.tokens for form in (token.form, token.lemma)}
    ends = frozenset(word for one in _DIRECTIONS & said for word in ROLE_PREPOSITIONS[one])
    for field, values in _chosen_by(best.query):
        if field.key.table != rows.table or len(values) != 1:
            continue
        value, own = str(values[0]).casefold(), name_words(field.key.name)
        if not ends.isdisjoint(own):
            continue
        found = [
            column.name
            for column in index.catalog.by_key[rows.table].columns
            if value in {one.casefold() for one in column.samples} and name_words(column.name)[-1:] == own[-1:]
        ]
        if field.key.name in found and len(found) > 1:
            shared = set(own).intersection(*(name_words(name) for name in found))
            return [
                Twin(
                    _replaced(best.query, {field: replace(field, key=ColumnKey(rows.table, name))}),
                    bool(told & {stem(word) for word in set(name_words(name)) - shared}),
                )
                for name in dict.fromkeys((field.key.name, *found))
            ]
    return []


def _of_numbers(best: Candidate, index: Index) -> list[Twin]:
    """Of a number that several tables have by one name, where nothing else is named: "total amount"."""
    numbers = _numbers(best.query)
    fields = {node for node in nodes_of(best.query) if isinstance(node, Field)}
    if len(numbers) != 1 or fields != {numbers[0].of}:
        return []
    (field,) = fields
    said = {token.lemma for token in best.sentence.tokens}
    if said & set(name_words(field.key.table.name)):
        return []
    found = list(_alike(field, (), index))
    return [Twin(_replaced(best.query, {field: Field(one)}), False) for one in (field.key, *found)] if found else []


def _of_functions(best: Candidate, index: Index) -> list[Twin]:
    """Of a number that is no amount by its name, where no word says what is made of it: "price by category"."""
    numbers = _numbers(best.query)
    if len(numbers) != 1 or not best.query.group or numbers[0].function not in _EITHER:
        return []
    number = numbers[0]
    made = {WORDS.get(token.form) for token in best.sentence.tokens}
    if made & _MAKING or not isinstance(number.of, Field) or is_additive(index.catalog.columns[number.of.key]):
        return []
    either = (number.function, *(one for one in _EITHER if one is not number.function))
    return [Twin(_replaced(best.query, {number: replace(number, function=one)}), False) for one in either]


def _numbers(query: Query) -> list[Aggregate]:
    """What is shown that is worked out; nothing where some of it is no plain number of a column's."""
    shown = [one for one in query.show if is_measure(one)]
    return [one for one in shown if isinstance(one, Aggregate) and isinstance(one.of, Field)] if len(shown) == 1 else []


def _of_metric(query: Query, index: Index) -> Rows | None:
    named = [one.name for one in query.show if isinstance(one, MetricValue)]
    return Rows(index.metrics[named[0]].table) if named else None


def _chosen_by(query: Query) -> Iterator[tuple[Field, tuple[object, ...]]]:
    """Columns that rows are chosen or grouped by, and the values that they must have."""
    for condition in conjuncts(query.where):
        if (
            isinstance(condition, Compare)
            and condition.operator is Operator.EQUAL
            and isinstance(condition.left, Field)
        ):
            right = condition.right
            if isinstance(right, tuple) and all(isinstance(one, str) for one in right):
                yield condition.left, right
    for one in query.group if any(is_measure(shown) for shown in query.show) else ():
        if isinstance(one, Field) and one in query.show:
            yield one, ()


def _alike(field: Field, values: Sequence[object], index: Index) -> Iterator[ColumnKey]:
    """Columns of other tables that are called the same and may have these values."""
    wanted = {str(value).casefold() for value in values}
    name = name_words(field.key.name)
    for table in index.catalog.tables:
        for column in table.columns if table.key != field.key.table else ():
            if name_words(column.name) != name or column.data_type is not index.catalog.columns[field.key].data_type:
                continue
            known = {one.casefold() for one in column.samples}
            if wanted <= known or not (known and column.samples_complete):
                yield ColumnKey(table.key, column.name)


def _roles_as_near(base: TableKey, one: TableKey, other: TableKey, index: Index) -> list[int | None]:
    """The keys by which the other table is at least as near as the one; None where a single way leads there. [] where
    it is farther, or where several ways lead to the one."""
    ways, others = (index.graph.nearest(base, table) for table in (one, other))
    if len(ways) != 1 or not others or others[0].cost > ways[0].cost:
        return []
    return [path.place.path[-1].relationship for path in others] if len(others) > 1 else [None]


def _in_part(query: Query, rows: Rows, relationship: int) -> Query:
    named: dict[Any, Any] = {rows: replace(rows, role=relationship)}
    for node in nodes_of(query):
        if isinstance(node, Field) and node.rows == rows:
            named[node] = replace(node, role=relationship)
    return cast(Query, _replaced(query, named))


def _replaced(node: Any, others: Mapping[Any, Any]) -> Any:
    if isinstance(node, tuple):
        return tuple(_replaced(one, others) for one in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    if isinstance(node, Field | Rows | Aggregate) and node in others:
        return others[node]
    changed = {one.name: _replaced(getattr(node, one.name), others) for one in fields(node)}
    return replace(node, **changed)
