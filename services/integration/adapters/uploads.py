"""Uploads in PostgreSQL, and the jobs that tidy up after them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, insert, select, tuple_, update
from sqlalchemy import delete as delete_rows

from meshkit.database import Database, WriteSession
from meshkit.jobs import Jobs
from services.integration.adapters.tables import uploads
from services.integration.errors import UploadLimitReached, UploadNotFound
from services.integration.files.model import PreparedFile, from_plain, to_plain
from services.integration.model import FilesConfiguration, Upload, UploadState
from services.integration.ports import UploadLimits

TIDY = "tidy_upload"
_OPEN = (UploadState.RECEIVED, UploadState.PREPARED)
_SHOWN = [column for column in uploads.c if column.name != "prepared"]


class SqlUploads:
    """The port UploadStore."""

    def __init__(self, database: Database, jobs: Jobs) -> None:
        self._database = database
        self._jobs = jobs

    async def begin(self, upload: Upload, limits: UploadLimits) -> None:
        own = uploads.c.organization_id == upload.organization_id
        waiting = func.count().filter(uploads.c.state.in_([*_OPEN, UploadState.RECEIVING]))
        counted = select(waiting, func.coalesce(func.sum(uploads.c.byte_count), 0)).where(own)
        async with self._database.write(upload.organization_id) as tenant:
            turn = func.pg_advisory_xact_lock(func.hashtextextended(f"uploads of {upload.organization_id}", 0))
            await tenant.execute(select(turn))
            found = await tenant.first(counted)
            if found is not None and found[0] >= limits.waiting_files:
                raise UploadLimitReached("files that aren't sources yet", limits.waiting_files)
            if found is not None and found[1] >= limits.kept_bytes:
                raise UploadLimitReached("bytes", limits.kept_bytes)
            await tenant.execute(insert(uploads).values(**_values(upload), state=UploadState.RECEIVING))
            # Whatever becomes of it, also of this process: when its time is over somebody looks.
            await self._tidy(tenant, upload.organization_id, upload.id, delay=limits.hours * 3600 + 60)

    async def received(self, upload: Upload) -> None:
        change = {"state": UploadState.RECEIVED, "byte_count": upload.byte_count}
        await self._change(upload, (UploadState.RECEIVING,), change)

    async def prepared(self, upload: Upload) -> None:
        assert upload.prepared is not None  # it was read
        document = json.dumps(to_plain(upload.prepared), ensure_ascii=False)
        await self._change(
            upload, _OPEN, {"state": UploadState.PREPARED, "prepared": document, "folder": upload.folder}
        )

    async def get(self, organization_id: UUID, user_id: UUID | None, upload_id: UUID) -> Upload:
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(_own(organization_id, user_id, *uploads.c).where(uploads.c.id == upload_id))
        if row is None:
            raise UploadNotFound(upload_id)
        return _upload(row, row.prepared)

    async def page(
        self, organization_id: UUID, user_id: UUID | None, after: tuple[datetime, UUID] | None, size: int
    ) -> Sequence[Upload]:
        listing = _own(organization_id, user_id, *_SHOWN)
        position = tuple_(uploads.c.create_time, uploads.c.id)
        if after is not None:
            listing = listing.where(position < tuple_(*after))
        listing = listing.order_by(uploads.c.create_time.desc(), uploads.c.id.desc()).limit(size)
        async with self._database.read(organization_id) as tenant:
            return [_upload(row, None) for row in await tenant.all(listing)]

    async def discard(self, organization_id: UUID, user_id: UUID | None, upload_id: UUID) -> None:
        async with self._database.write(organization_id) as tenant:
            mine = uploads.c.user_id == user_id
            change = update(uploads).where(_is(organization_id, upload_id), mine, uploads.c.state.in_(_OPEN))
            if (await tenant.execute(change.values(state=UploadState.DISCARDED))).rowcount != 1:
                raise UploadNotFound(upload_id)
            await self._tidy(tenant, organization_id, upload_id)

    async def state(self, organization_id: UUID, upload_id: UUID) -> tuple[UploadState | None, Upload | None]:
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(select(*_SHOWN).where(_is(organization_id, upload_id)))
        return (UploadState(row.state), _upload(row, None)) if row is not None else (None, None)

    async def forget(self, organization_id: UUID, upload_id: UUID) -> None:
        async with self._database.write(organization_id) as tenant:
            await tenant.execute(delete_rows(uploads).where(_is(organization_id, upload_id)))

    async def take(
        self, tenant: WriteSession, organization_id: UUID, source_id: UUID, made_of: FilesConfiguration
    ) -> None:
        """In the transaction that keeps the source: its uploads are no longer anybody's to change.

        Raises UploadNotFound if one was removed, or read again, since the source's tables were looked at.
        """
        folders = {table.key.rpartition("/")[0] for table in made_of.tables} | {made_of.database.rpartition("/")[0]}
        for upload_id in made_of.upload_ids:
            as_seen = uploads.c.state == UploadState.PREPARED, uploads.c.folder.in_(folders)
            change = update(uploads).where(_is(organization_id, upload_id), *as_seen)
            taken = change.values(state=UploadState.TAKEN, source_id=source_id)
            if (await tenant.execute(taken)).rowcount != 1:
                raise UploadNotFound(upload_id)
            await self._tidy(tenant, organization_id, upload_id)

    async def release(self, tenant: WriteSession, organization_id: UUID, source_id: UUID) -> None:
        """In the transaction that removes a source: a job deletes its files."""
        own = uploads.c.organization_id == organization_id, uploads.c.source_id == source_id
        change = update(uploads).where(*own).values(state=UploadState.DISCARDED).returning(uploads.c.id)
        for row in (await tenant.execute(change)).all():
            await self._tidy(tenant, organization_id, row.id)

    async def _change(self, upload: Upload, states: tuple[UploadState, ...], values: dict[str, Any]) -> None:
        change = update(uploads).where(_is(upload.organization_id, upload.id), uploads.c.state.in_(states))
        async with self._database.write(upload.organization_id) as tenant:
            if (await tenant.execute(change.values(**values))).rowcount != 1:
                raise UploadNotFound(upload.id)

    async def _tidy(self, tenant: WriteSession, organization_id: UUID, upload_id: UUID, delay: float = 0.0) -> None:
        await self._jobs.add(tenant, organization_id, TIDY, {"upload_id": str(upload_id)}, delay=delay)


def _is(organization_id: UUID, upload_id: UUID) -> Any:
    return (uploads.c.organization_id == organization_id) & (uploads.c.id == upload_id)


def _own(organization_id: UUID, user_id: UUID | None, *columns: Any) -> Select[Any]:
    """What the caller sent and may still use."""
    return select(*columns).where(
        uploads.c.organization_id == organization_id,
        uploads.c.user_id == user_id,
        uploads.c.state.in_(_OPEN),
        uploads.c.expire_time > func.now(),
    )


def _values(upload: Upload) -> dict[str, Any]:
    names = ("organization_id", "id", "user_id", "file_name", "byte_count", "create_time", "expire_time")
    return {name: getattr(upload, name) for name in names}


def _upload(row: Row[Any], prepared: str | None) -> Upload:
    return Upload(
        organization_id=row.organization_id,
        id=row.id,
        user_id=row.user_id,
        file_name=row.file_name,
        byte_count=row.byte_count,
        create_time=row.create_time,
        expire_time=row.expire_time,
        prepared=from_plain(PreparedFile, json.loads(prepared)) if prepared else None,
        folder=row.folder,
    )
