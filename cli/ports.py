"""Which ports the mesh listens on: chosen once, kept as long as nobody else took them, and held while it runs."""

import random
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cli.errors import CommandError
from cli.files import read_json, write_json

LOWEST, HIGHEST = 20000, 32000
# From which the kernel serves outgoing connections, so that one can take ours between the choice and the start.
_OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range")
_USUAL_OUTGOING = (32768, 60999)
_LOOPBACK = "127.0.0.1"
# Sources name the embedded PostgreSQL by its port, so this one never moves by itself.
FIXED = ("postgres",)
DEFAULT_PUBLIC = 8080
# Chromium refuses to open these (net/base/port_util.cc); the ones below 1024 need root anyway.
BLOCKED_BY_BROWSERS = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080, *range(6665, 6670)}
)


@contextmanager
def reserved(names: Iterable[str], file: Path) -> Iterator[Mapping[str, int]]:
    """A port per name: the one of last time when it is free, else another, written down for next time.

    Until the block ends no other mesh is given one of them, though a service may take seconds to listen there.

    Raises:
        CommandError: a port that must not move is taken.
    """
    kept: Mapping[str, int] = read_json(file, {})
    chosen: dict[str, int] = {}
    with ExitStack() as claims:
        for name in names:
            port = kept.get(name, 0)
            claimed = claim(port) if port else None
            if port and claimed is None and name in FIXED:
                raise CommandError(
                    f"Port {port} on 127.0.0.1, which the embedded {name} uses, is taken by another program.",
                    "Stop that program and start again: data sources name this port.",
                )
            if claimed is None:
                port, claimed = unclaimed(LOWEST, HIGHEST, avoided=frozenset(kept.values()))
            claims.enter_context(claimed)
            chosen[name] = port
        if chosen != kept:
            write_json(file, chosen)
        yield chosen


def unclaimed(lowest: int, highest: int, avoided: frozenset[int] = frozenset()) -> tuple[int, socket.socket]:
    """A free port of the range, outside the kernel's for outgoing connections where it leaves room, and its claim.

    Raises:
        CommandError: none is free.
    """
    outgoing = range(_outgoing()[0], _outgoing()[1] + 1)
    quiet = [port for port in range(lowest, highest + 1) if port not in outgoing]
    ports = quiet or list(range(lowest, highest + 1))
    random.shuffle(ports)
    for port in ports:
        if port not in avoided and (claimed := claim(port)) is not None:
            return port, claimed
    raise CommandError(f"No free port between {lowest} and {highest}.", "Stop programs that listen there.")


def claim(port: int) -> socket.socket | None:
    """What tells others who ask here that the port is taken, until it is closed: UDP, in no TCP server's way.

    None when somebody listens there, or has claimed it.
    """
    claimed = socket.socket(type=socket.SOCK_DGRAM)
    try:
        claimed.bind((_LOOPBACK, port))
    except OSError:
        claimed.close()
        return None
    if not is_free(port):
        claimed.close()
        return None
    return claimed


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
            listener.bind((_LOOPBACK, port))
        except OSError:
            return False
    return True


def _outgoing() -> tuple[int, int]:
    try:
        low, high = _OUTGOING.read_text().split()
        return int(low), int(high)
    except (OSError, ValueError):  # not Linux, or a sandbox without it
        return _USUAL_OUTGOING
