"""What has not been done: "unpaid invoices", "who is still employed". Its date is missing."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.model import Column, ColumnKey
from services.ml_gateway.engine.query.model import Compare, Field, Query
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of, tables_named
from services.ml_gateway.engine.reader.business.cues import Cue
from services.ml_gateway.engine.reader.business.numbers import atoms
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import name_words, stem
from services.ml_gateway.engine.words.dates import CLOSING_DATES, DATE_VERBS


def not_done(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """The one date of the query's rows that is called as what was not done, which may be missing; else none."""
    words = (
        CLOSING_DATES
        if cue.said == "still"
        else {cue.said, *(date for verbs, dates in DATE_VERBS if cue.said in verbs for date in dates)}
    )
    done = {stem(word) for word in words}
    found = [
        Field(ColumnKey(table, column.name))
        for table in sorted(tables_named(query.show) | tables_named(query.subject))
        for column in frame.index.catalog.by_key[table].columns
        if column.data_type.temporal and column.nullable and done & _called(column)
    ]
    if len(found) != 1 or query.combined:
        return []
    return [replace(query, where=all_of([*atoms(query.where), Compare(found[0], Operator.IS_NULL)]))]


def _called(column: Column) -> set[str]:
    return {stem(word) for said in (column.name, column.label, *column.synonyms) for word in name_words(said)}
