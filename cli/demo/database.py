"""The demo shop as a PostgreSQL database that a reader may only read.

Built under another name and renamed when whole: a kill at any point leaves either no `demo_shop` or all of it.
"""

import asyncio
import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from importlib.resources import files
from typing import Any

import asyncpg

from cli.demo.generation import generate
from cli.demo.names import DATABASE, READER
from cli.demo.rows import Shop

_BUILDING = f"{DATABASE}_building"
# Any number will do; it keeps two builders from one server apart.
_LOCK = 0x5348_4F50

# What is being done, and how far along from 0.0 to 1.0.
Progress = Callable[[str, float], None]
Connection = Any  # asyncpg.Connection: its stubs can't name the record class of a plain connection


async def build(admin_dsn: str, reader_password: str, today: date, progress: Progress) -> None:
    """Makes the database with the business up to the day before `today`, unless it is there already, and the reader.

    `admin_dsn` is a superuser's, of any database of the server. An existing database keeps its rows; the reader's
    password is set each time. Calls `progress` from this thread alone.
    Raises asyncpg.PostgresError or OSError; the next call starts over.
    """
    server: Connection = await asyncpg.connect(admin_dsn)
    try:
        await server.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await _reader(server, reader_password)
        if not await server.fetchval("SELECT true FROM pg_database WHERE datname = $1", DATABASE):
            await server.execute(f"DROP DATABASE IF EXISTS {_BUILDING} WITH (FORCE)")
            await server.execute(f"CREATE DATABASE {_BUILDING} TEMPLATE template0 ENCODING 'UTF8'")
            await _fill(admin_dsn, today, progress)
            await server.execute(f"ALTER DATABASE {_BUILDING} RENAME TO {DATABASE}")
    finally:
        await server.close()
    progress("demo data ready", 1.0)


async def _fill(admin_dsn: str, today: date, progress: Progress) -> None:
    progress("inventing the shop", 0.0)
    # In a thread, so that whatever else starts meanwhile is not held up; what it reports comes back to this one.
    loop = asyncio.get_running_loop()

    def invented(part: float) -> None:
        loop.call_soon_threadsafe(progress, "inventing the shop", 0.4 * part)

    shop = await asyncio.to_thread(generate, today, invented)
    connection: Connection = await asyncpg.connect(admin_dsn, database=_BUILDING)
    try:
        async with connection.transaction():
            await connection.execute(_script("tables.sql"))
            await _copy(connection, shop, progress)
            progress("adding keys and indexes", 0.8)
            await connection.execute(_script("constraints.sql"))
            await connection.execute(_grants())
        progress("analyzing", 0.95)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


async def _copy(connection: Connection, shop: Shop, progress: Progress) -> None:
    tables: list[tuple[str, Sequence[tuple[object, ...]]]] = [(name, getattr(shop, name)) for name in shop.__slots__]
    total = sum(len(rows) for _, rows in tables)
    done = 0
    for name, rows in tables:
        progress(f"loading {name.replace('_', ' ')}", 0.4 + 0.4 * done / total)
        await connection.copy_to_table(name, source=_csv(rows), format="csv")
        done += len(rows)


def _csv(rows: Sequence[tuple[object, ...]]) -> io.BytesIO:
    """Absent values become empty fields, which COPY reads as NULL; the shop has no empty texts."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return io.BytesIO(text.getvalue().encode())


async def _reader(server: Connection, password: str) -> None:
    if not await server.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", READER):
        await server.execute(f"CREATE ROLE {READER}")
    alter = await server.fetchval(
        f"SELECT format('ALTER ROLE {READER} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS "
        "PASSWORD %L', $1::text)",
        password,
    )
    await server.execute(alter)
    await server.execute(f"ALTER ROLE {READER} SET default_transaction_read_only = on")


def _grants() -> str:
    """The reader may connect, look and no more; nobody else may even connect."""
    return f"""
        REVOKE ALL ON DATABASE {_BUILDING} FROM PUBLIC;
        GRANT CONNECT ON DATABASE {_BUILDING} TO {READER};
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
        GRANT USAGE ON SCHEMA public TO {READER};
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO {READER};
    """


def _script(name: str) -> str:
    return (files("cli.demo") / name).read_text(encoding="utf-8")
