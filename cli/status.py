"""`infinure status` and `infinure down`: what the run on a home is doing, and ending it."""

from dataclasses import replace
from typing import Any

import psutil

from cli.board import Phase, Snapshot, State
from cli.detached import read
from cli.errors import CommandError
from cli.home import Home
from cli.orphans import wait_gone

DOWN_SECONDS = 90.0


def snapshot(home: Home) -> Snapshot | None:
    """The board of the run that holds the home now; of a run that was killed, everything is stopped."""
    last = read(home)
    if last is None:
        return None
    if home.holder() == last.pid:
        return last
    rows = tuple(replace(row, state=State.STOPPED, pid=None, note="") if row.process else row for row in last.rows)
    return replace(last, phase=Phase.FAILED if last.phase is Phase.FAILED else Phase.STOPPED, rows=rows)


def is_ready(shown: Snapshot | None) -> bool:
    """Whether the mesh is up and every process is ready."""
    return shown is not None and shown.phase is Phase.READY and all(row.state is State.READY for row in shown.rows)


def as_json(shown: Snapshot | None) -> dict[str, Any]:
    """The form of `status --json`; `url` is null when nothing was ever started."""
    if shown is None:
        return {"url": None, "ready": False, "phase": "stopped", "services": [], "demo_users": []}
    processes = (row for row in shown.rows if row.process)
    return {
        "url": shown.url,
        "ready": is_ready(shown),
        "phase": shown.phase.value,
        "services": [
            {"name": row.name, "state": row.state.value, "pid": row.pid, "restarts": row.restarts, "note": row.note}
            for row in processes
        ],
        "demo_users": list(shown.demo_users),
    }


def stop(home: Home) -> bool:
    """Ends the run on this home and waits until it has; False when none runs.

    Raises:
        CommandError: it did not end in 90 s.
    """
    pid = home.holder()
    if not pid:
        return False
    try:
        run = psutil.Process(pid)
        run.terminate()
    except psutil.NoSuchProcess:
        return False
    # Its end, and not only that of its lock: when this returns nothing of it is left.
    if wait_gone([run], DOWN_SECONDS):
        raise CommandError(f"Infinure (pid {pid}) is still stopping after {DOWN_SECONDS:g} s.", "See infinure logs.")
    return True
