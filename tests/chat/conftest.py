"""A real chat server, in this process, on a database of its own."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.builders.postgres import Database
from tests.chat.server import ChatServer, serving


@pytest.fixture
def database(control_plane: Callable[..., Database]) -> Database:
    return control_plane("auth", "chat")


@pytest.fixture
async def chat(database: Database, signing_keys: Path) -> AsyncIterator[ChatServer]:
    async with serving(database, signing_keys) as server:
        yield server
