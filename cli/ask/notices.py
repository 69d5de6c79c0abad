"""What is said beside results, on standard error: progress on a terminal, notes, and what went wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from cli.ask.plain import plain

if TYPE_CHECKING:
    from rich.console import Console


class Progress(Protocol):
    """Hears what is being done and how much of that is done, 0 to 1; 0 where it can't be told."""

    def __call__(self, stage: str, fraction: float) -> None: ...


class Notices:
    """Standard error. quiet leaves out the notes, for programs; errors are always said."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._console: Console | None = None

    @property
    def console(self) -> Console:
        """Made when first needed: most runs in a pipe say nothing here."""
        if self._console is None:
            from rich.console import Console

            self._console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        return self._console

    def note(self, text: str) -> None:
        """Something the asker should know of how their data was read."""
        if not self._quiet:
            self.console.print(plain(text), style="dim", soft_wrap=True)

    def error(self, message: str, hint: str = "") -> None:
        """What is wrong, and what to do next."""
        self.console.print(f"infinure: {plain(message)}", style="red", soft_wrap=True)
        if hint:
            self.console.print(plain(hint), soft_wrap=True)

    @contextmanager
    def progress(self, title: str) -> Iterator[Progress]:
        """A bar that goes away when the work is done; nothing where standard error is no terminal."""
        if not sys.stderr.isatty():
            yield lambda stage, fraction: None
            return
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Bar(*columns, console=self.console, transient=True) as bar:
            task = bar.add_task(plain(title), total=None)

            def tell(stage: str, fraction: float) -> None:
                total = 1.0 if fraction > 0 else None
                bar.update(task, description=plain(f"{title}: {stage}"), completed=fraction, total=total)

            yield tell
