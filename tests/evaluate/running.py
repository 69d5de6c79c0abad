"""`infinure evaluate` as its users run it: a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.ask.running import Ended, environment
from tests.evaluate.data import lines_file

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "cli", "evaluate")


class Evaluator:
    """Runs the command over a folder of databases, in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.databases = home / "databases"
        self.out = home / "out.jsonl"

    def __call__(
        self,
        questions: Iterable[Mapping[str, Any] | str],
        *words: str | Path,
        gold: Iterable[Mapping[str, Any] | str] | None = None,
        environ: Mapping[str, str] | None = None,
        prepare: Callable[[], None] | None = None,
    ) -> Ended:
        """Questions and gold are written as files first."""
        given: list[str | Path] = ["--questions", lines_file(self.home / "questions.jsonl", questions)]
        given += ["--databases", self.databases, "--out", self.out, "--workers", "1"]
        if gold is not None:
            given += ["--gold", lines_file(self.home / "gold.jsonl", gold)]
        return self.run(*given, *words, environ=environ, prepare=prepare)

    def run(
        self,
        *words: str | Path,
        environ: Mapping[str, str] | None = None,
        prepare: Callable[[], None] | None = None,
    ) -> Ended:
        done = subprocess.run(
            [*COMMAND, *map(str, words)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            env=environment(self.home, environ),
            cwd=ROOT,
            preexec_fn=prepare,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ended(done.returncode, done.stdout, done.stderr)

    def written(self) -> list[dict[str, Any]]:
        """The lines of the last run's file."""
        return [json.loads(line) for line in self.out.read_text(encoding="utf-8").splitlines()]
