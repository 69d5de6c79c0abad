"""The prompt: lines typed by a person, with history and editing."""

from __future__ import annotations

import os
import readline
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROMPT = "infinure> "
_KEPT = 1000


def typed() -> Iterator[str]:
    """Lines until Ctrl-D. Ctrl-C drops the line that is being typed."""
    while True:
        try:
            yield input(PROMPT)
        except KeyboardInterrupt:
            print(file=sys.stderr)
        except EOFError:
            print(file=sys.stderr)
            return


class History:
    """Earlier questions, kept for this user alone from one session to the next."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> None:
        with suppress(OSError):  # the first session, or a home that can't be read: no history then
            readline.read_history_file(self._file)

    def __exit__(self, *_: object) -> None:
        readline.set_history_length(_KEPT)
        with suppress(OSError):  # a home that can't be written: the session was worth having all the same
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.touch(mode=0o600)
            readline.write_history_file(self._file)


def history_file() -> Path:
    """Where the desktop's conventions put what programs remember."""
    base = os.environ.get("XDG_STATE_HOME") or str(Path("~/.local/state").expanduser())
    return Path(base) / "infinure" / "ask_history"
