"""What a semantic model says, held to what the source has: names, keys, and the SQL of metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from services.integration.catalog.metric_checks import metric_problems
from services.integration.catalog.metric_sql import qualified_columns
from services.integration.catalog.model import Catalog, Column, ColumnType, Table
from services.integration.catalog.model import Relationship as Key
from services.integration.catalog.semantic_terms import Relationship, SemanticModel
from services.integration.catalog.strict_yaml import Problem, Problems
from services.integration.catalog.values import NUMBERS, TIMES

HOME_SCHEMA = {"postgres": "public"}
# These compare numbers with texts without a word.
_LENIENT = ("sqlite", "mysql")


def by_written_name(catalog: Catalog) -> dict[str, Table]:
    """Tables by `schema.name`, and by bare name where that is one table, or the one in the home schema."""
    found = {f"{table.schema}.{table.name}": table for table in catalog.tables}
    names = Counter(table.name for table in catalog.tables)
    home = HOME_SCHEMA.get(catalog.dialect, "")
    for table in catalog.tables:
        if names[table.name] == 1 or table.schema == home:
            found[table.name] = table
    return found


def stale(model: SemanticModel, catalog: Catalog, lines: Mapping[str, int] | None = None) -> tuple[Problem, ...]:
    """What the model says of tables, columns and keys that the source doesn't have (any more)."""
    columns = {
        written: {column.name for column in table.columns} for written, table in by_written_name(catalog).items()
    }
    return (
        *unknown_names(model, columns, catalog.dialect, lines),
        *(
            Problem(f"relationships[{index}].ignored", line_of(f"relationships[{index}].ignored", lines or {}), text)
            for index, text in _unknown_keys(model, catalog)
        ),
    )


def wrong(model: SemanticModel, catalog: Catalog, lines: Mapping[str, int] | None = None) -> tuple[Problem, ...]:
    """What the model says of things that are there, but can't be so. Of what is stale nothing is said here."""
    problems = Problems()
    for path, text in _wrongs(model, catalog):
        problems.add(path, line_of(path, lines or {}), text)
    return tuple(problems.found)


def _wrongs(model: SemanticModel, catalog: Catalog) -> Iterator[tuple[str, str]]:
    yield from _twice(model, catalog)
    yield from _dates(model, catalog)
    yield from _ends(model, catalog)
    yield from _metrics(model, catalog)


def _twice(model: SemanticModel, catalog: Catalog) -> Iterator[tuple[str, str]]:
    tables, first = by_written_name(catalog), dict[tuple[str, str], str]()
    for meaning in model.tables:
        if table := tables.get(meaning.name):
            other = first.setdefault((table.schema, table.name), meaning.name)
            if other != meaning.name:
                yield f"tables.{meaning.name}", f'is the same table as "{other}"'


def model_keys(model: SemanticModel, tables: Mapping[str, Table]) -> tuple[Key, ...]:
    """The keys that the model adds, or names, between tables that are there."""
    found = []
    for link in model.relationships:
        start, end = tables.get(link.from_table), tables.get(link.to_table)
        if not link.off and _column(link.from_column, start) and _column(link.to_column, end) and start and end:
            ends = start.schema, start.name, (link.from_column,), end.schema, end.name, (link.to_column,)
            found.append(Key(*ends, from_model=True, name=link.name))
    return tuple(found)


def _unknown_keys(model: SemanticModel, catalog: Catalog) -> Iterator[tuple[int, str]]:
    tables = by_written_name(catalog)
    known = {
        (link.from_schema, link.from_table, link.from_columns, link.to_schema, link.to_table, link.to_columns)
        for link in catalog.relationships
    }
    for index, link in enumerate(model.relationships):
        start, end = tables.get(link.from_table), tables.get(link.to_table)
        if not link.off or start is None or end is None:
            continue
        key = (start.schema, start.name, (link.from_column,), end.schema, end.name, (link.to_column,))
        if key not in known:
            yield index, f"the source has no key {_written(link)} to switch off"


def _dates(model: SemanticModel, catalog: Catalog) -> Iterator[tuple[str, str]]:
    tables = by_written_name(catalog)
    for table in model.tables:
        yield from _not_a_date(f"tables.{table.name}.date", table.date, tables.get(table.name))
    for metric in model.metrics:
        owner, _, name = metric.time.rpartition(".")
        yield from _not_a_date(f"metrics.{metric.name}.time", name, tables.get(owner or metric.table))


def _not_a_date(path: str, name: str, table: Table | None) -> Iterator[tuple[str, str]]:
    column = _column(name, table)
    if column is not None and column.type not in TIMES:
        yield path, f'"{name}" holds no dates: its type is {column.native_type or column.type.value}'


def _ends(model: SemanticModel, catalog: Catalog) -> Iterator[tuple[str, str]]:
    if catalog.dialect in _LENIENT:
        return
    tables = by_written_name(catalog)
    for index, link in enumerate(model.relationships):
        start = _column(link.from_column, tables.get(link.from_table))
        end = _column(link.to_column, tables.get(link.to_table))
        if not link.off and start is not None and end is not None and not _comparable(start.type, end.type):
            types = f"{start.native_type or start.type.value} and {end.native_type or end.type.value}"
            yield f"relationships[{index}]", f"{_written(link)}: values of the types {types} are never equal"


def _metrics(model: SemanticModel, catalog: Catalog) -> Iterator[tuple[str, str]]:
    gone = {problem.path.split(".")[1] for problem in stale(model, catalog) if problem.path.startswith("metrics.")}
    tables = by_written_name(catalog)
    links = (*catalog.relationships, *model_keys(model, tables))
    for metric in model.metrics:
        if not metric.is_ratio and metric.name not in gone:
            for key, text in metric_problems(metric, catalog.dialect, tables, links):
                yield f"metrics.{metric.name}.{key}", text


def _column(name: str, table: Table | None) -> Column | None:
    return next((column for column in table.columns if column.name == name), None) if table else None


def _comparable(start: ColumnType, end: ColumnType) -> bool:
    if ColumnType.OTHER in (start, end):
        return True
    return start is end or any({start, end} <= family for family in (NUMBERS, TIMES))


def _written(link: Relationship) -> str:
    return f"{link.from_table}.{link.from_column} → {link.to_table}.{link.to_column}"


def unknown_names(
    model: SemanticModel,
    source: Mapping[str, Collection[str]],
    dialect: str = "postgres",
    lines: Mapping[str, int] | None = None,
) -> tuple[Problem, ...]:
    """What the model names and the source does not have. `source` maps each table, as the model would write it, to
    its columns; `lines` are those of the text's paths."""
    problems = Problems()

    def check(path: str, table: str, *columns: str) -> bool:
        line = line_of(path, lines or {})
        if table not in source:
            problems.add(path, line, f'the source has no table "{table}"')
            return False
        for column in columns:
            if column and column not in source[table]:
                problems.add(path, line, f'the table "{table}" has no column "{column}"')
        return True

    for table in model.tables:
        if check(f"tables.{table.name}", table.name):
            check(f"tables.{table.name}.date", table.name, table.date)
            check(f"tables.{table.name}.display", table.name, table.display)
            for column in table.columns:
                check(f"tables.{table.name}.columns.{column.name}", table.name, column.name)
    for index, link in enumerate(model.relationships):
        check(f"relationships[{index}].from", link.from_table, link.from_column)
        check(f"relationships[{index}].to", link.to_table, link.to_column)
    for metric in model.metrics:
        if metric.is_ratio or not check(f"metrics.{metric.name}.table", metric.table):
            continue
        for key in ("expression", "filter"):
            for owner, name in qualified_columns(getattr(metric, key), dialect):
                check(f"metrics.{metric.name}.{key}", owner or metric.table, name)
        owner, _, name = metric.time.rpartition(".")
        check(f"metrics.{metric.name}.time", owner or metric.table, name)
    return tuple(problems.found)


def line_of(path: str, lines: Mapping[str, int]) -> int:
    """The line of a path of the text, or of the nearest thing around it; 0 where nothing is known."""
    while path and path not in lines:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines.get(path, 0)
