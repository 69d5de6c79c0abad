"""What the service's jobs do."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from meshkit.jobs import Job
from meshkit.worker import Handler
from services.integration.adapters.catalogs import ON_TIME, REFRESH, SqlCatalogs
from services.integration.adapters.uploads import TIDY
from services.integration.refreshing import Refreshing
from services.integration.uploads import Uploads


def job_handlers(uploads: Uploads, refreshing: Refreshing, catalogs: SqlCatalogs) -> Mapping[str, Handler]:
    """By kind."""

    async def tidy(job: Job) -> None:
        await uploads.tidy(job.organization_id, UUID(job.payload["upload_id"]))

    async def refresh(job: Job) -> None:
        source_id, refresh_id = UUID(job.payload["source_id"]), UUID(job.payload["refresh_id"])
        await refreshing.run(job.organization_id, source_id, refresh_id)

    async def refresh_on_time(job: Job) -> None:
        await catalogs.refresh_on_time(job.organization_id, UUID(job.payload["source_id"]))

    return {TIDY: tidy, REFRESH: refresh, ON_TIME: refresh_on_time}
