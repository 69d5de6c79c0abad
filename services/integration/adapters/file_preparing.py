"""Reading uploaded files in confined workers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path
from typing import Any

from meshkit.errors import DeadlineExceeded, InvalidArgument, MeshError, ResourceExhausted
from services.integration.errors import Overloaded
from services.integration.files.model import PreparedFile, Reading, from_plain, to_plain
from services.integration.progress import Progress
from services.integration.workers import Work, Workers, WorkersBusy, WorkFailed, WorkKilled, WorkLimits

FUNCTION = "services.integration.files.preparing:prepare"
_KINDS: Mapping[str, type[MeshError]] = {
    "UPLOAD_EMPTY": InvalidArgument,
    "UPLOAD_UNREADABLE": InvalidArgument,
    "UPLOAD_ROWS_BROKEN": InvalidArgument,
    "UPLOAD_TOO_COMPLEX": ResourceExhausted,
    "STORAGE_FULL": ResourceExhausted,
}

log = logging.getLogger(__name__)


class WorkerFilePreparer:
    """The port FilePreparer."""

    def __init__(self, workers: Workers, limits: WorkLimits, *, at_once: int) -> None:
        self._workers = workers
        self._limits = limits
        # Fewer than workers: questions go on while large files are read.
        self._turns = asyncio.Semaphore(at_once)

    async def prepare(
        self, path: Path, file_name: str, reading: Reading, out: Path
    ) -> AsyncGenerator[Progress | PreparedFile, None]:
        if self._turns.locked():
            yield Progress("waiting for other files")
        async with self._turns:
            async for step in self._prepare(path, file_name, reading, out):
                yield step

    async def _prepare(
        self, path: Path, file_name: str, reading: Reading, out: Path
    ) -> AsyncGenerator[Progress | PreparedFile, None]:
        arguments = {"path": str(path), "file_name": file_name, "reading": to_plain(reading), "out": str(out)}
        work = Work(FUNCTION, arguments, readable=(path,), writable=(out,), limits=self._limits)
        try:
            async with self._workers.run(work) as messages:
                async for message in messages:
                    if isinstance(message, dict):
                        yield _step(message)
        except WorkFailed as failure:
            raise _refusal(failure) from None
        except WorkKilled as killed:
            log.warning("a file's worker ended", extra={"reason": killed.reason, "detail": killed.detail})
            raise _ended(killed) from None
        except WorkersBusy:
            raise Overloaded from None


def _step(message: Mapping[str, Any]) -> Progress | PreparedFile:
    """What a worker said; a hostile file may have made it up, so anything odd is the file's fault."""
    try:
        if "prepared" in message:
            return from_plain(PreparedFile, message["prepared"])
        told = message["progress"]
        return Progress(str(told["stage"])[:100], float(told.get("fraction", 0.0)), int(told.get("row_count", 0)))
    except (KeyError, TypeError, ValueError):
        raise _unreadable() from None


def _refusal(failure: WorkFailed) -> MeshError:
    kind = _KINDS.get(failure.kind)
    return kind(failure.text[:500], reason=failure.kind) if kind else _unreadable()


def _ended(killed: WorkKilled) -> MeshError:
    match killed.reason:
        case "memory":
            text = "reading the file takes more memory than there is: split it, or leave out what isn't needed"
            return ResourceExhausted(text, reason="UPLOAD_TOO_COMPLEX")
        case "cpu" | "time":
            text = "reading the file takes too long: split it, or leave out what isn't needed"
            return DeadlineExceeded(text, reason="DEADLINE_EXCEEDED")
    return _unreadable()


def _unreadable() -> MeshError:
    text = "the file can't be read: it may be damaged; open it where it comes from, save it anew and send that"
    return InvalidArgument(text, reason="UPLOAD_UNREADABLE")
