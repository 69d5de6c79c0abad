"""Keys that nobody declared: what identifies a table's rows, and which columns point to them.

A key is inferred from agreement: names first, then types, then that the target's values are unique, then that the
values of the column are found among them. Values alone make no key: 1 to 5 lie within 1 to 1,000 by accident.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from services.integration.catalog.asking import asked
from services.integration.catalog.dialects.port import Dialect
from services.integration.catalog.key_names import is_generic, like_a_key, name_score
from services.integration.catalog.model import Column, ColumnType, Relationship
from services.integration.catalog.reader import Reader
from services.integration.catalog.structure import TableName
from services.integration.catalog.table_profile import Profiled
from services.integration.catalog.values import NUMBERS
from services.integration.catalog.words import words

_POINTING = frozenset({ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.TEXT, ColumnType.UUID})
_CHECKED_VALUES = 1_000
_CHECKED_ROWS = 20_000
_AT_ONCE = 10
_MOST_CHECKED = 2_000
_LEAST_NAME = 0.6
_LEAST_CONFIDENCE = 0.6
_STRONG_NAME = 0.85
_KEY_NAME = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column that may point to a table's key. included: the share of its distinct values found there, None if that
    couldn't be measured; values: how many distinct ones were looked up."""

    source: TableName
    column: Column
    target: TableName
    key: str
    by_name: float
    included: float | None = None
    values: int = 0

    @property
    def confidence(self) -> float:
        """0 to 1, from the names and the values; 0 where the values speak against it."""
        if self.included is None or not self.values:
            return self.by_name * 0.8
        if self.by_name >= _STRONG_NAME:
            # Strays happen where no key was declared; half of the values missing is another thing altogether.
            return self.by_name * max(0.0, 2 * self.included - 1)
        if self.included < 0.98:
            return 0.0
        # Texts that are found again are evidence of their own, small numbers are not.
        certain = self.column.type in (ColumnType.TEXT, ColumnType.UUID) and self.values >= 3
        return min(1.0, self.by_name + (0.2 if certain else 0.0))


def with_primary_keys(tables: Sequence[Profiled]) -> list[Profiled]:
    """The tables, those without a declared key with the column that is unique, filled and named like one."""
    return [replace(one, table=replace(one.table, primary_key=_primary_key(one))) for one in tables]


def _primary_key(one: Profiled) -> tuple[str, ...]:
    table = one.table
    if table.primary_key or table.is_view:
        return table.primary_key
    named = [
        (like_a_key(column.name, table.name), -place, column.name)
        for place, column in enumerate(table.columns)
        if column.name in one.unique and column.type in _POINTING
    ]
    best = max(named, default=(0.0, 0, ""))
    return (best[2],) if best[0] >= _KEY_NAME else ()


def pointing_at_one(tables: Sequence[Profiled], declared: Sequence[Relationship]) -> list[Relationship]:
    """Declared keys that point at one row each. SQLite and MySQL let a key point at what repeats: joined over such a
    key rows would be counted several times."""
    by_name = {one.found.name: one for one in tables}
    return [link for link in declared if _identifies(by_name.get((link.to_schema, link.to_table)), link.to_columns)]


def _identifies(target: Profiled | None, columns: Sequence[str]) -> bool:
    if target is None:  # a table that isn't in the catalog: nothing is joined there
        return True
    keys = [set(key) for key in (target.table.primary_key, *target.found.unique) if key]
    return any(key <= set(columns) for key in keys) or not target.unique.isdisjoint(columns)


def candidates(
    tables: Sequence[Profiled], declared: Sequence[Relationship], *, texts_are_numbers: bool = False
) -> list[Candidate]:
    """Every column with every key that its name and type may mean, declared ones left out.

    texts_are_numbers: a text compares with a number of the same digits, as between SQLite's columns.
    """
    keyed = [(one, column) for one in tables for column in _key_columns(one)]
    said = {(link.from_schema, link.from_table, name) for link in declared for name in link.from_columns}
    found = []
    for one in tables:
        for column in one.table.columns:
            if column.type not in _POINTING or (*one.found.name, column.name) in said:
                continue
            for target, key in keyed:
                own = target.found.name == one.found.name
                if (own and key.name == column.name) or not _comparable(column, key, texts_are_numbers):
                    continue
                score = name_score(column.name, target.table.name, key.name, own=own)
                if score >= _LEAST_NAME and not _points_up(one, column, target, key):
                    found.append(Candidate(one.found.name, column, target.found.name, key.name, score))
    return sorted(found, key=lambda c: -c.by_name)[:_MOST_CHECKED]


def _key_columns(one: Profiled) -> list[Column]:
    """Columns that identify a row by themselves, and may be pointed to."""
    if one.table.is_view:
        return []
    names = [key[0] for key in (one.table.primary_key, *one.found.unique) if len(key) == 1]
    names += [name for name in sorted(one.unique) if like_a_key(name, one.table.name) >= _KEY_NAME]
    return [column for column in one.table.columns if column.name in names and column.type in _POINTING]


def _comparable(column: Column, key: Column, texts_are_numbers: bool) -> bool:
    if column.type is key.type or {column.type, key.type} <= NUMBERS:
        return True
    return texts_are_numbers and {column.type, key.type} <= NUMBERS | {ColumnType.TEXT}


def _points_up(one: Profiled, column: Column, target: Profiled, key: Column) -> bool:
    """Whether the column is its own table's key and the other table is rather the one that points here."""
    if one.table.primary_key != (column.name,) and column.name not in one.unique:
        return False
    if is_generic(column.name):
        return True  # id is id everywhere
    here = like_a_key(column.name, one.table.name)
    if here >= _STRONG_NAME and words(column.name) != words(key.name):
        return True  # it names its own table
    return here > like_a_key(key.name, target.table.name) or (
        here == like_a_key(key.name, target.table.name) and one.table.row_count >= target.table.row_count
    )


def chosen(found: Sequence[Candidate], least: float = _LEAST_CONFIDENCE) -> list[Relationship]:
    """For each column the target that it most likely means; none where two are as likely."""
    by_column: dict[tuple[TableName, str], list[Candidate]] = defaultdict(list)
    for one in found:
        by_column[one.source, one.column.name].append(one)
    links = []
    for options in by_column.values():
        options.sort(key=lambda c: (-c.confidence, c.target, c.key))
        best = options[0]
        if best.confidence < least or (len(options) > 1 and _as_likely(best, options[1])):
            continue
        links.append(
            Relationship(
                *best.source,
                (best.column.name,),
                *best.target,
                (best.key,),
                inferred=True,
                confidence=round(best.confidence, 2),
            )
        )
    return sorted(links, key=lambda link: (link.from_schema, link.from_table, link.from_columns))


def _as_likely(best: Candidate, other: Candidate) -> bool:
    return other.confidence >= best.confidence - 0.01 and other.target != best.target


async def measured(
    found: Sequence[Candidate],
    tables: Mapping[TableName, Profiled],
    reader: Reader,
    dialect: Dialect,
    seconds: float,
    done: Callable[[int], None],
) -> list[Candidate]:
    """The candidates with how many of their values the targets hold; each statement may take so long."""
    results: list[Candidate] = []
    for start in range(0, len(found), _AT_ONCE):
        part = list(found[start : start + _AT_ONCE])
        results += await _looked_up(part, tables, reader, dialect, seconds)
        done(len(results))
    return results


async def _looked_up(
    part: list[Candidate], tables: Mapping[TableName, Profiled], reader: Reader, dialect: Dialect, seconds: float
) -> list[Candidate]:
    sql = " UNION ALL ".join(_lookup(n, one, tables, dialect) for n, one in enumerate(part))
    rows = await asked(reader, sql, seconds)
    if rows is None and len(part) > 1:  # one that can't be compared must not cost the others their evidence
        middle = len(part) // 2
        return [
            *await _looked_up(part[:middle], tables, reader, dialect, seconds),
            *await _looked_up(part[middle:], tables, reader, dialect, seconds),
        ]
    shares = {int(n): (int(values), int(held or 0)) for n, values, held in rows or ()}
    return [
        replace(one, values=shares[n][0], included=shares[n][1] / shares[n][0] if shares[n][0] else None)
        if n in shares
        else one
        for n, one in enumerate(part)
    ]


def _lookup(number: int, one: Candidate, tables: Mapping[TableName, Profiled], dialect: Dialect) -> str:
    source, target = tables[one.source], tables[one.target]
    column, key = dialect.quoted(one.column.name), dialect.quoted(one.key)
    sample = dialect.sample(source.found, [column], source.table.row_count, _CHECKED_ROWS)
    values = (
        f"SELECT DISTINCT {column} AS v FROM {sample} AS s{number} "  # noqa: S608  quoted by us
        f"WHERE {column} IS NOT NULL{_not_blank(one.column, column)} LIMIT {_CHECKED_VALUES}"
    )
    held = f"sum(CASE WHEN v IN (SELECT {key} FROM {dialect.relation(target.found)}) THEN 1 ELSE 0 END)"  # noqa: S608
    return f"SELECT {number} AS n, count(*) AS c, {held} AS h FROM ({values}) AS d{number}"  # noqa: S608


def _not_blank(column: Column, quoted: str) -> str:
    return f" AND {quoted} <> ''" if column.type is ColumnType.TEXT else ""
