"""A query into the SQL of the catalog's dialect."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from services.ml_gateway.engine.dialects import adapted
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.outcome import OutputColumn
from services.ml_gateway.engine.problems import unsupported
from services.ml_gateway.engine.query.columns import output_columns
from services.ml_gateway.engine.query.dropping import Dropping, droppings
from services.ml_gateway.engine.query.guessed_keys import guessed_keys
from services.ml_gateway.engine.query.joining import Ambiguity
from services.ml_gateway.engine.query.metrics import contradicted
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.query.scope import Setting
from services.ml_gateway.engine.query.selecting import select


@dataclass(frozen=True, slots=True)
class Compiled:
    """tables are all that the SQL names, in its order. dropping tells which rows its joins may leave out; ambiguities,
    which tables could have been reached by another key as well. row is what one row of a list stands for: where nothing
    of that table is shown, equal rows may repeat. guessed: numbers of the relationships that it joins over and that
    nobody declared.
    """

    sql: str
    columns: tuple[OutputColumn, ...]
    tables: tuple[TableKey, ...]
    dropping: tuple[Dropping, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    row: TableKey | None = None
    guessed: tuple[int, ...] = ()


def compile_query(query: Query, schema: Schema, *, timezone: str) -> Compiled:
    """timezone is the asker's (an IANA name). Raises Unreadable where nothing connects what is asked for, where rows
    would be counted several times, or when a metric's definition can't be used.
    """
    if not query.show:
        raise unsupported("a question for nothing")
    if (nothing := contradicted(query, schema.index)) is not None:
        raise nothing
    columns = output_columns(query, schema)
    made = select(query, [column.name for column in columns], Setting(schema, timezone))
    tables = dict.fromkeys(TableKey(table.db, table.name) for table in made.query.find_all(exp.Table) if table.name)
    guessed = guessed_keys(made.query, schema.catalog)
    statement = adapted(made.query, schema.dialect)  # type: ignore[arg-type]
    ambiguities = dict.fromkeys(one for scope in made.scopes for one in scope.ambiguities)
    return Compiled(
        sql=statement.sql(dialect=schema.dialect, identify=True),
        columns=columns,
        tables=tuple(tables),
        dropping=droppings(made.scopes, schema),
        ambiguities=tuple(ambiguities),
        row=made.row,
        guessed=guessed,
    )
