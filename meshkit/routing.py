"""From generated servicers to grpc handlers with the interceptors around them, wired once, when the server starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Any

import grpc
from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from google.protobuf.message_factory import GetMessageClass
from infinure.error.v1 import access_pb2

from meshkit import outgoing
from meshkit.errors import Unimplemented
from meshkit.interceptors.call import MESH_ONLY, Access, Call, Interceptor, Method, Proceed, method_of
from meshkit.interceptors.decoding import decoder
from meshkit.interceptors.validation import Validation


@dataclass(frozen=True)
class Servicer:
    """A service to serve: its generated `add_XServicer_to_server`, an implementation, and its descriptor."""

    add: Callable[[Any, Any], None]
    implementation: object
    descriptor: ServiceDescriptor
    # Given for services that aren't ours and so declare no access of their own.
    access: Access | None = None


class Router(grpc.GenericRpcHandler):
    """All rpcs of a server by path; an unknown path gets an answer of the same kind as every other refusal."""

    def __init__(self, interceptors: Sequence[Interceptor], validation: Validation) -> None:
        self._interceptors = tuple(interceptors)
        self._validation = validation
        self._handlers: dict[str, grpc.RpcMethodHandler[Any, Any]] = {}
        self.needs_tokens = False
        self._unknown = _handler(True, True, self._around(Method("unknown", MESH_ONLY), _no_such_method, before=3))

    def add(self, servicer: Servicer) -> None:
        """Raises UndeclaredAccess if one of the service's rpcs doesn't say who may call it."""
        servicer.add(servicer.implementation, _Collector(self, servicer))

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[Any, Any]:
        return self._handlers.get(str(handler_call_details.method), self._unknown)

    def register(self, servicer: Servicer, handlers: Mapping[str, grpc.RpcMethodHandler[Any, Any]]) -> None:
        for name, handler in handlers.items():
            descriptor = servicer.descriptor.methods_by_name[name]
            method = _method(descriptor, servicer.access)
            self.needs_tokens |= method.access.authentication == access_pb2.AUTHENTICATION_USER
            request = GetMessageClass(descriptor.input_type)
            self._validation.prepare(request)
            self._handlers[f"/{method.name}"] = _handler(
                bool(handler.request_streaming),
                bool(handler.response_streaming),
                self._around(method, _body(handler)),
                decoder(request),
                handler.response_serializer,
            )

    def _around(self, method: Method, body: Proceed, before: int | None = None) -> Callable[[Any, Any], Any]:
        """The handler that grpc calls: the interceptors (all, or the first `before`), the body innermost."""
        proceed = body
        for interceptor in reversed(self._interceptors[:before]):
            proceed = partial(_step, interceptor, proceed)

        async def handle(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> Any:
            return await proceed(Call(method, context, request))

        return handle


class _Collector:
    """Stands in for the server in `add_XServicer_to_server`, to see the handlers that it makes."""

    def __init__(self, router: Router, servicer: Servicer) -> None:
        self._router = router
        self._servicer = servicer

    def add_generic_rpc_handlers(self, handlers: Iterable[grpc.GenericRpcHandler]) -> None:
        """The same handlers come once more, named, by the call below."""

    def add_registered_method_handlers(
        self, service_name: str, method_handlers: Mapping[str, grpc.RpcMethodHandler[Any, Any]]
    ) -> None:
        if service_name != self._servicer.descriptor.full_name:
            raise ValueError(f"{service_name} was added with the descriptor of {self._servicer.descriptor.full_name}")
        self._router.register(self._servicer, method_handlers)


def _method(descriptor: MethodDescriptor, access: Access | None) -> Method:
    if access is not None:
        return Method(f"{descriptor.containing_service.full_name}/{descriptor.name}", access)
    return method_of(descriptor)


async def _step(interceptor: Interceptor, proceed: Proceed, call: Call) -> Any:
    return await interceptor(call, proceed)


def _body(handler: grpc.RpcMethodHandler[Any, Any]) -> Proceed:
    """The servicer's own method. A stream is written out here, and its generator closed however the call ends."""
    behavior: Any = handler.unary_unary or handler.unary_stream or handler.stream_unary or handler.stream_stream
    if not handler.response_streaming:

        async def reply(call: Call) -> Any:
            return await behavior(call.request, call.context)

        return reply

    async def stream(call: Call) -> None:
        responses = behavior(call.request, call.context)
        if not hasattr(responses, "__aiter__"):  # a handler that writes to the context itself
            await responses
            return
        async with aclosing(responses):
            async for response in responses:
                await outgoing.write(call.context, response)

    return stream


async def _no_such_method(_call: Call) -> None:
    raise Unimplemented("there is no such rpc")


def _handler(
    request_streaming: bool,
    response_streaming: bool,
    handle: Callable[[Any, Any], Any],
    decode: Callable[[bytes], Any] | None = None,
    encode: Callable[[Any], bytes] | None = None,
) -> grpc.RpcMethodHandler[Any, Any]:
    kinds = {
        (False, False): grpc.unary_unary_rpc_method_handler,
        (False, True): grpc.unary_stream_rpc_method_handler,
        (True, False): grpc.stream_unary_rpc_method_handler,
        (True, True): grpc.stream_stream_rpc_method_handler,
    }
    made: grpc.RpcMethodHandler[Any, Any] = kinds[request_streaming, response_streaming](handle, decode, encode)
    return made
