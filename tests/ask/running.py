"""`infinure ask` as its users run it: a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from meshkit.libc import PR_CAPBSET_DROP, prctl

# Questions of tests are asked as of this moment: relative periods then mean the same for ever.
NOW = "2026-02-10T12:00"
# Of linux/capability.h.
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
COMMAND = (sys.executable, "-m", "cli", "ask")


@dataclass(frozen=True)
class Ended:
    """What a run left."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def records(self) -> list[list[Any]]:
        """The rows, of a run that answered."""
        assert self.code == 0, f"{self.out}\n{self.err}"
        rows: list[list[Any]] = self.document["rows"]
        return rows


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """A user's, without this machine's terminal, zone or passwords."""
    temporary = home / "tmp"
    temporary.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {**kept, "HOME": str(home), "TMPDIR": str(temporary), "TZ": "UTC", "PYTHONPATH": "", **(more or {})}


def heed_interrupts() -> None:
    """In a new process: an interrupt ends it, also where these tests themselves were started to ignore them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def without_roots_eyes() -> None:
    """In a new process of root's: what a file's mode forbids is forbidden to it too."""
    if os.geteuid() == 0:
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            prctl(PR_CAPBSET_DROP, capability)


class Asker:
    """Runs the command in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(
        self,
        *words: str | Path,
        input: str = "",
        environ: Mapping[str, str] | None = None,
        prepare: Callable[[], None] | None = None,
    ) -> Ended:
        done = subprocess.run(
            [*COMMAND, *map(str, words)],
            input=input,
            capture_output=True,
            text=True,
            timeout=120,
            env=environment(self.home, environ),
            cwd=Path(__file__).parents[2],
            preexec_fn=prepare,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ended(done.returncode, done.stdout, done.stderr)

    def json(self, *words: str | Path, environ: Mapping[str, str] | None = None) -> Ended:
        """With --json, as of NOW."""
        return self(*words, "--json", "--now", NOW, environ=environ)

    def rows(self, *words: str | Path) -> list[list[Any]]:
        """The rows of an answer; the test fails where there is none."""
        return self.json(*words).records

    def left_files(self) -> Sequence[Path]:
        """What is left in the folder for temporary files."""
        return sorted((self.home / "tmp").iterdir())
