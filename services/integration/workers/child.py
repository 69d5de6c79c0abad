"""Inside a worker: wait for the work, shut the door, do it, say how it went, end."""

from __future__ import annotations

import os
import socket
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import Any

from services.integration.workers.confinement import Confinement
from services.integration.workers.errors import Refused
from services.integration.workers.frames import HEADER, Kind, decode, encode, header, parse_header

Messages = Iterable[Any]


class ParentGone(Exception):
    """Nobody listens any more."""


class Channel:
    """The worker's end of its socket. A reader who doesn't read holds the writing up."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection

    def receive(self) -> dict[str, Any]:
        """The next document from the parent. Raises ParentGone at its end."""
        _, length = parse_header(self._exactly(HEADER.size))
        return decode(self._exactly(length))

    def send(self, kind: Kind, body: bytes | memoryview = b"") -> None:
        try:
            self._socket.sendall(header(kind, len(body)))
            if body:
                self._socket.sendall(body)
        except OSError:
            raise ParentGone from None

    def answer(self, messages: Messages) -> None:
        """Each message as it comes."""
        for message in messages:
            if isinstance(message, dict):
                self.send(Kind.JSON, encode(message))
            else:
                self.send(Kind.ARROW, _ipc(message))

    def _exactly(self, length: int) -> bytes:
        data = bytearray(length)
        view = memoryview(data)
        while view:
            received = self._socket.recv_into(view)
            if not received:
                raise ParentGone
            view = view[received:]
        return bytes(data)


def warm_up() -> None:
    """What the first message costs, once and not in each worker: libraries look for others when they are first used."""
    import pyarrow as pa

    _ipc(pa.record_batch({"n": pa.array([0])}))
    encode({})


def main(connection: socket.socket, confinement: Confinement) -> None:
    """Never returns."""
    channel = Channel(connection)
    try:
        _work(channel, confinement)
    except ParentGone:
        os._exit(0)
    except MemoryError:
        _last_words(channel, {"reason": "memory"})
    except BaseException as error:
        _last_words(channel, {"reason": "crash", "detail": _where(error)})
    os._exit(0)


def _work(channel: Channel, confinement: Confinement) -> None:
    work = channel.receive()
    function = _function(work["function"])
    try:
        confinement.close(
            work["readable"],
            work["writable"],
            address_space_bytes=work["address_space_bytes"],
            cpu_seconds=work["cpu_seconds"],
            file_bytes=work["file_bytes"],
        )
    except FileNotFoundError:
        return _refuse(channel, Refused("missing", "A file of this work is no longer there."))
    channel.send(Kind.STARTED)
    try:
        made = function(work["arguments"])
        if callable(made):
            _converse(channel, made)
        else:
            channel.answer(made)
            channel.send(Kind.DONE)
    except Refused as refusal:
        _refuse(channel, refusal)


def _converse(channel: Channel, reply: Callable[[dict[str, Any]], Messages]) -> None:
    while True:
        request = channel.receive()
        try:
            channel.answer(reply(request))
        except Refused as refusal:
            _refuse(channel, refusal)
        else:
            channel.send(Kind.ANSWERED)


def _function(named: str) -> Callable[[dict[str, Any]], Any]:
    """Only of a module that is here already: what to import is not the parent's to say so late."""
    module, _, name = named.partition(":")
    found: Callable[[dict[str, Any]], Any] = getattr(sys.modules[module], name)
    return found


def _ipc(batch: Any) -> memoryview:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return memoryview(sink.getvalue())


def _refuse(channel: Channel, refusal: Refused) -> None:
    channel.send(Kind.REFUSED, encode({"kind": refusal.kind, "text": refusal.text, "details": refusal.details}))


def _last_words(channel: Channel, document: dict[str, Any]) -> None:
    try:
        channel.send(Kind.BROKEN, encode(document))
    except (ParentGone, MemoryError):
        os._exit(1)


def _where(error: BaseException) -> str:
    """The kind of error and the places in our code, without its text, which may quote data."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(f"{os.path.basename(frame.filename)}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places}"
