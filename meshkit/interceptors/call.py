"""What an interceptor sees: the method's rule and the running call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

import grpc
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from infinure.error.v1 import access_pb2

# The name by which the edge's certificate calls.
EDGE = "edge"


@dataclass(frozen=True)
class Access:
    """Who may call. `peers` are mTLS names; None lets in any certificate of the mesh."""

    authentication: int
    permission: int
    peers: frozenset[str] | None


MESH_ONLY = Access(access_pb2.AUTHENTICATION_MESH, access_pb2.PERMISSION_UNSPECIFIED, None)


@dataclass(frozen=True)
class Method:
    """One rpc as it is served. `name` is "infinure.chat.v1.ChatService/SendMessage", for logs and metrics."""

    name: str
    access: Access


@dataclass(slots=True)
class Call:
    """One running rpc. `request` is a message, an Undecodable, or an iterator of these; `code` is how it ended."""

    method: Method
    context: grpc.aio.ServicerContext[Any, Any]
    request: Any
    code: str = "OK"


Proceed = Callable[[Call], Awaitable[Any]]


class Interceptor(Protocol):
    """Work around a call. The reply of a unary rpc is returned; a stream's messages go out inside `proceed`."""

    async def __call__(self, call: Call, proceed: Proceed) -> Any: ...


class UndeclaredAccess(Exception):
    """An rpc says nothing of who may call it; such a server must not start."""


def method_of(descriptor: MethodDescriptor) -> Method:
    """The method with the rule that its `(infinure.error.v1.access)` option declares."""
    service: ServiceDescriptor = descriptor.containing_service
    name = f"{service.full_name}/{descriptor.name}"
    options = descriptor.GetOptions()
    if not options.HasExtension(access_pb2.access):
        raise UndeclaredAccess(f"{name} has no access option")
    declared = options.Extensions[access_pb2.access]
    if declared.authentication == access_pb2.AUTHENTICATION_UNSPECIFIED:
        raise UndeclaredAccess(f"{name} doesn't say what its caller must prove")
    peers = frozenset(declared.callers) | (frozenset({EDGE}) if declared.edge else frozenset())
    return Method(name, Access(declared.authentication, declared.permission, peers))
