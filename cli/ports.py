"""Which ports the mesh listens on: chosen once, kept as long as nobody else took them."""

import random
import socket
from collections.abc import Iterable, Mapping
from pathlib import Path

from cli.errors import CommandError
from cli.files import read_json, write_json

# Below the range from which the kernel serves outgoing connections (32768 and up), so that none takes ours by chance.
LOWEST, HIGHEST = 20000, 32000
# Sources name the embedded PostgreSQL by its port, so this one never moves by itself.
FIXED = ("postgres",)
DEFAULT_PUBLIC = 8080
# Chromium refuses to open these (net/base/port_util.cc); the ones below 1024 need root anyway.
BLOCKED_BY_BROWSERS = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080, *range(6665, 6670)}
)


def choose(names: Iterable[str], file: Path) -> dict[str, int]:
    """A port per name: the one of last time when it is free, else another, written down for next time.

    Raises:
        CommandError: a port that must not move is taken.
    """
    kept: Mapping[str, int] = read_json(file, {})
    chosen: dict[str, int] = {}
    for name in names:
        port = kept.get(name, 0)
        if port and not is_free(port):
            if name in FIXED:
                raise CommandError(
                    f"Port {port} on 127.0.0.1, which the embedded {name} uses, is taken by another program.",
                    "Stop that program and start again: data sources name this port.",
                )
            port = 0
        chosen[name] = port or _free(set(chosen.values()) | set(kept.values()))
    if chosen != kept:
        write_json(file, chosen)
    return chosen


def require_public(port: int) -> None:
    """Refuses a public port that is taken, or that browsers won't open.

    Raises:
        CommandError: with the hint to use --port.
    """
    if port in BLOCKED_BY_BROWSERS:
        raise CommandError(f"Browsers refuse to open port {port}.", "Choose another by --port.")
    if not is_free(port):
        raise CommandError(f"Port {port} is taken by another program.", "Choose another by --port.")


def is_free(port: int) -> bool:
    """Whether we could listen on the loopback port now. Connections in TIME_WAIT don't count."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free(avoided: set[int]) -> int:
    for _ in range(1000):
        port = random.randint(LOWEST, HIGHEST)  # noqa: S311 - no secret
        if port not in avoided and is_free(port):
            return port
    raise CommandError(f"No free port between {LOWEST} and {HIGHEST}.", "Stop programs that listen there.")
