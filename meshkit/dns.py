"""The network's own DNS, asked through the machine's resolver."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence


class SystemResolver:
    """Resolves by getaddrinfo, with a deadline: a name server that is silent must not hold a connection."""

    def __init__(self, timeout_seconds: float = 5.0) -> None:
        self._timeout = timeout_seconds

    async def resolve(self, host: str) -> Sequence[str]:
        """All addresses, IPv4 and IPv6, each once, in the resolver's order; none for a name that isn't known."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._timeout):
                found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, TimeoutError):
            return ()
        return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
