"""One outgoing call: what is sent with it, and its failures as MeshErrors."""

from collections.abc import AsyncIterator, Callable, Generator, Iterable
from typing import Any

import grpc

from meshkit.callers import current_caller
from meshkit.errors import from_rpc_error
from meshkit.telemetry import request_id


class Method:
    """A stub's method: adds deadline, token and request id, wraps the call."""

    def __init__(self, method: Any, wrap: Callable[[Any], Any], deadline: float | None) -> None:
        self._method = method
        self._wrap = wrap
        self._deadline = deadline

    def __call__(
        self,
        request: Any = None,
        *,
        timeout: float | None = None,
        metadata: Iterable[tuple[str, str | bytes]] | None = None,
        **more: Any,
    ) -> Any:
        sent = _metadata(tuple(metadata or ()))
        call = self._method(request, timeout=self._deadline if timeout is None else timeout, metadata=sent, **more)
        return self._wrap(call)


class FailureTelling:
    """A call awaited for its one reply; everything but awaiting is grpc's."""

    def __init__(self, call: Any) -> None:
        self._call = call

    def __await__(self) -> Generator[Any, None, Any]:
        try:
            return (yield from self._call.__await__())
        except grpc.aio.AioRpcError as error:
            raise from_rpc_error(error) from error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._call, name)


class Stream:
    """A call that is read message by message; leave it by `meshkit.channel.stream`, which cancels it."""

    def __init__(self, call: Any) -> None:
        self._call = call

    async def __aiter__(self) -> AsyncIterator[Any]:
        try:
            async for message in self._call:
                yield message
        except grpc.aio.AioRpcError as error:
            raise from_rpc_error(error) from error

    async def read(self) -> Any:
        try:
            return await self._call.read()
        except grpc.aio.AioRpcError as error:
            raise from_rpc_error(error) from error

    async def write(self, message: Any) -> None:
        try:
            await self._call.write(message)
        except grpc.aio.AioRpcError as error:
            raise from_rpc_error(error) from error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._call, name)


def _metadata(given: tuple[tuple[str, str | bytes], ...]) -> tuple[tuple[str, str | bytes], ...]:
    names = {key for key, _ in given}
    caller, request = current_caller(), request_id()
    if caller is not None and "authorization" not in names:
        given += (("authorization", f"Bearer {caller.token.reveal()}"),)
    if request and "x-request-id" not in names:
        given += (("x-request-id", request),)
    return given
