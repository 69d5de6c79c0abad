"""Processes of an earlier run whose `infinure up` was killed: found by what we wrote down, ended before a new start."""

import contextlib
import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

from cli.files import read_json, write_json

# Every child carries this variable, so that what it started is known as ours even when it is gone itself.
MARK = "INFINURE_HOME"
GRACE_SECONDS = 5.0
# A start time is counted from the boot time, which clock corrections move a little.
CLOCK_SECONDS = 2.0
POLL_SECONDS = 0.02


class ProcessRecords:
    """The children of this run on disk: pid and start time (a pid alone may be somebody else's by now)."""

    def __init__(self, file: Path, home: Path) -> None:
        self._file = file
        self._home = home
        self._records: dict[str, tuple[int, float, int]] = {}

    def add(self, name: str, pid: int, stop_signal: signal.Signals) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            self._records[name] = (pid, psutil.Process(pid).create_time(), int(stop_signal))
            write_json(self._file, self._records)

    def clear(self) -> None:
        self._file.unlink(missing_ok=True)

    def end_leftovers(self) -> list[int]:
        """Ends what is left of the run before this one: asked first, killed after 5 s. Returns their pids."""
        records = list(read_json(self._file, {}).values())
        signals = {int(pid): int(sign) for pid, _, sign in records}
        left = list(self._leftovers({int(pid): float(started) for pid, started, _ in records}))
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signals.get(process.pid, signal.SIGTERM))
        for process in wait_gone(left, GRACE_SECONDS):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        wait_gone(left, GRACE_SECONDS)
        self.clear()
        return [process.pid for process in left]

    def _leftovers(self, recorded: dict[int, float]) -> Iterable[psutil.Process]:
        """Each child started a session of its own, whose id is the child's pid: its descendants are in it too."""
        for process in psutil.process_iter() if recorded else ():
            with contextlib.suppress(psutil.Error, OSError):
                session = os.getsid(process.pid)
                if session not in recorded or process.status() == psutil.STATUS_ZOMBIE:
                    continue
                if process.pid in recorded:
                    ours = abs(process.create_time() - recorded[process.pid]) < CLOCK_SECONDS
                else:
                    ours = process.environ().get(MARK) == str(self._home)
                if ours:
                    yield process


def wait_gone(processes: Iterable[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Waits until all have ended (a zombie has: only its parent can reap it); returns those that have not."""
    deadline = time.monotonic() + seconds
    alive = [process for process in processes if is_alive(process)]
    while alive and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
        alive = [process for process in alive if is_alive(process)]
    return alive


def is_alive(process: psutil.Process) -> bool:
    """Whether it runs still, and is the process it was."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
