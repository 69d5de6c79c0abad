"""`infinure up --detach`: the same run in the background, watched until it is ready."""

import subprocess
import sys
import time

from cli.board import Phase, Snapshot
from cli.errors import CommandError
from cli.files import read_json
from cli.home import Home
from cli.logs import last_lines
from cli.progress import View

POLL_SECONDS = 0.1


def start(home: Home, options: list[str], view: View) -> None:
    """Returns when the background run is ready.

    Raises:
        CommandError: it ended before; the message is its own, with the last lines of what failed.
    """
    home.ensure()
    log = home.log("up")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "cli", "up", "--background", "--home", str(home.folder), *options],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    with view:
        while True:
            ended = process.poll() is not None
            snapshot = read(home)
            if snapshot and snapshot.pid == process.pid:
                view.show(snapshot)
                if snapshot.phase is Phase.READY:
                    return
            if ended:
                raise CommandError("Infinure did not start.", last_lines(log, 30))
            time.sleep(POLL_SECONDS)


def read(home: Home) -> Snapshot | None:
    """The board of the run on this home, or of the last one."""
    value = read_json(home.state, None)
    return Snapshot.from_json(value) if value else None
