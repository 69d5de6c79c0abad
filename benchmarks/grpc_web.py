"""A gRPC-web client on a bare socket: what it measures is the server's time, not a client library's."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

TRAILERS = 0x80


class GrpcWebError(Exception):
    """The call ended with another status than OK."""


class GrpcWebConnection:
    """One keep-alive connection of HTTP/1.1, for one call at a time, as a browser holds six of."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
        self._reader = reader
        self._writer = writer
        self._host = host

    @classmethod
    @asynccontextmanager
    async def open(cls, address: str) -> AsyncIterator["GrpcWebConnection"]:
        host, _, port = address.rpartition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        try:
            yield cls(reader, writer, address)
        finally:
            writer.close()
            await writer.wait_closed()

    async def call(self, path: str, message: bytes, token: str = "") -> AsyncIterator[bytes]:
        """The messages as they come, to the end. Raises GrpcWebError if the status isn't OK."""
        body = struct.pack(">BI", 0, len(message)) + message
        lines = [
            f"POST {path} HTTP/1.1",
            f"host: {self._host}",
            "content-type: application/grpc-web+proto",
            f"content-length: {len(body)}",
            *([f"authorization: Bearer {token}"] if token else []),
        ]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        status, headers = await self._head()
        if "grpc-status" in headers and headers["grpc-status"] != "0":
            raise GrpcWebError(f"{path}: {status}, {headers['grpc-status']} {headers.get('grpc-message', '')}")
        buffer = bytearray()
        async for chunk in self._chunks(headers):
            buffer += chunk
            while len(buffer) >= 5 and len(buffer) >= (size := 5 + int.from_bytes(buffer[1:5], "big")):
                flags, content = buffer[0], bytes(buffer[5:size])
                del buffer[:size]
                if not flags & TRAILERS:
                    yield content
                elif b"grpc-status:0" not in content.replace(b" ", b""):
                    raise GrpcWebError(f"{path}: {content.decode(errors='replace')}")

    async def _head(self) -> tuple[str, dict[str, str]]:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        pairs = (line.partition(":") for line in head[1:] if line)
        return head[0], {name.lower(): value.strip() for name, _, value in pairs}

    async def _chunks(self, headers: dict[str, str]) -> AsyncIterator[bytes]:
        if headers.get("transfer-encoding") != "chunked":
            yield await self._reader.readexactly(int(headers.get("content-length", "0")))
            return
        while size := int(await self._reader.readuntil(b"\r\n"), 16):
            yield (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readuntil(b"\r\n")
