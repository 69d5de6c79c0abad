"""Rows that are listed without naming a column of them: "show all members" shows the members' rows as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.query.model import Exists, Field, Query, Rows
from services.ml_gateway.engine.reader.assembly.frame import tables_joined
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.tokens import Token

# "Which members …" and "what are the genres" ask which they are: names tell. Lists show what there is of them.
_LISTING = re.compile(
    r"^\W*(?:(?:please|ok(?:ay)?|now|can you|could you|i want to|i'd like to|i would like to)[\s,]+)*"
    r"(?:show|list|give|display|return|get|see|provide|tell|fetch|retrieve)(?: me| us)?"
    r"(?:\s+(?:all|every|the|of|our|my|a|list|any|those|these))*\s*$",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:all|every)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"\b(?:which|what|who|whose|whom|where|when|how|name|names|ids?|codes?|number|numbers|count)\b", re.IGNORECASE
)


def as_rows(query: Query, parts: Sequence[Part], said: str, before: int, index: Index) -> Query:
    """The query with every column of the rows that it lists, where the question names no column to show.

    said is the question; before: where in it the first thing that is named begins. Rows that only a number tells apart
    ("urgent repairs in May") are shown as they are, unless the question asks which they are.
    """
    cut = query.group or query.having or query.limit is not None or query.per or query.combined
    rows = _listed(parts, said, before, held=query.where is not None) or _numbered(query, said, index)
    if rows is None or cut:
        return query
    if not any(isinstance(one, Field) and one.role == rows.role for one in query.show):
        rows = Rows(rows.table)  # those of a part, where nothing else is in the query
    labels = tuple(Field(ColumnKey(rows.table, name), rows.role) for name in index.tables[rows.table].labels)
    if query.show != labels:
        return query
    table = index.catalog.by_key[rows.table]
    every = tuple(Field(ColumnKey(table.key, one.name), rows.role) for one in table.columns if not one.hidden)
    return replace(query, show=every, subject=query.subject or rows, distinct=False)


def shown_whole(query: Query, parts: Sequence[Part], tokens: Sequence[Token], index: Index) -> Query:
    """As answered: equal for two that list the same rows, one by their key, which `as_rows` makes whole, one whole."""
    words = [token.text for token in tokens]
    said, first = " ".join(words), parts[0].item.first if parts else 0
    made = as_rows(query, parts, said, len(" ".join(words[:first])), index)
    tables = {one.key.table for one in made.show if isinstance(one, Field)}
    own = not made.group and len(tables) == 1 and tables_joined(made.where) <= tables
    return replace(made, subject=None) if own else made


def _listed(parts: Sequence[Part], said: str, before: int, *, held: bool) -> Rows | None:
    """What a question that begins with "show all" names next. held: whether a condition chooses some of them, which
    asks who they are, as "find" does."""
    if held and not _ALL.search(said[:before]):
        return None
    first = next((part for part in parts if part.choice is not None), None)
    if first is None or first.choice is None or not _LISTING.match(said[:before]):
        return None
    if first.label not in (Label.SHOW, Label.CONTEXT) or first.choice.target.kind is not TargetKind.TABLE:
        return None
    return Rows(first.choice.target.table, first.choice.target.relationship)


def _numbered(query: Query, said: str, index: Index) -> Rows | None:
    """The rows without a name that a question lists which names no column."""
    if len(query.show) != 1 or not isinstance(query.show[0], Field) or _ASKING.search(said):
        return None
    facts = index.tables[query.show[0].key.table]
    return None if facts.is_named else query.show[0].rows


def lists_a_table(query: Query, parts: Sequence[Part], tokens: Sequence[Token]) -> bool:
    """Whether a question says to list a table and nothing else ("show me all orders"): its rows lack nothing
    that may be meant. A word that nothing explains ("list the unicorns of orders") may mean more."""
    if len(parts) != 1 or any(token.form.isalnum() for token in tokens[parts[0].item.last :]):
        return False
    said = " ".join(token.text for token in tokens[: parts[0].item.first])
    held = query.where is not None and not isinstance(query.where, Exists)  # those of a part ("managers") exist
    return _listed(parts, said, len(said), held=False) is not None and not held and not query.order


def why_rows(read: Query, answered: Query) -> tuple[str, ...]:
    """What is told of a query that `as_rows` made of another."""
    return ("No column is named, so the rows are shown with all of theirs.",) if read.show != answered.show else ()
