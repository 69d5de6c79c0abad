"""How connections to sources are encrypted."""

from __future__ import annotations

import ssl
from enum import Enum
from typing import Any


class Tls(Enum):
    """How the connection is encrypted; the values are libpq's names."""

    DISABLE = "disable"
    PREFER = "prefer"
    REQUIRE = "require"
    VERIFY_FULL = "verify-full"


class _NamedContext(ssl.SSLContext):
    """Proves the configured name, although the connection goes to an address."""

    proven_name: str

    def wrap_bio(
        self, incoming: Any, outgoing: Any, server_side: bool = False, server_hostname: Any = None, session: Any = None
    ) -> ssl.SSLObject:
        return super().wrap_bio(incoming, outgoing, server_side, self.proven_name, session)


def tls_context(tls: Tls, name: str) -> ssl.SSLContext | None:
    """The context by which the peer proves to be `name`, whatever address is connected to; None for no encryption."""
    if tls is Tls.DISABLE:
        return None
    context = _NamedContext(ssl.PROTOCOL_TLS_CLIENT)
    context.proven_name = name.rstrip(".")
    if tls is Tls.VERIFY_FULL:
        context.load_default_certs()
    else:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
