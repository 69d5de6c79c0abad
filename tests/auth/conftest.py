"""A real auth server, in this process, on a database of its own."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.auth.server import AuthServer, serving
from tests.builders.identity_providers import NameServer, name_server
from tests.builders.postgres import Database


@pytest.fixture
def database(control_plane: Callable[..., Database]) -> Database:
    return control_plane("auth")


@pytest.fixture
def names() -> Iterator[NameServer]:
    """The world's DNS, as far as the server asks it."""
    with name_server() as server:
        yield server


@pytest.fixture
async def auth(database: Database, signing_keys: Path, tmp_path: Path, names: NameServer) -> AsyncIterator[AuthServer]:
    """The server, on a clock that tests may move."""
    folder = tmp_path / "keys"
    shutil.copytree(signing_keys, folder)
    async with serving(database, folder, dns_server=names.address) as server:
        yield server
