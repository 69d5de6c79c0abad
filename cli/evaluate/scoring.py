"""Predictions over one database, judged in a confined worker by the rows that their SQL gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from cli.evaluate.model import Gold, Id, Kind, Prediction, Verdict
from services.integration.executors.sqlite import work_arguments
from services.integration.workers import Conversation, Work, WorkError, Workers, WorkFailed, WorkLimits

SECONDS, GOLD_SECONDS = 10.0, 30.0
_GRACE_SECONDS = 5.0
_WALL_SECONDS, _CPU_SECONDS = 6 * 3600.0, 6 * 3600
_FUNCTION = "cli.evaluate.scoring_work:judge"


def judged_without_rows(prediction: Prediction, gold: Gold) -> Verdict | None:
    """The verdict where no SQL has to run: no answer is right only where there is none; else None."""
    if prediction.kind is not Kind.ANSWER:
        return Verdict(not gold.answerable)
    return None if gold.answerable else Verdict(False)


class Judge:
    """Judges what is asked of one file. A worker that breaks off costs one verdict."""

    def __init__(self, workers: Workers, path: Path) -> None:
        self._workers = workers
        self._work = Work(
            _FUNCTION,
            work_arguments(path),
            readable=(path,),
            limits=WorkLimits(wall_seconds=_WALL_SECONDS, cpu_seconds=_CPU_SECONDS),
        )
        self._stack = AsyncExitStack()
        self._conversation: Conversation | None = None

    async def verdicts(
        self, predictions: Sequence[Prediction], gold: Mapping[Id, Gold], asked_at: Mapping[Id, str]
    ) -> dict[Id, Verdict]:
        """Of those that the gold knows, by id. asked_at: moments as ISO text, for gold that says none."""
        async with self._stack:
            return {
                one.id: await self._verdict(one, gold[one.id], gold[one.id].now or asked_at[one.id])
                for one in predictions
                if one.id in gold
            }

    async def _verdict(self, prediction: Prediction, gold: Gold, now: str) -> Verdict:
        known = judged_without_rows(prediction, gold)
        if known is not None:
            return known
        request = {
            "sql": prediction.sql, "gold": list(gold.sql), "now": now, "seconds": SECONDS, "gold_seconds": GOLD_SECONDS,
        }  # fmt: skip
        try:
            return await self._asked(request, SECONDS + GOLD_SECONDS * len(gold.sql) + _GRACE_SECONDS)
        except WorkFailed as failed:
            await self._close()
            return Verdict(False, f"the database can't be asked ({failed.kind})")
        except WorkError as error:
            await self._close()
            return Verdict(False, f"its worker broke off ({getattr(error, 'reason', 'unavailable')})")

    async def _asked(self, request: dict[str, Any], seconds: float) -> Verdict:
        if self._conversation is None:
            self._conversation = await self._stack.enter_async_context(self._workers.converse(self._work))
        found = Verdict(False, "nothing was said")
        async for message in self._conversation.ask(request, timeout_seconds=seconds):
            if isinstance(message, dict):
                found = Verdict(message.get("right") is True, str(message.get("problem", ""))[:100])
        return found

    async def _close(self) -> None:
        self._conversation = None
        await self._stack.aclose()
