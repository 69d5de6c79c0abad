"""What `python -m services.<name>` does: serve, or, with the argument `migrate`, bring the schema up to date."""

import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import NoReturn, Protocol, TypeVar

from meshkit.server import Assembly, run
from meshkit.settings import ServerSettings, SettingsError, load

OWNER_URL = "INFINURE_OWNER_DATABASE_URL"


class HasServer(Protocol):
    """A service's settings: any frozen dataclass with the server's among them."""

    @property
    def server(self) -> ServerSettings: ...


S = TypeVar("S", bound=HasServer)


def main(name: str, settings: type[S], assemble: Callable[[S, AsyncExitStack], Awaitable[Assembly]]) -> NoReturn:
    """Reads the environment and runs; wrong settings end the process with every problem named."""
    if sys.argv[1:] == ["migrate"]:
        _migrate(name)
    try:
        loaded = load(settings, os.environ)
    except SettingsError as error:
        sys.exit(f"{name}: {error}")
    run(name, loaded.server, partial(assemble, loaded))


def _migrate(name: str) -> NoReturn:
    # Imported here: a serving process needs no alembic in its memory.
    from meshkit.migrations import migrate

    url = os.environ.get(OWNER_URL)
    if not url:
        sys.exit(f"{name}: {OWNER_URL} is not set")
    migrate(name, url)
    sys.exit(0)
