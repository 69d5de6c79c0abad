"""The figure beside the name: "which month had the highest revenue" is told by the month and its revenue."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from services.ml_gateway.engine.charting import chart_for
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import Outcome, Planned
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.scoring.gist import beside


def with_figure(outcome: Outcome, index: Index, timezone: str) -> Outcome:
    """The plan with the number that its first groups are ranked by as the last column; any other outcome as it is.

    The rows stay the same ones in the same order: for those who read an answer, where a plan is held against known
    rows it stays without.
    """
    if not isinstance(outcome, Planned) or not isinstance(outcome.reading, Query):
        return outcome
    query = beside(outcome.reading)
    if query is None or query.combined or query.per:
        return outcome
    try:
        made = compile_query(query, Schema(index), timezone=timezone)
    except (Unreadable, LookupError):  # a number that can be ranked by, and not shown
        return outcome
    digest = hashlib.sha256(f"{index.catalog.dialect}\n{made.sql}".encode()).hexdigest()
    return replace(
        outcome,
        sql=made.sql,
        reading=query,
        columns=made.columns,
        chart=chart_for(made.columns, len(query.group)),
        tables=made.tables,
        fingerprint=digest[:32],
    )
