"""Rows that are told by their names: each is one thing, so nobody is asked whether equal names are listed once."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.clarifying.sameness import is_above, joined_tables
from services.ml_gateway.engine.dialog.parts import condition_fields, conjuncts
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import Compare, Field, Query
from services.ml_gateway.engine.reader.planning import Understood
from services.ml_gateway.engine.reader.scoring.calibrating import most_sure
from services.ml_gateway.engine.reading import Operator

_MOST = 0.85  # how sure it is at most that they are asked for
_LEAST = 0.88  # how likely that must be


def with_named_rows(read: Understood, index: Index) -> Understood:
    """With what is held for listing equal ones once added to what is held for listing each: "which customers live in
    Berlin" asks for each of them.
    """
    if read.made is None or read.ways > 1 or not read.order:
        return read
    best = read.order[0]
    query = best.candidate.query
    if best.meant < _LEAST or query.distinct or not _are_named(query, index):
        return read
    once = next((one for one in read.order[1:] if one.candidate.query == replace(query, distinct=True)), None)
    if once is None:
        return read
    sure = min(read.sure * (best.share + once.share) / best.share, _MOST)
    return replace(read, sure=max(read.sure, min(sure, most_sure(best.candidate, read.asked.text, index))))


def _are_named(query: Query, index: Index) -> bool:
    """Whether it lists the rows of a table with a key by what names them, each once: what it is joined with is above.

    Not where it looks for what is missing: there more is open than how it is listed.
    """
    if query.group or query.combined or query.having or query.per or query.also or query.limit is not None:
        return False
    fields = [one for one in query.show if isinstance(one, Field)]
    owners = {one.rows for one in fields}
    if len(fields) != len(query.show) or len(owners) != 1:
        return False
    (rows,) = owners
    if not index.catalog.by_key[rows.table].primary_key:
        return False
    if {one.key.name for one in fields} != set(index.tables[rows.table].labels):
        return False
    if any(isinstance(one, Compare) and one.operator is Operator.IS_NULL for one in conjuncts(query.where)):
        return False
    given = {field for one in conjuncts(query.where) for field in condition_fields(one)}
    if given & {*fields} or any(one.key.name in index.tables[rows.table].unique for one in fields):
        return False
    return all(is_above(rows.table, table, index) for table in joined_tables(query) if table != rows.table)
