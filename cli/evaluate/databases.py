"""SQLite files under the folder of databases: where they are, and what is in them, read by confined workers."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from cli.ask.catalogs import engine_catalog
from cli.ask.exits import UsageProblem
from services.integration.catalog.document import versioned
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reading import read_catalog
from services.integration.executors.errors import SourceError
from services.integration.executors.sqlite_reader import sqlite_dial
from services.integration.workers import Workers
from services.ml_gateway.engine.model import Catalog

_MIB = 1024 * 1024
# Nothing here has to fit into one message: more values than a mesh keeps can be told from each other.
LIMITS = ProfileLimits(
    total_seconds=300.0, complete_values=5_000, some_values=500, column_bytes=_MIB // 4, table_bytes=2 * _MIB,
    catalog_bytes=16 * _MIB,
)  # fmt: skip


class Unreadable(Exception):
    """There is no such database, or nothing can be made of it."""


class Folder:
    """The folder that every db_path is under."""

    def __init__(self, folder: Path) -> None:
        """Raises UsageProblem."""
        if not folder.is_dir():
            what = "is no folder" if folder.exists() else "is not there"
            raise UsageProblem(f"The folder of databases {what}: {folder}", "Name it by --databases.")
        self._folder = folder.absolute()

    def file(self, db_path: str) -> Path:
        """Where the path leads. Raises UsageProblem where that is out of the folder.

        Links in the folder are followed, wherever they lead: who made them is whoever made the folder.
        """
        if "\0" in db_path:
            raise UsageProblem("A db_path holds a zero byte.", "Name a file under the folder of databases.")
        path = Path(os.path.normpath(self._folder / db_path))
        if not path.is_relative_to(os.path.normpath(self._folder)):
            raise UsageProblem(
                f"The db_path {db_path[:100]} leads out of the folder of databases.",
                "Every db_path is a path under that of --databases.",
            )
        return path


async def catalog_of(path: Path, workers: Workers) -> Catalog:
    """What the engine sees of the file. Raises Unreadable."""
    if not path.is_file():
        raise Unreadable("there is no such file")
    try:
        dial = sqlite_dial(workers, path.resolve())
        read = await read_catalog("sqlite", dial, limits=LIMITS, now=datetime.now(UTC))
    except SourceError as error:
        raise Unreadable(error.text) from None
    if not read.tables:
        raise Unreadable("it holds no tables")
    return engine_catalog(versioned(read))
