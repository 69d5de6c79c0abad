"""Files on their way to become sources: received, read, shown, and forgotten when nobody takes them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from meshkit.errors import FieldViolation, InvalidArgument, MeshError
from meshkit.identity import Caller
from meshkit.ids import new_id
from meshkit.paging import PageTokens
from services.integration.errors import (
    UploadEmpty,
    UploadInterrupted,
    UploadKindsMixed,
    UploadNotPrepared,
    UploadTooLarge,
)
from services.integration.files.model import SQLITE_NAME, FileFormat, PreparedFile, Reading
from services.integration.model import FilesConfiguration, StoredTable, Upload, UploadState
from services.integration.ports import BlobStore, FilePreparer, StagingArea, UploadLimits, UploadStore
from services.integration.progress import Progress

DEFAULT_PAGE = 25
LISTING = "uploads"
# Written to disk at once; each write is a hop to a thread.
WRITE_BYTES = 1024 * 1024
IDLE_SECONDS = 60.0

log = logging.getLogger(__name__)


class Uploads:
    """The use cases of uploads."""

    def __init__(
        self,
        store: UploadStore,
        blobs: BlobStore,
        staging: StagingArea,
        preparer: FilePreparer,
        page_tokens: PageTokens,
        *,
        limits: UploadLimits,
        clock: Callable[[], datetime],
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._store = store
        self._blobs = blobs
        self._staging = staging
        self._preparer = preparer
        self._page_tokens = page_tokens
        self._limits = limits
        self._clock = clock
        self._idle_seconds = idle_seconds

    async def receive(self, caller: Caller, file_name: str, pieces: AsyncIterator[bytes]) -> Upload:
        """Keep a file, whole or not at all; a caller who leaves leaves nothing behind."""
        now = self._clock()
        upload = Upload(
            organization_id=caller.organization_id,
            id=new_id(),
            user_id=caller.user_id,
            file_name=checked_name(file_name),
            byte_count=0,
            create_time=now,
            expire_time=now + timedelta(hours=self._limits.hours),
        )
        await self._store.begin(upload, self._limits)
        try:
            async with self._staging.folder(str(upload.id)) as folder:
                size = await self._write(folder / "original", pieces)
                await self._blobs.adopt(upload.original, folder / "original")
                upload = replace(upload, byte_count=size)
                await self._store.received(upload)
        except BaseException:
            await asyncio.shield(self._drop(upload))
            raise
        log.info("file received", extra={"upload_id": str(upload.id), "bytes": upload.byte_count})
        return upload

    async def prepare(
        self, caller: Caller, upload_id: UUID, reading: Reading
    ) -> AsyncGenerator[Progress | Upload, None]:
        """Read the file as asked, and keep what was read beside it; last comes the upload."""
        upload = await self._store.get(caller.organization_id, caller.user_id, upload_id)
        name = str(new_id())
        folder = f"{upload.home}/{name}"
        async with self._staging.folder(name) as out, self._blobs.local([upload.original]) as paths:
            prepared: PreparedFile | None = None
            try:
                async for step in self._preparer.prepare(paths[0], upload.file_name, reading, out):
                    if isinstance(step, PreparedFile):
                        prepared = step
                    else:
                        yield step
            except MeshError:
                # A file that was removed under its reader is no damaged one.
                await self._store.get(caller.organization_id, caller.user_id, upload_id)
                raise
            assert prepared is not None  # the preparer's last word, or it has raised
            yield Progress("storing", 0.99)
            try:
                for file in _files(prepared):
                    await self._blobs.adopt(f"{folder}/{file}", out / file)
                upload = replace(upload, prepared=prepared, folder=folder)
                await self._store.prepared(upload)
            except BaseException:
                await asyncio.shield(self._blobs.delete_folder(folder))
                raise
        yield upload

    async def get(self, caller: Caller, upload_id: UUID) -> Upload:
        """Raises UploadNotFound."""
        return await self._store.get(caller.organization_id, caller.user_id, upload_id)

    async def list(self, caller: Caller, page_size: int, page_token: str) -> tuple[list[Upload], str]:
        """A page of the caller's uploads, newest first, and the token of the next; "" after the last."""
        size = page_size or DEFAULT_PAGE
        sealed = self._page_tokens.open(page_token, listing=LISTING, caller=caller)
        after = (datetime.fromisoformat(str(sealed["time"])), UUID(str(sealed["id"]))) if sealed else None
        found = list(await self._store.page(caller.organization_id, caller.user_id, after, size + 1))
        token = ""
        if len(found) > size:
            found = found[:size]
            position = {"time": found[-1].create_time.isoformat(), "id": str(found[-1].id)}
            token = self._page_tokens.seal(position, listing=LISTING, caller=caller)
        return found, token

    async def remove(self, caller: Caller, upload_id: UUID) -> None:
        """Raises UploadNotFound."""
        await self._store.discard(caller.organization_id, caller.user_id, upload_id)

    async def configuration(self, caller: Caller, upload_ids: tuple[UUID, ...]) -> FilesConfiguration:
        """The source that these uploads make. Raises UploadNotFound, UploadNotPrepared, UploadKindsMixed."""
        uploads = [await self.get(caller, upload_id) for upload_id in upload_ids]
        for upload in uploads:
            if upload.prepared is None:
                raise UploadNotPrepared(upload.id)
        return source_of(uploads)

    async def tidy(self, organization_id: UUID, upload_id: UUID) -> None:
        """Delete what nobody needs of an upload: all of one that is over, the original of one that became a source.

        Safe to run twice, and at any time.
        """
        state, upload = await self._store.state(organization_id, upload_id)
        if upload is None:
            return
        if state is UploadState.TAKEN:
            await self._blobs.delete_folder(upload.home, keep=upload.folder)
        elif state is UploadState.DISCARDED or upload.expire_time <= self._clock():
            await self._drop(upload)

    async def _write(self, target: Path, pieces: AsyncIterator[bytes]) -> int:
        size, waiting = 0, bytearray()
        with await asyncio.to_thread(target.open, "wb") as file:
            async for piece in self._in_time(pieces):
                size += len(piece)
                if size > self._limits.file_bytes:
                    raise UploadTooLarge(self._limits.file_bytes)
                waiting += piece
                if len(waiting) >= WRITE_BYTES:
                    self._staging.check_room(len(waiting))
                    await asyncio.to_thread(file.write, bytes(waiting))
                    waiting.clear()
            await asyncio.to_thread(file.write, bytes(waiting))
        if not size:
            raise UploadEmpty
        return size

    async def _in_time(self, pieces: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
        while True:
            try:
                async with asyncio.timeout(self._idle_seconds):
                    piece = await anext(pieces)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise UploadInterrupted from None
            yield piece

    async def _drop(self, upload: Upload) -> None:
        await self._blobs.delete_folder(upload.home)
        await self._store.forget(upload.organization_id, upload.id)


def checked_name(name: str) -> str:
    """The name of a file without any folder. Raises InvalidArgument."""
    bare = name.strip()
    if not bare or bare in (".", "..") or any(c in "/\\" or ord(c) < 32 or ord(c) == 127 for c in bare):
        wrong = FieldViolation("name", "must be a file's name, without a folder and without control characters")
        raise InvalidArgument("the file's name is not valid", violations=[wrong])
    return bare


def source_of(uploads: list[Upload]) -> FilesConfiguration:
    """Their tables as one source; of two tables of one name the later gets a number."""
    databases = [upload for upload in uploads if upload.prepared and upload.prepared.format is FileFormat.SQLITE]
    if databases and len(uploads) > 1:
        raise UploadKindsMixed
    tables: dict[str, StoredTable] = {}
    for upload in uploads:
        assert upload.prepared is not None  # who calls has looked
        for table in upload.prepared.tables:
            if table.file:
                name = free_name(table.name, tables)
                tables[name] = StoredTable(name, f"{upload.folder}/{table.file}")
    return FilesConfiguration(
        file_names=tuple(upload.file_name for upload in uploads),
        tables=tuple(tables.values()),
        database=f"{databases[0].folder}/{SQLITE_NAME}" if databases else "",
        byte_count=sum(upload.byte_count for upload in uploads),
        upload_ids=tuple(upload.id for upload in uploads),
    )


def free_name(name: str, taken: dict[str, StoredTable]) -> str:
    """The name, or with the first number that makes it new. Case doesn't count."""
    folded = {known.casefold() for known in taken}
    candidates = (name, *(f"{name}_{number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate.casefold() not in folded)


def _files(prepared: PreparedFile) -> list[str]:
    if prepared.format is FileFormat.SQLITE:
        return [SQLITE_NAME]
    return [table.file for table in prepared.tables if table.file]
