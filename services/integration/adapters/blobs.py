"""Where uploaded files are kept: a folder, or a bucket of S3 or MinIO."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path, PurePosixPath

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from meshkit.errors import Unavailable
from services.integration.errors import StorageFull

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_PIECE_BYTES = 4 * 1024 * 1024


class Staging:
    """A folder for files on their way; each is gone when its block is left, unless a store adopted it.

    `reserve_bytes` of the disk stay free, for the stores that share it.
    """

    def __init__(self, folder: Path, reserve_bytes: int) -> None:
        self._folder = folder
        self._reserve_bytes = reserve_bytes

    def clear(self) -> None:
        """Forget what an earlier process left; for its start."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(mode=0o700, parents=True)

    @asynccontextmanager
    async def folder(self, name: str) -> AsyncIterator[Path]:
        """A new empty folder, removed at the end. A disk that gets full in the block is StorageFull."""
        await asyncio.to_thread(self.check_room)
        made = self._folder / name
        made.mkdir(mode=0o700)
        try:
            with told_full():
                yield made
        finally:
            await asyncio.shield(asyncio.to_thread(shutil.rmtree, made, ignore_errors=True))

    def check_room(self, more_bytes: int = 0) -> None:
        """Raises StorageFull if `more_bytes` would leave less than the reserve."""
        if shutil.disk_usage(self._folder).free - more_bytes < self._reserve_bytes:
            raise StorageFull


class FolderBlobs:
    """The port BlobStore over a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def adopt(self, key: str, file: Path) -> None:
        await asyncio.to_thread(self._adopt, self._path(key), file)

    def _adopt(self, target: Path, file: Path) -> None:
        with told_full():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if file.stat().st_dev != target.parent.stat().st_dev:  # a file appears whole on another file system too
                part = target.with_name(f"{target.name}.part")
                shutil.move(file, part)
                file = part
            _synced(file)
            os.replace(file, target)
            _synced(target.parent)

    @asynccontextmanager
    async def local(self, keys: Sequence[str]) -> AsyncIterator[list[Path]]:
        yield [self._path(key) for key in keys]

    async def delete_folder(self, prefix: str, keep: str = "") -> None:
        await asyncio.to_thread(_remove, self._path(prefix), self._path(keep) if keep else None)

    def _path(self, key: str) -> Path:
        parts = PurePosixPath(key).parts
        if not parts or any(part in ("/", "..", ".") for part in parts):
            raise ValueError("a key is a relative path")
        return self._root.joinpath(*parts)


class S3Blobs:
    """The port BlobStore over a bucket. Files in use are kept in a local folder of at most about `cache_bytes`."""

    def __init__(self, store: S3Store, cache: Path, cache_bytes: int) -> None:
        self._store = store
        self._cache = FolderBlobs(cache)
        self._folder = cache
        self._cache_bytes = cache_bytes
        self._kept: OrderedDict[str, int] = OrderedDict()  # by last use
        self._users: dict[str, int] = {}
        self._fetching: dict[str, asyncio.Lock] = {}

    def clear(self) -> None:
        """Forget what an earlier process left; for its start."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(mode=0o700, parents=True)

    async def adopt(self, key: str, file: Path) -> None:
        with told_unreachable():
            await obstore.put_async(self._store, key, file)
        file.unlink()

    @asynccontextmanager
    async def local(self, keys: Sequence[str]) -> AsyncIterator[list[Path]]:
        async with AsyncExitStack() as used:
            for key in keys:
                used.callback(self._release, key)
                self._users[key] = self._users.get(key, 0) + 1
                await self._fetch(key)
            await self._evict()
            async with self._cache.local(keys) as paths:
                yield paths

    async def delete_folder(self, prefix: str, keep: str = "") -> None:
        with told_unreachable():
            async for page in obstore.list(self._store, prefix):
                gone = [found["path"] for found in page if not keep or not found["path"].startswith(f"{keep}/")]
                if gone:
                    await obstore.delete_async(self._store, gone)
        await self._cache.delete_folder(prefix, keep)
        for key in [key for key in self._kept if key.startswith(prefix) and not (keep and key.startswith(keep))]:
            del self._kept[key]

    async def _fetch(self, key: str) -> None:
        lock = self._fetching.setdefault(key, asyncio.Lock())
        async with lock, self._cache.local([key]) as (path,):
            if not path.exists():
                part = path.with_name(f"{path.name}.part")
                part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with told_unreachable(), told_full(), part.open("wb") as target:
                    found = await obstore.get_async(self._store, key)
                    async for piece in found.stream(min_chunk_size=_PIECE_BYTES):
                        await asyncio.to_thread(target.write, piece)
                os.replace(part, path)
            self._kept[key] = path.stat().st_size
            self._kept.move_to_end(key)

    async def _evict(self) -> None:
        for key in list(self._kept):
            if sum(self._kept.values()) <= self._cache_bytes:
                return
            if not self._users.get(key):
                del self._kept[key]
                async with self._cache.local([key]) as (path,):
                    await asyncio.to_thread(path.unlink, missing_ok=True)

    def _release(self, key: str) -> None:
        self._users[key] -= 1
        if not self._users[key]:
            del self._users[key]
            self._fetching.pop(key, None)


class told_full:
    """A disk without room is StorageFull."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError) and error.errno in _FULL:
            raise StorageFull from None


class told_unreachable:
    """A bucket that fails us is SERVICE_UNAVAILABLE; its own words may name credentials and are cut off."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, BaseError | FileNotFoundError):
            raise Unavailable("the store of files can't be reached now: try again") from None


def _synced(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(folder: Path, keep: Path | None) -> None:
    if keep is None or not keep.is_relative_to(folder):
        shutil.rmtree(folder, ignore_errors=True)
        return
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry == keep:
            continue
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
