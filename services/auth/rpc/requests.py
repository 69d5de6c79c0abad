"""What an rpc's metadata says of the request."""

import ipaddress
from typing import Any
from urllib.parse import unquote

import grpc

from meshkit import identity
from meshkit.secrets import Secret
from services.auth.audit import LONGEST_USER_AGENT, Origin
from services.auth.errors import UserNotFound
from services.auth.mfa_ports import Person
from services.auth.rpc import cookies

EDGE = "edge"
FORWARDED_FOR = "x-forwarded-for"


def values(context: "grpc.aio.ServicerContext[Any, Any]", name: str) -> list[str]:
    """All values of one header, in order."""
    return [value for key, value in context.invocation_metadata() or () if key == name and isinstance(value, str)]


def address(context: "grpc.aio.ServicerContext[Any, Any]") -> str:
    """Where the request came from: by the edge's word for what came through the edge, else the peer's own address.

    The edge appends the address it sees to the header, so only the last entry is its word; what stands before is the
    client's.
    """
    if identity.peer() == EDGE and (forwarded := values(context, FORWARDED_FOR)):
        return forwarded[-1].rpartition(",")[2].strip()
    # ipv4:127.0.0.1:5000, ipv6:%5B::1%5D:5000
    host = unquote(context.peer()).partition(":")[2].rpartition(":")[0]
    return host.strip("[]")


def origin(context: "grpc.aio.ServicerContext[Any, Any]") -> Origin:
    """What the audit trail keeps of where a request came from; an address that is none is left out."""
    agent = " ".join(values(context, "user-agent"))[:LONGEST_USER_AGENT]
    try:
        # A zone names an interface of this machine and is no part of the address.
        return Origin(str(ipaddress.ip_address(address(context).partition("%")[0])), agent)
    except ValueError:
        return Origin(user_agent=agent)


def cookie(context: "grpc.aio.ServicerContext[Any, Any]", name: str) -> Secret:
    """A token that the browser keeps; empty if there is none."""
    return cookies.read(name, values(context, "cookie"))


def person(context: "grpc.aio.ServicerContext[Any, Any]") -> Person:
    """The caller, for what is a person's own. Raises UserNotFound for a job that nobody asked for."""
    caller = identity.caller()
    if caller.user_id is None:
        raise UserNotFound("")
    return Person(caller.organization_id, caller.user_id, origin(context))
