"""The processes' log files: their last lines, following them, and cutting them when they grow."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from cli.errors import CommandError

LARGEST_BYTES = 16 * 1024 * 1024
TAIL_BYTES = 64 * 1024
POLL_SECONDS = 0.2


def size(log: Path | None) -> int:
    """In bytes; 0 when there is no log."""
    return log.stat().st_size if log is not None and log.exists() else 0


def last_lines(log: Path | None, count: int = 15, since: int = 0) -> str:
    """The log's last lines, or nothing when there is no log; of what was written `since` a size, if given."""
    if log is None or not log.exists():
        return ""
    with log.open("rb") as stream:
        stream.seek(max(0, since, size(log) - TAIL_BYTES))
        return "\n".join(stream.read().decode(errors="replace").splitlines()[-count:])


def files(folder: Path, name: str | None) -> dict[str, Path]:
    """The log of one process, or all of them, by process.

    Raises:
        CommandError: there is no such log; the hint names those there are.
    """
    there = {file.stem: file for file in sorted(folder.glob("*.log"))}
    if name is None:
        return there
    if name not in there:
        raise CommandError(f"There is no log of {name!r}.", f"There are: {', '.join(there) or 'none yet'}.")
    return {name: there[name]}


def follow(logs: list[Path]) -> Iterator[tuple[Path, str]]:
    """Lines as they are written, from now on and without end."""
    places = {log: log.stat().st_size if log.exists() else 0 for log in logs}
    while True:
        grown = False
        for log in logs:
            size = log.stat().st_size if log.exists() else 0
            if size < places[log]:  # it was cut
                places[log] = 0
            if size > places[log]:
                with log.open("rb") as stream:
                    stream.seek(places[log])
                    whole, newline, _ = stream.read().rpartition(b"\n")
                places[log] += len(whole) + len(newline)
                for line in whole.decode(errors="replace").splitlines():
                    yield log, line
                grown = grown or bool(newline)
        if not grown:
            time.sleep(POLL_SECONDS)


def cut_grown(folder: Path, largest_bytes: int = LARGEST_BYTES) -> list[Path]:
    """Moves the text of each log over the size to `<name>.log.1` and empties it, while its process writes on.

    The writers append, so they go on at the new end; lines written in the moment between the two steps may be lost.
    """
    cut = [log for log in folder.glob("*.log") if log.stat().st_size > largest_bytes]
    for log in cut:
        shutil.copyfile(log, log.with_name(log.name + ".1"))
        log.open("r+b").truncate(0)
    return cut
