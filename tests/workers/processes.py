"""Looking at a pool's processes from outside."""

from __future__ import annotations

import psutil

from services.integration.workers import Workers


def below(workers: Workers) -> list[psutil.Process]:
    """The zygote's children that aren't waiting for work."""
    if workers.zygote_pid is None:
        return []
    try:
        children = psutil.Process(workers.zygote_pid).children()
    except psutil.NoSuchProcess:
        return []
    idle = workers.idle_pids
    return [child for child in children if child.pid not in idle]


def at_work(workers: Workers) -> int:
    """Workers that run and aren't idle."""
    return len(below(workers))
