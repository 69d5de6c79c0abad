"""One real Valkey server per test process, with the mesh's users."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.stores.provision import SERVICES
from cli.stores.valkey import OPERATOR, ValkeyServer
from tests.builders.ports import free_port


@contextmanager
def running_valkey() -> Iterator[ValkeyServer]:
    """Starts a server over a temporary folder and removes both at the end; `server.url(service)` gives a user's URL."""
    folder = Path(tempfile.mkdtemp(prefix="infinure-tests-"))
    passwords = {name: f"{name}-password" for name in (*SERVICES, OPERATOR)}
    server = ValkeyServer(folder / "valkey", free_port(), passwords, folder / "valkey.log")
    process = server.start()
    try:
        yield server
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)
