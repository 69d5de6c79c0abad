"""A real auth server, in this process, on a database of its own."""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.auth.server import AuthServer, serving
from tests.builders.postgres import Database


@pytest.fixture
def database(control_plane: Callable[..., Database]) -> Database:
    return control_plane("auth")


@pytest.fixture
async def auth(database: Database, signing_keys: Path, tmp_path: Path) -> AsyncIterator[AuthServer]:
    """The server, on a clock that tests may move."""
    folder = tmp_path / "keys"
    shutil.copytree(signing_keys, folder)
    async with serving(database, folder) as server:
        yield server
