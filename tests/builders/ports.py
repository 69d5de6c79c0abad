"""Ports that nobody listens on, and that no other test process and no mesh is given."""

import socket
from collections import deque

from cli import ports

# Beside the range from which a mesh chooses: a test that wants many doesn't take its room.
LOWEST, HIGHEST = 11000, 19999
# Claims of this process. Whoever asked for a port has long listened there when as many others were handed out.
_CLAIMS: deque[socket.socket] = deque(maxlen=128)


def free_port() -> int:
    """A loopback TCP port that is free and stays so until whoever asked listens there."""
    port, claimed = ports.unclaimed(LOWEST, HIGHEST)
    _CLAIMS.append(claimed)
    return port
