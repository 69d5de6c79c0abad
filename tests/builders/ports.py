"""Ports that nobody listens on at this moment."""

import socket


def free_port() -> int:
    """A loopback TCP port that was free just now; whoever asked binds it soon."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port
