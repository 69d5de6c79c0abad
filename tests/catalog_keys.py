"""How well undeclared keys are found: `python -m tests.catalog_keys --databases DIR` over SQLite files with keys.

Each database is copied without its keys, read, and what was inferred compared with what was declared.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from services.integration.catalog.model import Catalog, Relationship
from services.integration.catalog.reading import read_catalog
from tests.integration.catalog.readers import dial_to

Link = tuple[str, tuple[str, ...], str, tuple[str, ...]]


@dataclass(frozen=True)
class Score:
    """Counts of links: inferred and declared, inferred only, declared only."""

    name: str
    right: int
    wrong: tuple[Link, ...]
    missing: tuple[Link, ...]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--databases", type=Path, required=True, help="a folder of SQLite files")
    options.add_argument("--keep-primary", action="store_true", help="hide the foreign keys alone")
    options.add_argument("--show", action="store_true", help="print every difference")
    chosen = options.parse_args()
    files = sorted(chosen.databases.glob("*.sqlite"))
    scores = [asyncio.run(score(file, keep_primary=chosen.keep_primary)) for file in files]
    if chosen.show:
        for one in scores:
            for sign, links in (("+", one.wrong), ("-", one.missing)):
                for start, columns, end, ends in links:
                    say(f"{sign} {one.name}: {start}.{','.join(columns)} -> {end}.{','.join(ends)}")
    report(scores)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def report(scores: Sequence[Score]) -> None:
    right = sum(one.right for one in scores)
    inferred = right + sum(len(one.wrong) for one in scores)
    declared = right + sum(len(one.missing) for one in scores)
    say(f"databases {len(scores)}  declared {declared}  inferred {inferred}  right {right}")
    say(f"precision {right / max(1, inferred):.3f}  recall {right / max(1, declared):.3f}")


async def score(file: Path, *, keep_primary: bool = False) -> Score:
    with sqlite3.connect(f"file:{file}?immutable=1", uri=True) as source:
        source.text_factory = lambda raw: raw.decode("utf-8", "replace")
        told = await _catalog(source)
        bare = await _catalog(_without_keys(source, told, keep_primary=keep_primary))
    declared = {_link(link) for link in told.relationships if not link.inferred and len(link.from_columns) == 1}
    inferred = {_link(link) for link in bare.relationships}
    return Score(
        file.stem, len(declared & inferred), tuple(sorted(inferred - declared)), tuple(sorted(declared - inferred))
    )


async def _catalog(connection: sqlite3.Connection) -> Catalog:
    return await read_catalog("sqlite", dial_to(connection), now=datetime(2026, 1, 1, tzinfo=UTC))


def _link(link: Relationship) -> Link:
    return link.from_table, link.from_columns, link.to_table, link.to_columns


def _without_keys(source: sqlite3.Connection, told: Catalog, *, keep_primary: bool) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    for table in told.tables:
        if table.is_view:
            continue
        columns = [f'"{column.name}" {column.native_type}' for column in table.columns]
        if keep_primary and table.primary_key:
            quoted = ", ".join('"' + name + '"' for name in table.primary_key)
            columns.append(f"PRIMARY KEY ({quoted})")
        copy.execute(f'CREATE TABLE "{table.name}" ({", ".join(columns)})')
        rows = source.execute(f'SELECT * FROM "{table.name}"').fetchall()
        copy.executemany(f'INSERT INTO "{table.name}" VALUES ({", ".join("?" * len(table.columns))})', rows)
    return copy


if __name__ == "__main__":
    main()
