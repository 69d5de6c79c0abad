"""What a killed PostgreSQL leaves behind: backends still running, a pid file that names a dead or foreign process."""

import contextlib
import signal
from pathlib import Path

import psutil

from cli.orphans import wait_gone

POSTMASTER_SECONDS = 20.0
BACKEND_SECONDS = 2.0


def reap_postgres(folder: Path) -> list[int]:
    """Ends every process of an earlier server over this data folder and removes its stale pid file.

    A process is known by its working folder (each postgres process stays in its data folder) and its name, so a
    reused pid is never touched. A postmaster still alive is asked for a fast shutdown first. The shared memory of the
    dead server is freed by the next one, once nothing is attached to it. Returns the pids that were ended.
    """
    found = _processes_of(folder)
    postmasters = [process for process in found if _is_parent_in(process, found)]
    for process in found:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process in postmasters:
                process.send_signal(signal.SIGINT)
            elif not postmasters:
                process.terminate()
    alive = wait_gone(found, POSTMASTER_SECONDS if postmasters else BACKEND_SECONDS)
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    wait_gone(alive, BACKEND_SECONDS)
    # PostgreSQL clears this file itself unless its pid lives again as another process, or is a zombie nobody reaps.
    (folder / "postmaster.pid").unlink(missing_ok=True)
    return [process.pid for process in found]


def _processes_of(folder: Path) -> list[psutil.Process]:
    found = []
    target = folder.resolve()
    for process in psutil.process_iter(["name"]):
        with contextlib.suppress(psutil.Error, OSError):
            if process.info["name"] == "postgres" and Path(process.cwd()) == target:
                found.append(process)
    return found


def _is_parent_in(process: psutil.Process, family: list[psutil.Process]) -> bool:
    with contextlib.suppress(psutil.Error):
        return any(child in family for child in process.children())
    return False
