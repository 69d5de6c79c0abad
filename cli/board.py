"""What runs and how it is: told to the screen, and kept in a file for `infinure status` and `up --detach`."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from cli.files import write_json


class State(StrEnum):
    """A process's or a step's state."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FAILED = "failed"


class Phase(StrEnum):
    """The whole mesh's state."""

    STARTING = "starting"
    READY = "ready"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True)
class Row:
    """One line of the board. `process` is False for a step of setting up."""

    name: str
    process: bool
    state: State = State.WAITING
    note: str = ""
    pid: int | None = None
    restarts: int = 0
    since: float = 0.0


@dataclass(frozen=True)
class Snapshot:
    """The board at one moment."""

    pid: int
    phase: Phase
    url: str
    rows: tuple[Row, ...]
    started: float
    error: str = ""
    # Who may log in to the demo organization: role, email, password.
    demo_users: tuple[dict[str, str], ...] = ()
    # The folder where e-mails go; empty where a mail server takes them.
    outbox: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Snapshot":
        rows = tuple(Row(**{**row, "state": State(row["state"])}) for row in value["rows"])
        users = tuple(value["demo_users"])
        return cls(**{**value, "phase": Phase(value["phase"]), "rows": rows, "demo_users": users})


@dataclass
class Board:
    """The current snapshot; every change is written to `file` and shown to `watcher`."""

    file: Path
    snapshot: Snapshot
    watcher: Callable[[Snapshot], None] = field(default=lambda snapshot: None)

    def show(self, name: str, state: State, note: str = "", *, process: bool = False, pid: int | None = None) -> None:
        """Sets one row, making it at first sight."""
        rows = {row.name: row for row in self.snapshot.rows}
        before = rows.get(name, Row(name, process))
        restarts = before.restarts + (state is State.RESTARTING)
        rows[name] = replace(before, state=state, note=note, pid=pid, restarts=restarts, since=time.time())
        self._set(replace(self.snapshot, rows=tuple(rows.values())))

    def enter(self, phase: Phase, error: str = "") -> None:
        self._set(replace(self.snapshot, phase=phase, error=error))

    def welcome(self, users: tuple[dict[str, str], ...]) -> None:
        self._set(replace(self.snapshot, demo_users=users))

    def _set(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        # For this run only: after a power cut nobody needs it, so it is not worth waiting for the disk.
        write_json(self.file, snapshot.to_json(), durable=False)
        self.watcher(snapshot)
