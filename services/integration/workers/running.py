"""One worker at work, seen from the parent, who believes nothing of what it says beyond the frames' form."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
from typing import Any, cast

from services.integration.workers import arrow_frames
from services.integration.workers.errors import KillReason, WorkFailed, WorkKilled
from services.integration.workers.frames import HEADER, BadFrame, Kind, decode, encode, header, parse_header
from services.integration.workers.model import Message, Work
from services.integration.workers.zygote_link import Worker

logger = logging.getLogger(__name__)

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,63}")
_DETAIL = re.compile(r"[A-Za-z0-9_.:<>\[\] -]{1,300}")
_MAX_TEXT = 2000
# How long a killed process may take to be gone; a large one takes a while to give its memory back.
_SETTLE_SECONDS = 5.0


class NotStarted(Exception):
    """The worker was gone before it began: another may do the work."""


class Running:
    """Deadlines are in the event loop's time."""

    def __init__(self, worker: Worker, work: Work) -> None:
        self._worker = worker
        self._work = work
        self._loop = asyncio.get_running_loop()
        self.deadline = self._loop.time() + work.limits.wall_seconds
        self.over = False

    async def start(self) -> None:
        """Hand over the work and wait until the worker is confined. Raises NotStarted, WorkFailed, WorkKilled."""
        try:
            async with asyncio.timeout_at(self.deadline):
                await self._send(Kind.WORK, self._work.to_wire())
                kind, body = await self._frame()
            if kind is Kind.REFUSED:
                raise _refusal(decode(body))
            if kind is not Kind.STARTED:
                raise self._broken(kind, body)
        except TimeoutError:
            raise self._killed("time") from None
        except (EOFError, OSError):
            raise NotStarted from None
        except BadFrame as error:
            raise self._nonsense(error) from None

    async def ask(self, request: dict[str, Any]) -> None:
        """Raises WorkKilled."""
        try:
            async with asyncio.timeout_at(self.deadline):
                await self._send(Kind.ASK, request)
        except OSError as error:
            raise await self._ended("time" if isinstance(error, TimeoutError) else None) from None

    async def next(self) -> Message | None:
        """The next message, or None at the end of the work or of an answer. Raises WorkFailed, WorkKilled."""
        try:
            async with asyncio.timeout_at(self.deadline):
                kind, body = await self._frame()
            match kind:
                case Kind.JSON:
                    return decode(body)
                case Kind.ARROW:
                    return arrow_frames.read(body)
                case Kind.DONE:
                    self.over = True
                    return None
                case Kind.ANSWERED:
                    return None
                case Kind.REFUSED:
                    raise _refusal(decode(body))
                case _:
                    raise self._broken(kind, body)
        except TimeoutError:
            raise await self._ended("time") from None
        except (EOFError, OSError):
            raise await self._ended(None) from None
        except BadFrame as error:
            raise self._nonsense(error) from None

    def kill(self) -> None:
        self._worker.kill()

    async def close(self) -> None:
        """End it if it still runs, and see it gone."""
        self._worker.connection.close()
        if not self.over:
            self._worker.kill()
            await asyncio.wait([self._worker.ended], timeout=_SETTLE_SECONDS)

    async def _send(self, kind: Kind, document: dict[str, Any]) -> None:
        body = encode(document)
        await self._loop.sock_sendall(self._worker.connection, header(kind, len(body)) + body)

    async def _frame(self) -> tuple[Kind, bytearray]:
        kind, length = parse_header(await self._exactly(HEADER.size))
        return kind, await self._exactly(length)

    async def _exactly(self, length: int) -> bytearray:
        data = bytearray(length)
        filled = 0
        with memoryview(data) as view:
            while filled < length:
                received = await self._loop.sock_recv_into(self._worker.connection, view[filled:])
                if not received:
                    raise EOFError
                filled += received
        return data

    def _killed(self, reason: KillReason, detail: str = "") -> WorkKilled:
        self._worker.kill()
        return WorkKilled(reason, detail)

    def _nonsense(self, error: BadFrame) -> WorkKilled:
        logger.warning("a worker sent what no worker sends", extra={"function": self._work.function})
        return self._killed("crash", f"bad frame: {error}")

    def _broken(self, kind: Kind, body: bytearray) -> WorkKilled:
        """Its last words."""
        told = decode(body) if kind is Kind.BROKEN else {}
        reason, detail = told.get("reason"), told.get("detail")
        if reason == "memory":
            return self._killed("memory")
        detail = detail if isinstance(detail, str) and _DETAIL.fullmatch(detail) else "unknown"
        logger.error("work broke in its worker", extra={"function": self._work.function, "detail": detail})
        return self._killed("crash", detail)

    async def _ended(self, reason: KillReason | None) -> WorkKilled:
        """Why its socket closed, or what we end it for."""
        if reason:
            return self._killed(reason)
        await asyncio.wait([self._worker.ended], timeout=_SETTLE_SECONDS)
        if not self._worker.ended.done():
            return self._killed("crash", "closed its socket")
        status = self._worker.ended.result()
        if status is None:
            return WorkKilled("crash", "its zygote ended")
        code = os.waitstatus_to_exitcode(status)
        if code == -signal.SIGXCPU:
            return WorkKilled("cpu")
        # Nobody but the kernel kills like that: for memory, where it has none left.
        if code == -signal.SIGKILL:
            return WorkKilled("memory", "killed by the system")
        return WorkKilled("crash", f"signal {-code}" if code < 0 else f"exit code {code}")


def _refusal(told: dict[str, Any]) -> WorkFailed:
    match told:
        case {"kind": str(kind), "text": str(text), "details": dict(details)} if _NAME.fullmatch(kind):
            return WorkFailed(kind, text[:_MAX_TEXT], cast("dict[str, Any]", details))
        case _:
            raise BadFrame("no refusal")
