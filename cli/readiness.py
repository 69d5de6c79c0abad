"""By what a process is known to be ready: its own answer, asked the way its peers ask."""

import http.client
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from cli.certificates import Files

TIMEOUT_SECONDS = 2.0
JWKS_PATH = "/.well-known/jwks.json"


@dataclass(frozen=True)
class Probe:
    """Asks with the command's own certificate. Each check is True only when the answer is right; it never raises."""

    files: Files

    def service(self, port: int, operations_port: int) -> Callable[[], bool]:
        """The operations port says that the service can do its work, over mTLS; and its gRPC port takes connections."""
        listens = self.port(port)
        return lambda: self._status(operations_port, "/readyz", self._context) == 200 and listens()

    def edge(self, port: int) -> Callable[[], bool]:
        """A page and the signing keys, both through the edge: so the pages and auth answer behind it."""
        return lambda: all(self._status(port, path, None) == 200 for path in ("/", JWKS_PATH))

    def port(self, port: int) -> Callable[[], bool]:
        """Whether somebody listens."""

        def listens() -> bool:
            with socket.socket() as connection:
                connection.settimeout(TIMEOUT_SECONDS)
                return connection.connect_ex(("127.0.0.1", port)) == 0

        return listens

    @cached_property
    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(self.files.authority))
        context.load_cert_chain(self.files.certificate, self.files.key)
        return context

    def _status(self, port: int, path: str, context: ssl.SSLContext | None) -> int:
        """The answer's status code; 0 when there is none."""
        connection = (
            http.client.HTTPSConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS, context=context)
            if context
            else http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
        )
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()
