"""asyncmy, held to what a server that isn't ours may do: its own ways trust whoever answers.

It would offer several statements in one text, send a password in the clear to whoever asks for it, speak TLS to a
server that offered none, and read as fast as the server sends however large its own buffer grows.
"""

from __future__ import annotations

from typing import Any

from asyncmy import connection
from asyncmy.constants import CLIENT, FIELD_TYPE

from services.integration.executors.errors import CredentialsRejected, TlsFailed, TooLarge

# A packet is one row; what is longer comes in pieces of this size, and would be kept until it is whole.
_PIECE_BYTES = 2**24 - 1
_IN_THE_CLEAR = (b"mysql_clear_password", b"dialog", b"mysql_old_password")

# Everything else stays the bytes that the server sent: Arrow reads them without an object for each value.
_DECODERS = {
    FIELD_TYPE.TINY: int,
    FIELD_TYPE.SHORT: int,
    FIELD_TYPE.LONG: int,
    FIELD_TYPE.LONGLONG: int,
    FIELD_TYPE.INT24: int,
    FIELD_TYPE.YEAR: int,
    FIELD_TYPE.FLOAT: float,
    FIELD_TYPE.DOUBLE: float,
}


# Its stubs leave out what it inherits from compiled classes.
_Connection: Any = connection.Connection


class Driver(_Connection):  # type: ignore[misc]
    """One connection; `connect` opens it. Raises whatever the driver raises, and TlsFailed, CredentialsRejected."""

    _ssl_context: Any

    def __init__(self, *, password: str, tls_required: bool, **settings: Any) -> None:
        super().__init__(
            charset="utf8mb4",
            use_unicode=False,
            conv=_DECODERS,
            local_infile=False,
            autocommit=None,
            program_name="infinure",
            **settings,
        )
        self._client_flag &= ~(CLIENT.MULTI_STATEMENTS | CLIENT.LOCAL_FILES)
        # asyncmy would encode it as latin1, which the server doesn't expect.
        self._password = password.encode()
        self._connect_timeout = None  # whoever connects bounds the whole; a wait_for of its own may lose a cancellation
        self._tls_required = tls_required
        self.received = 0

    async def _get_server_information(self) -> None:
        await super()._get_server_information()
        if self._ssl_context is not None and not self.server_capabilities & CLIENT.SSL:
            if self._tls_required:
                raise TlsFailed("")
            self._ssl_context = None
            self._client_flag &= ~CLIENT.SSL

    async def _process_auth(self, plugin_name: bytes, auth_packet: Any) -> Any:
        if bytes(plugin_name).rstrip(b"\0") in _IN_THE_CLEAR and not self._secure:
            raise CredentialsRejected("")
        return await super()._process_auth(plugin_name, auth_packet)

    async def _fill_buffer(self, need: int) -> None:
        if need >= _PIECE_BYTES:
            raise TooLarge("A single row of the result is larger than can be sent: leave out long texts.")
        before = self._waiting()
        self._reading(True)
        try:
            await super()._fill_buffer(need)
        finally:
            self._reading(False)
            self.received += self._waiting() - before

    def _waiting(self) -> int:
        return self._proto.length - self._proto.pos if self._proto else 0

    def _reading(self, on: bool) -> None:
        if self._transport is not None and not self._transport.is_closing():
            (self._transport.resume_reading if on else self._transport.pause_reading)()

    @property
    def broken(self) -> bool:
        return not self._connected or bool(self._stream_broken)

    def abort(self) -> None:
        """Close without waiting for what is still to be written."""
        transport = self._transport
        self.close()
        if transport is not None:
            transport.abort()
