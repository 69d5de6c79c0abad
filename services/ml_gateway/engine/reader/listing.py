"""Rows that are listed without naming a column of them: "show all members" shows the members' rows as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.query.model import Field, Query, Rows
from services.ml_gateway.engine.reader.features import Part
from services.ml_gateway.engine.reader.labels import Label

# "Which members …" and "what are the genres" ask which they are: names tell. Lists show what there is of them.
_LISTING = re.compile(
    r"^\W*(?:(?:please|ok(?:ay)?|now|can you|could you|i want to|i'd like to|i would like to)[\s,]+)*"
    r"(?:show|list|find|give|display|return|get|see|provide|tell|fetch|retrieve)(?: me| us)?\s+"
    r"(?:all|every|the|of|our|my|a|list|any|those|these|\s)*$",
    re.IGNORECASE,
)


def as_rows(query: Query, parts: Sequence[Part], said: str, before: int, index: Index) -> Query:
    """The query with every column of the rows that it lists, where the question names no column to show.

    said is the question; before: where in it the first thing that is named begins.
    """
    named = [part for part in parts if part.choice is not None]
    if not named or not _LISTING.match(said[:before]):
        return query
    first = named[0]
    assert first.choice
    if first.label not in (Label.SHOW, Label.CONTEXT) or first.choice.target.kind is not TargetKind.TABLE:
        return query
    rows = Rows(first.choice.target.table, first.choice.target.relationship)
    labels = tuple(Field(ColumnKey(rows.table, name), rows.role) for name in index.tables[rows.table].labels)
    cut = query.group or query.having or query.limit is not None or query.per or query.combined
    if query.show != labels or cut:
        return query
    table = index.catalog.by_key[rows.table]
    every = tuple(Field(ColumnKey(table.key, one.name), rows.role) for one in table.columns if not one.hidden)
    return replace(query, show=every, subject=query.subject or rows, distinct=False)


def why_rows(read: Query, answered: Query) -> tuple[str, ...]:
    """What is told of a query that `as_rows` made of another."""
    return ("No column is named, so the rows are shown with all of theirs.",) if read.show != answered.show else ()
