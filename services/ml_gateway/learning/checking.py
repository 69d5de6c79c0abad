"""Whether a query fits a caller's catalog: every table and column that it names is there. Pure, and never run by this.

The boundary decides what may run; this decides what may be shown and offered, so it errs towards no.
"""

from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify

from services.ml_gateway.engine.model import Catalog, DataType, Table

_TYPES = {
    DataType.INTEGER: "bigint",
    DataType.NUMBER: "double",
    DataType.TEXT: "text",
    DataType.BOOLEAN: "boolean",
    DataType.DATE: "date",
    DataType.TIMESTAMP: "timestamp",
    DataType.TIMESTAMP_TZ: "timestamptz",
}
_CLOCKS = (exp.CurrentDate, exp.CurrentTimestamp, exp.CurrentTime, exp.CurrentDatetime)
_MOST_CHARACTERS = 65536


@dataclass(frozen=True, slots=True)
class Checked:
    """tables are those read, as schema.name, sorted. reads_clock: the query counts from the moment it runs."""

    tables: tuple[str, ...]
    reads_clock: bool


class NotAQuery(Exception):
    """The text isn't one SELECT in the dialect."""


class DoesNotFit(Exception):
    """A table or column isn't in the catalog."""


def check(sql: str, catalog: Catalog) -> Checked:
    """Raises NotAQuery, DoesNotFit."""
    tree = _parsed(sql, catalog.dialect)
    reads_clock = any(True for _ in tree.find_all(*_CLOCKS))
    tables = _numbered(tree, catalog)
    schema: dict[str, object] = {f"t{number}": _columns(catalog.tables[number]) for number in tables}
    try:
        qualify(tree, dialect=catalog.dialect, schema=schema, quote_identifiers=False, validate_qualify_columns=True)
    except (SqlglotError, ValueError, KeyError, RecursionError) as error:
        raise DoesNotFit from error
    return Checked(tuple(sorted(_name(catalog.tables[number]) for number in tables)), reads_clock)


def _numbered(tree: exp.Query, catalog: Catalog) -> frozenset[int]:
    """Gives every table its number in the catalog for a name, so that schemas of any depth look alike, and every name
    lower case, so that each dialect's rules of case are met by the widest of them. Returns the numbers."""
    for identifier in tree.find_all(exp.Identifier):
        identifier.set("this", identifier.name.lower())
        identifier.set("quoted", True)
    places: dict[tuple[str, str], int] = {}
    for number, table in enumerate(catalog.tables):
        places[table.schema.lower(), table.name.lower()] = number
        places.setdefault(("", table.name.lower()), number)
    made = {cte.alias for cte in tree.find_all(exp.CTE)}
    found: set[int] = set()
    for node in list(tree.find_all(exp.Table)):
        if not isinstance(node.this, exp.Identifier) or node.args.get("catalog"):
            raise DoesNotFit
        if node.name in made and not node.db:
            continue
        place = places.get((node.db, node.name))
        if place is None:
            raise DoesNotFit
        found.add(place)
        alias = node.alias_or_name
        node.set("db", None)
        node.set("this", exp.to_identifier(f"t{place}", quoted=True))
        node.set("alias", exp.TableAlias(this=exp.to_identifier(alias, quoted=True)))
    return frozenset(found)


def _columns(table: Table) -> dict[str, str]:
    return {column.name.lower(): _TYPES.get(column.data_type, "text") for column in table.columns}


def fits(sql: str, catalog: Catalog) -> bool:
    try:
        check(sql, catalog)
    except (NotAQuery, DoesNotFit):
        return False
    return True


def _parsed(sql: str, dialect: str) -> exp.Query:
    if len(sql) > _MOST_CHARACTERS:
        raise NotAQuery
    try:
        trees = [tree for tree in sqlglot.parse(sql, dialect=dialect) if tree is not None]
    except (SqlglotError, RecursionError, ValueError) as error:
        raise NotAQuery from error
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise NotAQuery
    return trees[0]


def _name(table: Table) -> str:
    return f"{table.schema}.{table.name}" if table.schema else table.name
