"""Files as a source: prepared, profiled and queried in workers that can reach nothing else, as in the mesh."""

from __future__ import annotations

import asyncio
import errno
import tempfile
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from cli.ask import findings
from cli.ask.exits import AskError, UsageProblem
from cli.ask.notices import Notices, Progress
from cli.ask.opening import Reached
from meshkit.errors import MeshError
from services.integration.adapters.file_preparing import WorkerFilePreparer
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reader import Dial
from services.integration.catalog.reading import read_catalog
from services.integration.executors.duckdb import DuckdbExecutor
from services.integration.executors.duckdb_reader import duckdb_dial
from services.integration.executors.errors import SourceError
from services.integration.executors.port import Executor
from services.integration.executors.sqlite import SqliteExecutor
from services.integration.executors.sqlite_reader import sqlite_dial
from services.integration.files.model import SQLITE_NAME, BrokenRows, FileFormat, PreparedFile, PreparedTable, Reading
from services.integration.workers import Workers, WorkersUnavailable, WorkLimits

# Of one file's preparation: it is the asker's own machine and file, so there is time.
LIMITS = WorkLimits(cpu_seconds=3600, wall_seconds=3600.0)
# What workers have ready before any is forked.
WORK = (
    "services.integration.files.duck",
    "services.integration.files.preparing",
    "services.integration.executors.duckdb_work",
    "services.integration.executors.sqlite_work",
)
# Files prepared at the same time.
AT_ONCE = 2
# How much of the whole opening is preparing; the rest is looking at what is in the tables.
_PREPARING = 0.7
_STAGES = {"structure": "looking at tables", "profile": "looking at values", "keys": "looking for keys"}


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A file and what was made of it in the folder."""

    path: Path
    folder: Path
    file: PreparedFile


class LocalFiles:
    """A Reach, see opening."""

    def __init__(self, paths: Sequence[Path], reading: Reading, sheet: str | None) -> None:
        self._paths = paths
        self._reading = reading
        self._sheet = sheet

    @asynccontextmanager
    async def __call__(self, notices: Notices) -> AsyncIterator[Reached]:
        for path in self._paths:
            _check(path)
        name = self._paths[0].name + (f" and {len(self._paths) - 1} more" if len(self._paths) > 1 else "")
        try:
            async with _folder() as folder, Workers.open(warm=2, modules=WORK) as workers:
                with notices.progress(f"Reading {name}") as progress:
                    prepared = await self._prepared(workers, folder, progress)
                    reached = await self._reached(name, workers, prepared, progress)
                for line in findings.lines([(one.path.name, one.file) for one in prepared]):
                    notices.note(line)
                try:
                    yield reached
                finally:
                    await reached.executor.end()
        except WorkersUnavailable as error:
            raise AskError(f"Files can't be read safely here: {error}.", "Ask a database by its URL instead.") from None

    async def _prepared(self, workers: Workers, folder: Path, progress: Progress) -> list[_Prepared]:
        preparer = WorkerFilePreparer(workers, LIMITS, at_once=AT_ONCE)
        done = [0.0] * len(self._paths)

        async def prepare(place: int, path: Path) -> _Prepared:
            out = folder / str(place)
            out.mkdir()
            with _refusals_of(path):
                async with aclosing(preparer.prepare(path.resolve(), path.name, self._reading, out)) as steps:
                    async for step in steps:
                        if isinstance(step, PreparedFile):
                            return _Prepared(path, out, step)
                        done[place] = step.fraction
                        progress(step.stage, _PREPARING * sum(done) / len(done))
            raise AskError(f"{path.name} can't be read.", "It may be damaged: save it anew and try again.")

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(prepare(place, path)) for place, path in enumerate(self._paths)]
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None
        return [task.result() for task in tasks]

    def _parts(self, prepared: Sequence[_Prepared]) -> dict[str, Path]:
        """The Parquet file of each table, under a name of its own: two files may hold tables of one name."""
        found: dict[str, Path] = {}
        for one in prepared:
            for table in one.file.tables:
                if table.file and self._is_wanted(one.file, table):
                    found[unused(table.name, found)] = one.folder / table.file
        if not found and self._sheet is not None:
            sheets = ", ".join(f"“{table.origin}”" for one in prepared for table in one.file.tables if table.origin)
            raise UsageProblem(f"There is no sheet “{self._sheet}”.", f"There are: {sheets or 'no sheets'}.")
        return found

    def _is_wanted(self, file: PreparedFile, table: PreparedTable) -> bool:
        if self._sheet is None or file.format is not FileFormat.EXCEL:
            return self._sheet is None or len(self._paths) > 1
        return table.origin.casefold() == self._sheet.casefold()

    async def _reached(self, name: str, workers: Workers, prepared: Sequence[_Prepared], progress: Progress) -> Reached:
        dialect, dial, executor = self._ways(workers, prepared)

        def tell(stage: str, fraction: float) -> None:
            progress(_STAGES.get(stage, stage), _PREPARING + (1 - _PREPARING) * fraction)

        try:
            catalog = await read_catalog(dialect, dial, limits=ProfileLimits(), now=datetime.now(UTC), progress=tell)
        except SourceError as error:
            raise AskError(f"{name}: {error.text}") from None
        return Reached(name, catalog, executor)

    def _ways(self, workers: Workers, prepared: Sequence[_Prepared]) -> tuple[str, Dial, Executor]:
        """The dialect, and how the tables are profiled and queried."""
        if any(one.file.format is FileFormat.SQLITE for one in prepared):
            if len(prepared) > 1:
                raise UsageProblem("A SQLite database is asked alone.", "Name it alone, or name the other files.")
            database = prepared[0].folder / SQLITE_NAME
            return "sqlite", sqlite_dial(workers, database), SqliteExecutor(workers, database)
        tables = self._parts(prepared)
        return "duckdb", duckdb_dial(workers, tables), DuckdbExecutor(workers, tables)


def reading_of(*, delimiter: str, encoding: str, header: bool | None, broken: str) -> Reading:
    """How the command line says that files are read."""
    return Reading(
        delimiter=delimiter.replace("\\t", "\t"),
        encoding=encoding,
        has_header=header,
        broken_rows=BrokenRows(broken),
    )


def unused(name: str, taken: Collection[str]) -> str:
    """The name, or with a number behind it where it is taken; names that differ in case alone are one."""
    folded = {one.casefold() for one in taken}
    names = chain([name], (f"{name}_{number}" for number in count(2)))
    return next(one for one in names if one.casefold() not in folded)


def _check(path: Path) -> None:
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise AskError(f"{path} is empty.", "Check that it was saved with its data.")
    except OSError:
        raise AskError(f"{path} can't be read.", "Check its rights.") from None


@contextmanager
def _refusals_of(path: Path) -> Iterator[None]:
    try:
        yield
    except MeshError as error:
        sentence = error.message[:1].upper() + error.message[1:].rstrip(".")
        raise AskError(f"{path.name}: {sentence}.") from None


@asynccontextmanager
async def _folder() -> AsyncIterator[Path]:
    """A folder for prepared files, gone at the end whatever happens."""
    try:
        made = tempfile.TemporaryDirectory(prefix="infinure-ask-", ignore_cleanup_errors=True)
    except OSError:
        raise AskError("There is no folder for prepared files.", "Name one that can be written by TMPDIR.") from None
    try:
        with made as name:
            yield Path(name)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise AskError("There is no room for prepared files.", "Free some, or name another folder by TMPDIR.") from None
