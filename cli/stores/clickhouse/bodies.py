"""What a client sends, kept on disk while it is larger than a little, unpacked as it comes and counted."""

import errno
import shutil
import tempfile
import zlib
from collections.abc import AsyncIterator, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import IO, Protocol

from cli.stores.clickhouse.errors import CANNOT_DECOMPRESS, LIMIT_EXCEEDED, NOT_ENOUGH_SPACE, NOT_IMPLEMENTED, Refused

IN_MEMORY = 4 << 20
CHUNK = 1 << 20
# Of what is unpacked from one chunk: a small body that unpacks to much is stopped by its size, step by step.
STEP = 4 << 20
# Of the disk, that stays free of what is inserted: merges and the engine's own books need room too.
RESERVE = 64 << 20


class Unpacking(Protocol):
    """Incremental decompression, `at_most` bytes a call; b"" takes what is left over."""

    def unpack(self, data: bytes, at_most: int) -> bytes: ...
    def ended(self) -> bool: ...


class Spool:
    """A body: written once, then read from any place. Its file has no name."""

    def __init__(self, folder: Path, limit: int, over: Refused, reserve: int = RESERVE) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(folder))  # noqa: SIM115
        self._folder = folder
        self._reserve = reserve
        self._limit = limit
        self._over = over
        self.size = 0

    def write(self, data: bytes) -> None:
        """Raises:
        Refused: the body is too large, or the disk is full.
        """
        self.size += len(data)
        if self.size > self._limit:
            raise self._over
        try:
            self._file.write(data)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise no_room() from None
            raise

    def check_room(self) -> None:
        """For rows that are to be inserted. The engine itself can't be trusted with it: chdb 4.4 says of an insert that
        found the disk full that all was written, and keeps nothing.

        Raises:
            Refused: the disk may not hold them.
        """
        if shutil.disk_usage(self._folder).free < 2 * self.size + self._reserve:
            raise no_room()

    def head(self, size: int) -> bytes:
        """The first bytes."""
        self._file.seek(0)
        return self._file.read(size)

    def chunks(self, start: int = 0) -> Iterator[bytes]:
        """The bytes from `start` on."""
        self._file.seek(start)
        while chunk := self._file.read(CHUNK):
            yield chunk

    def close(self) -> None:
        self._file.close()


def too_large() -> Refused:
    return Refused(LIMIT_EXCEEDED, "LIMIT_EXCEEDED", "The body is too large.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def no_room() -> Refused:
    return Refused(NOT_ENOUGH_SPACE, "NOT_ENOUGH_SPACE", "There is not enough space on the disk.")


async def receive(chunks: AsyncIterator[bytes], encoding: str, spool: Spool) -> None:
    """Fills the spool.

    Raises:
        Refused: too large, or not packed as it says.
    """
    unpacking, given = _unpacking(encoding), False
    async for chunk in chunks:
        given = given or bool(chunk)
        if unpacking is None:
            spool.write(chunk)
            continue
        while True:
            try:
                data = unpacking.unpack(chunk, STEP)
            except (zlib.error, RuntimeError, EOFError, ValueError):
                raise _broken() from None
            spool.write(data)
            chunk = b""
            if len(data) < STEP:
                break
    if unpacking is not None and given and not unpacking.ended():
        raise _broken()


def _unpacking(encoding: str) -> Unpacking | None:
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip":
            return _Zlib(zlib.MAX_WBITS | 16)
        case "deflate":
            return _Zlib(zlib.MAX_WBITS)
        case "lz4":
            return _Lz4()
        case "zstd":
            return _Zstd()
    raise Refused(NOT_IMPLEMENTED, "NOT_IMPLEMENTED", "Content-Encoding can be identity, gzip, deflate, lz4 or zstd.")


def _broken() -> Refused:
    return Refused(CANNOT_DECOMPRESS, "CANNOT_DECOMPRESS", "The body is not packed as its Content-Encoding says.")


class _Zlib:
    def __init__(self, window: int) -> None:
        self._stream = zlib.decompressobj(window)

    def unpack(self, data: bytes, at_most: int) -> bytes:
        return self._stream.decompress(self._stream.unconsumed_tail + data, at_most)

    def ended(self) -> bool:
        return self._stream.eof


class _Lz4:
    """Frames, one after another: clients pack each block by itself."""

    def __init__(self) -> None:
        import lz4.frame

        self._new = lz4.frame.LZ4FrameDecompressor
        self._stream = self._new()

    def unpack(self, data: bytes, at_most: int) -> bytes:
        if self._stream.eof:
            data = (self._stream.unused_data or b"") + data
            if not data:
                return b""
            self._stream = self._new()
        out: bytes = self._stream.decompress(data, max_length=at_most)
        while self._stream.eof and self._stream.unused_data and len(out) < at_most:
            rest = self._stream.unused_data
            self._stream = self._new()
            out += self._stream.decompress(rest, max_length=at_most - len(out))
        return out

    def ended(self) -> bool:
        return bool(self._stream.eof)


class _Zstd:
    def __init__(self) -> None:
        from backports import zstd

        self._new = zstd.ZstdDecompressor
        self._stream = self._new()
        self._error = zstd.ZstdError

    def unpack(self, data: bytes, at_most: int) -> bytes:
        try:
            return self._unpack(data, at_most)
        except self._error:
            raise ValueError("not zstd") from None

    def _unpack(self, data: bytes, at_most: int) -> bytes:
        if self._stream.eof:
            data = self._stream.unused_data + data
            if not data:
                return b""
            self._stream = self._new()
        out = self._stream.decompress(data, at_most)
        while self._stream.eof and self._stream.unused_data and len(out) < at_most:
            rest = self._stream.unused_data
            self._stream = self._new()
            out += self._stream.decompress(rest, at_most - len(out))
        return out

    def ended(self) -> bool:
        return self._stream.eof
