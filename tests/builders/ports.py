"""Ports that nobody listens on, and that no other test process is given."""

import random
import socket
from collections import deque

# Below the range from which the kernel serves outgoing connections (32768 and up) and beside the one from which a mesh
# chooses (20000 and up): between here and the server's start nobody takes the port by chance.
LOWEST, HIGHEST = 11000, 19999
# Claims of this process. Whoever asked for a port has long listened there when as many others were handed out.
_CLAIMS: deque[socket.socket] = deque(maxlen=128)
_LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A loopback TCP port that is free and stays so until whoever asked listens there."""
    while True:
        port = random.randint(LOWEST, HIGHEST)
        if (claim := _claimed(port)) is not None:
            _CLAIMS.append(claim)
            return port


def _claimed(port: int) -> socket.socket | None:
    """A socket that tells other test processes that the port is taken: UDP, which stands in no TCP server's way."""
    claim = socket.socket(type=socket.SOCK_DGRAM)
    with socket.socket() as listener:
        try:
            claim.bind((_LOOPBACK, port))
            listener.bind((_LOOPBACK, port))
        except OSError:
            claim.close()
            return None
    return claim
