"""Who calls and whether they may: the token first, then the peer's certificate, then the permission.

Nothing but the authorization header and the TLS handshake is read: no other header says who somebody is.
"""

import re
from collections.abc import Mapping
from typing import Any

from infinure.error.v1 import access_pb2

from meshkit.callers import Caller, entered_by
from meshkit.errors import PermissionDenied, Unauthenticated
from meshkit.interceptors.call import EDGE, Call, Proceed
from meshkit.tokens import ACCEPTED, TokenVerifier

KEY = "authorization"
_BEARER = re.compile(r"bearer ([^\s]+)", re.IGNORECASE)
# Tokens made for use inside the mesh must not work from outside it.
_FROM_OUTSIDE = frozenset({"access"})


class Identity:
    """Enforces each rpc's access option. With `trust` None (no TLS) peers aren't known and aren't checked."""

    def __init__(self, verifier: TokenVerifier | None, trust: "Trust | None") -> None:
        self._verifier = verifier
        self._trust = trust

    async def __call__(self, call: Call, proceed: Proceed) -> Any:
        access = call.method.access
        service = self._trust.service(call.context.auth_context()) if self._trust else ""
        caller: Caller | None = None
        if access.authentication == access_pb2.AUTHENTICATION_USER:
            caller = await self._caller(call, _FROM_OUTSIDE if service == EDGE else ACCEPTED)
        if self._trust and (not service or (access.peers is not None and service not in access.peers)):
            raise PermissionDenied("this process may not call this rpc", reason="PEER_NOT_ALLOWED")
        if access.permission and (caller is None or access.permission not in caller.permissions):
            name = _permission(access.permission)
            raise PermissionDenied("your role doesn't allow this", reason="PERMISSION_MISSING", permission=name)
        entered_by(caller, service)
        return await proceed(call)

    async def _caller(self, call: Call, types: frozenset[str]) -> Caller:
        found = [value for key, value in call.context.invocation_metadata() or () if key == KEY]
        if not found:
            raise Unauthenticated("a bearer token is needed", reason="TOKEN_MISSING")
        match = _BEARER.fullmatch(str(found[0]))
        if len(found) > 1 or match is None:
            raise Unauthenticated("the authorization header must be one bearer token", reason="TOKEN_MALFORMED")
        if self._verifier is None:
            raise RuntimeError("a server without a token verifier took an rpc that needs a token")
        return await self._verifier.verify(match[1], types)


def _permission(number: int) -> str:
    values = access_pb2.Permission.DESCRIPTOR.values_by_number
    return values[number].name.removeprefix("PERMISSION_")


class Trust:
    """Reads a service's name from a certificate's SPIFFE id, of this trust domain and namespace alone."""

    def __init__(self, trust_domain: str, namespace: str) -> None:
        self._prefix = f"spiffe://{trust_domain}/ns/{namespace}/sa/"

    def service(self, auth_context: Mapping[str, Any]) -> str:
        """The peer's name; "" if its certificate has no id of ours, or more than one."""
        ids = list(auth_context.get("peer_spiffe_id") or ())
        if len(ids) != 1:
            return ""
        name: str = ids[0].decode(errors="replace").removeprefix(self._prefix)
        return "" if "/" in name else name
