"""`infinure ask` at a real terminal: a pseudo terminal with a person's typing."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path
from typing import Self

from tests.ask.running import COMMAND, environment, heed_interrupts

_STEERING = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[()][A-Z0-9])")
_SECONDS = 60


class Terminal:
    """Leaving the block ends the command."""

    def __init__(self, home: Path, *words: str | Path, width: int = 100, **more: str) -> None:
        self._words = [*COMMAND, *map(str, words)]
        self._environment = environment(home, {"TERM": "xterm", **more})
        self._size = struct.pack("HHHH", 40, width, 0, 0)
        self.raw = ""
        self._after = 0

    @property
    def seen(self) -> str:
        """What was shown, without what steers the terminal."""
        return _STEERING.sub("", self.raw).replace("\r\n", "\n")

    def __enter__(self) -> Self:
        self._own, child = os.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, self._size)

        def be_its_terminal() -> None:
            heed_interrupts()
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            self._words, stdin=child, stdout=child, stderr=child, env=self._environment,
            cwd=Path(__file__).parents[2], preexec_fn=be_its_terminal,
        )  # fmt: skip
        os.close(child)
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(_SECONDS)
        os.close(self._own)

    def type(self, text: str) -> None:
        os.write(self._own, text.encode())

    def until(self, text: str) -> None:
        """Read until the text is shown, after what was waited for before."""
        deadline = time.monotonic() + _SECONDS
        while (found := self.seen.find(text, self._after)) < 0:
            assert time.monotonic() < deadline, f"{text!r} was never shown:\n{self.seen}"
            assert self._read(), f"it ended before {text!r} was shown:\n{self.seen}"
        self._after = found + len(text)

    def interrupt(self, until: str) -> None:
        """Press Ctrl-C until the text is shown: Python's readline doesn't see one that comes just before it waits."""
        deadline = time.monotonic() + _SECONDS
        self.type("\x03")
        while (found := self.seen.find(until, self._after)) < 0:
            assert time.monotonic() < deadline, f"{until!r} was never shown:\n{self.seen}"
            if not select.select([self._own], [], [], 1)[0]:
                self.type("\x03")
                continue
            assert self._read(), f"it ended before {until!r} was shown:\n{self.seen}"
        self._after = found + len(until)

    def end(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            continue
        return self.process.wait(_SECONDS)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._own], [], [], _SECONDS)
        assert ready, f"nothing more is shown:\n{self.seen}"
        try:
            found = os.read(self._own, 65536)
        except OSError:  # the other end is gone
            return False
        self.raw += found.decode(errors="replace")
        return bool(found)
