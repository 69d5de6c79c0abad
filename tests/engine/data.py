"""Rows for the catalogs, in SQLite: a schema is an attached database, so names stay as they are."""

import sqlite3
from datetime import datetime, timedelta

from services.ml_gateway.engine.model import Catalog, DataType

NOW = datetime.fromisoformat("2026-02-10T12:00:00+00:00")
READ = 0.4  # a bar below the usual one: cases are about what is read, not about how sure it is
_START = datetime.fromisoformat("2024-01-01T08:30:00")
_ROWS = 240
_FEW = {"categories", "airports", "airlines", "Courses"}


def database(catalog: Catalog) -> sqlite3.Connection:
    """Deterministic rows: columns cycle through their samples, keys through their targets, dates through the days."""
    connection = sqlite3.connect(":memory:")
    for schema in sorted({table.schema for table in catalog.tables}):
        connection.execute(f"""ATTACH ':memory:' AS "{schema}" """)
    targets = {(r.table, r.columns[0]): r.target for r in catalog.relationships}
    rows: dict[object, list[object]] = {}
    for table in catalog.tables:
        size = 3 if table.name in _FEW else _ROWS if any(key[0] == table.key for key in targets) else _ROWS // 6
        first = table.columns[0]
        is_number = first.data_type is DataType.INTEGER
        rows[table.key] = [number + 1 if is_number else f"K{number}" for number in range(size)]
    for position, table in enumerate(catalog.tables):
        names = ", ".join('"' + c.name.replace('"', '""') + '"' for c in table.columns)
        place = f'"{table.schema}"."{table.name}"'
        connection.execute(f"CREATE TABLE {place} ({names})")
        for row, identifier in enumerate(rows[table.key]):
            values: list[object] = [identifier]
            for offset, column in enumerate(table.columns[1:], start=1):
                seed = row * (offset + 2) + row // 7 + position
                target = targets.get((table.key, column.name))
                if target:
                    values.append(
                        None if column.nullable and seed % 11 == 0 else rows[target][seed % len(rows[target])]
                    )
                elif column.samples:
                    values.append(column.samples[seed % len(column.samples)])
                elif column.data_type.temporal:
                    day = _START + timedelta(days=(row * 37 + offset * 13 + position * 5) % 771)
                    text = day.date().isoformat() if column.data_type is DataType.DATE else day.isoformat(" ")
                    values.append(None if column.nullable and seed % 3 == 0 else text)
                elif column.data_type is DataType.TEXT:
                    missing = column.nullable and seed % 4 == 0
                    values.append(None if missing else f"{table.name} {row % 50}")
                elif column.data_type is DataType.BOOLEAN:
                    values.append(seed % 2)
                else:
                    values.append(seed % 17 + 1)
            connection.execute(f"INSERT INTO {place} VALUES ({', '.join('?' * len(values))})", values)
    return connection
