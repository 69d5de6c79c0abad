"""What the number of a query may be split by: questions to ask next, where somebody wants to know what makes it up."""

from __future__ import annotations

from collections.abc import Iterator

from services.ml_gateway.engine.dialog.held import about
from services.ml_gateway.engine.dialog.parts import expression_fields, measures
from services.ml_gateway.engine.dialog.telling import told
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.naming import plural, table_label
from services.ml_gateway.engine.offering import dividing
from services.ml_gateway.engine.query.model import Bucket, Query, Rows

_MOST = 5


def splits(query: Query, index: Index) -> tuple[str, ...]:
    """ "Revenue by country", "number of orders by status", "revenue by month"; by nothing that it is split by."""
    rows = about(query, index)
    if rows is None:
        return ()
    number = next(iter(measures(query)), None)
    text = told(number, index) if number else f"number of {plural(table_label(rows.table, index)).lower()}"
    used = {field.key for one in query.group if not isinstance(one, Rows) for field in expression_fields(one)}
    found = [
        f"{text} by {label}"
        for table in _near(rows.table, index)
        for name, label in dividing(index.catalog.by_key[table], index)
        if (table, name) not in {(key.table, key.name) for key in used}
    ]
    dated = any(index.tables[table].default_dates for table in _near(rows.table, index))
    if dated and not any(isinstance(one, Bucket) for one in query.group):
        found = [*found[: _MOST - 1], f"{text} by month"]
    return tuple(dict.fromkeys(found[:_MOST]))


def _near(table: TableKey, index: Index) -> Iterator[TableKey]:
    """The table and those that its rows refer to, the nearest first."""
    found = [table]
    for one in found:
        yield one
        found += [
            link.target for link in index.catalog.keys_of.get(one, ()) if link.target not in found and len(found) < 9
        ]
