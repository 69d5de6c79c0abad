"""What a question leaves open that no reader can know: which of a table's dates, which of the keys between two tables.

The likeliest query takes one of them, whatever it is sure of; its twins, which take the others, are as likely.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, cast

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.query.compiling import Compiled
from services.ml_gateway.engine.query.model import Bucket, During, Field, Query, Rows
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.features import Part
from services.ml_gateway.engine.reader.heard import nodes_of
from services.ml_gateway.engine.reader.ranking import Ranked
from services.ml_gateway.engine.tokens import name_words, stem
from services.ml_gateway.engine.vocabulary import DATE_VERBS

_MOST = 4


@dataclass(frozen=True, slots=True)
class Twin:
    """One of the queries that the words leave open. is_named: a word of the question names its date, or its key."""

    query: Query
    is_named: bool


def twins(best: Candidate, made: Compiled, index: Index) -> tuple[Twin, ...]:
    """All that the words leave open, what a word names alone; fewer than two where nothing is open."""
    found = _of_keys(best, made, index) or _of_dates(best, index)
    named = [one for one in found if one.is_named]
    return tuple(named if len(named) == 1 else found[:_MOST])


def with_twins(order: tuple[Ranked, ...], queries: Sequence[Query]) -> tuple[Ranked, ...]:
    """The readings with the twins in the place of the first, its share of probability divided among them."""
    best = order[0]
    share = best.share / len(queries)
    made = [replace(best, candidate=replace(best.candidate, query=one), share=share) for one in queries]
    return (*made, *(one for one in order[1:] if one.candidate.query not in queries))


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
    if isinstance(node, Field | Rows) and node in others:
        return others[node]
    changed = {one.name: _replaced(getattr(node, one.name), others) for one in fields(node)}
    return replace(node, **changed)
