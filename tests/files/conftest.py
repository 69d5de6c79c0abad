"""Reading a file in this process, as a worker would."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from services.integration.files.model import PreparedFile, PreparedTable, from_plain
from services.integration.files.preparing import prepare


@dataclass(frozen=True)
class Outcome:
    """What was made of a file, where, and what was told on the way."""

    file: PreparedFile
    out: Path
    progress: list[dict[str, Any]]

    def table(self, at: int = 0) -> PreparedTable:
        return self.file.tables[at]

    def types(self, at: int = 0) -> dict[str, str]:
        return {column.name: str(column.type) for column in self.table(at).columns}

    def rows(self, at: int = 0) -> list[tuple[Any, ...]]:
        with duckdb.connect() as connection:
            kinds = connection.execute(f"DESCRIBE FROM '{self.out / self.table(at).file}'").fetchall()
            # the driver wants another package for moments; their text says as much
            listed = ", ".join(f'"{name}"::VARCHAR' if "TIME ZONE" in kind else f'"{name}"' for name, kind, *_ in kinds)
            return connection.execute(f"SELECT {listed} FROM '{self.out / self.table(at).file}'").fetchall()


Read = Callable[..., Outcome]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """read(content or path, name=…, reading=…, limits=…): prepares a file."""
    made = 0

    def run(
        content: bytes | str | Path,
        name: str = "file",
        reading: dict[str, Any] | None = None,
        limits: dict[str, int] | None = None,
    ) -> Outcome:
        nonlocal made
        made += 1
        out = tmp_path / f"out{made}"
        out.mkdir()
        if isinstance(content, Path):
            path = content
        else:
            path = tmp_path / f"in{made}"
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        arguments = {
            "path": str(path),
            "file_name": name,
            "reading": reading or {},
            "out": str(out),
            "limits": limits or {},
        }
        messages = list(prepare(arguments))
        *progress, last = messages
        return Outcome(from_plain(PreparedFile, last["prepared"]), out, [message["progress"] for message in progress])

    return run
