"""The worker that runs a service's jobs, as one of its background tasks."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from meshkit.database import Database
from meshkit.errors import MeshError
from meshkit.jobs import Job, Jobs

Handler = Callable[[Job], Awaitable[None]]

_LOG = logging.getLogger("meshkit.worker")


class Worker:
    """Runs due jobs of the kinds it has handlers for, `parallel` at once.

    A handler that raises is tried again later; it must be safe to run twice. A lease lasts `lease` seconds and is
    prolonged while the handler runs; a handler whose lease was lost is cancelled. Idle, it looks every `poll` seconds.
    """

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        *,
        jobs: Jobs | None = None,
        lease: float = 60.0,
        poll: float = 1.0,
        parallel: int = 1,
    ) -> None:
        self._database = database
        self._handlers = dict(handlers)
        self._jobs = jobs or Jobs()
        self._lease = lease
        self._poll = poll
        self._parallel = parallel

    async def run(self) -> None:
        """Until cancelled: `Assembly(background=[worker.run])`."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self._parallel):
                group.create_task(self._loop())

    async def run_due(self) -> int:
        """Runs what is due now, one after another; returns how many jobs that were."""
        count = 0
        while await self.run_one():
            count += 1
        return count

    async def run_one(self) -> bool:
        """Runs one due job; False if there is none."""
        job = await self._jobs.lease(self._database, tuple(self._handlers), self._lease)
        if job is None:
            return False
        handling = asyncio.create_task(self._handle(job))
        extending = asyncio.create_task(self._extend(job, handling))
        try:
            await asyncio.wait([handling])
        except asyncio.CancelledError:
            handling.cancel()
            await asyncio.wait([handling])
            await self._jobs.release(self._database, job)
            raise
        finally:
            extending.cancel()
        await self._settle(job, handling)
        return True

    async def _loop(self) -> None:
        while True:
            if not await self.run_one():
                await asyncio.sleep(self._poll)

    async def _handle(self, job: Job) -> None:
        await self._handlers[job.kind](job)

    async def _extend(self, job: Job, handling: "asyncio.Task[None]") -> None:
        while True:
            await asyncio.sleep(self._lease / 3)
            try:
                if not await self._jobs.extend(self._database, job, self._lease):
                    handling.cancel()
                    return
            except MeshError as error:
                # The lease outlasts two failures; after that another worker may take the job, and the fence holds.
                _LOG.warning("lease not prolonged", exc_info=error, extra=_named(job))

    async def _settle(self, job: Job, handling: "asyncio.Task[None]") -> None:
        if handling.cancelled():
            _LOG.warning("job lost to another worker", extra=_named(job))
            return
        error = handling.exception()
        if error is None:
            kept = await self._jobs.finish(self._database, job)
        else:
            last = job.attempt >= job.max_attempts
            _LOG.log(
                logging.ERROR if last else logging.WARNING,
                "job dead" if last else "job failed",
                exc_info=error,
                extra=_named(job),
            )
            reason = error.reason if isinstance(error, MeshError) else type(error).__name__
            kept = await self._jobs.fail(self._database, job, reason)
        if not kept:
            _LOG.warning("job lost to another worker", extra=_named(job))


def _named(job: Job) -> dict[str, Any]:
    return {"job_id": str(job.id), "kind": job.kind, "attempt": job.attempt}
