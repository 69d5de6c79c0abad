"""Sources made of uploaded files: where the blob store keeps them, read by workers."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from meshkit.secrets import Secret
from services.integration.boundary.model import GuardedQuery, Limits
from services.integration.catalog.model import Catalog
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reader import Dial
from services.integration.catalog.reader import Progress as ReadingProgress
from services.integration.catalog.reading import read_catalog
from services.integration.executors.duckdb import DuckdbExecutor
from services.integration.executors.duckdb_reader import duckdb_dial
from services.integration.executors.port import Execution, Executor
from services.integration.executors.sqlite import SqliteExecutor
from services.integration.executors.sqlite_reader import sqlite_dial
from services.integration.model import FilesConfiguration, Inspection, Source, StoredTable
from services.integration.ports import BlobStore, PasswordOf
from services.integration.workers import Workers

# Opening the files of a source; there may be many.
INSPECTION_SECONDS = 10.0


class FilesConnector:
    """The ports Connector and StoredTables."""

    def __init__(
        self, workers: Workers, blobs: BlobStore, *, profile_limits: ProfileLimits, clock: Callable[[], datetime]
    ) -> None:
        self._workers = workers
        self._blobs = blobs
        self._profile_limits = profile_limits
        self._clock = clock

    async def inspect(self, configuration: FilesConfiguration, password: Secret) -> Inspection:
        async with self._blobs.local(_keys(configuration)) as paths:
            began = time.monotonic()
            reader = await self._dial(configuration, paths)()
            try:
                await reader.rows("SELECT 1", timeout_seconds=INSPECTION_SECONDS)
            finally:
                await reader.close()
            text = "SQLite file" if configuration.database else "uploaded files"
            return Inspection(text, time.monotonic() - began)

    async def read_catalog(
        self, configuration: FilesConfiguration, password: Secret, progress: ReadingProgress | None = None
    ) -> Catalog:
        async with self._blobs.local(_keys(configuration)) as paths:
            return await read_catalog(
                "sqlite" if configuration.database else "duckdb",
                self._dial(configuration, paths),
                limits=self._profile_limits,
                now=self._clock(),
                progress=progress,
            )

    def executor(self, source: Source, password: PasswordOf) -> Executor:
        assert isinstance(source.configuration, FilesConfiguration)  # this is the connector of that kind
        return self._executor(source.configuration)

    @asynccontextmanager
    async def rows(self, files: FilesConfiguration, table: str, limits: Limits) -> AsyncIterator[Execution]:
        found = [known for known in files.tables if known.name == table]
        dialect_sql = f'SELECT * FROM "{table.replace(chr(34), chr(34) * 2)}"'  # noqa: S608  quoted by us
        executor = self._executor(files if files.database else _alone(files, found))
        query = GuardedQuery(sql=dialect_sql, tables=(f"main.{table}",), max_rows=limits.max_rows, policy_version="")
        async with executor.execute(query, limits) as execution:
            yield execution

    def _executor(self, configuration: FilesConfiguration) -> LocalExecutor:
        def opened(paths: Sequence[Path]) -> Executor:
            if configuration.database:
                return SqliteExecutor(self._workers, paths[0])
            return DuckdbExecutor(self._workers, _tables(configuration, paths))

        return LocalExecutor(opened, self._blobs, _keys(configuration))

    def _dial(self, configuration: FilesConfiguration, paths: Sequence[Path]) -> Dial:
        if configuration.database:
            return sqlite_dial(self._workers, paths[0])
        return duckdb_dial(self._workers, _tables(configuration, paths))


class LocalExecutor:
    """See port.Executor: one over files that are on this machine while a query runs."""

    def __init__(self, opened: Callable[[Sequence[Path]], Executor], blobs: BlobStore, keys: Sequence[str]) -> None:
        self._opened = opened
        self._blobs = blobs
        self._keys = keys
        self._running: set[Executor] = set()

    @asynccontextmanager
    async def execute(self, query: GuardedQuery, limits: Limits) -> AsyncIterator[Execution]:
        async with self._blobs.local(self._keys) as paths:
            executor = self._opened(paths)
            self._running.add(executor)
            try:
                async with executor.execute(query, limits) as execution:
                    yield execution
            finally:
                self._running.discard(executor)
                await executor.end()

    async def end(self) -> None:
        for executor in tuple(self._running):
            await executor.end()

    @property
    def idle(self) -> bool:
        return not self._running

    async def close_idle(self, older_than_seconds: float) -> None:
        """Nothing is kept open between queries."""


def _keys(configuration: FilesConfiguration) -> list[str]:
    return [configuration.database] if configuration.database else [table.key for table in configuration.tables]


def _tables(configuration: FilesConfiguration, paths: Sequence[Path]) -> dict[str, Path]:
    return {table.name: path for table, path in zip(configuration.tables, paths, strict=True)}


def _alone(files: FilesConfiguration, tables: list[StoredTable]) -> FilesConfiguration:
    return FilesConfiguration(file_names=files.file_names, tables=tuple(tables))
