"""How a start looks on the screen: a live table on a terminal, plain lines anywhere else."""

import sys
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from cli.board import Phase, Row, Snapshot, State

if TYPE_CHECKING:
    from rich.console import RenderableType

LOOKS = {
    State.WAITING: ("·", "dim"),
    State.STARTING: ("…", "cyan"),
    State.READY: ("✓", "green"),
    State.RESTARTING: ("↻", "yellow"),
    State.STOPPING: ("…", "dim"),
    State.STOPPED: ("·", "dim"),
    State.FAILED: ("✗", "red"),
}


class View(AbstractContextManager["View"], Protocol):
    """Shows snapshots of the board as they come."""

    def show(self, snapshot: Snapshot) -> None: ...


def view(logins: bool = True) -> View:
    """The view that suits standard output."""
    return LiveView() if sys.stdout.isatty() else PlainView(logins=logins)


class PlainView(View):
    """One line for each change that matters: ready, failed, restarting; or for each row there is.

    `logins` says whether the demo organization's passwords are shown: they never belong in a log.
    """

    def __init__(self, every_state: bool = False, logins: bool = True) -> None:
        self._every_state = every_state
        self._logins = logins
        self._shown: dict[str, tuple[State, str]] = {}
        self._phase: Phase | None = None

    def show(self, snapshot: Snapshot) -> None:
        for row in snapshot.rows:
            if self._shown.get(row.name) != (row.state, row.note):
                self._shown[row.name] = (row.state, row.note)
                if self._every_state or row.state in (State.READY, State.RESTARTING, State.FAILED):
                    detail = _detail(row)
                    self._line(
                        f"{LOOKS[row.state][0]} {row.name} {row.state.value}" + (f" ({detail})" if detail else "")
                    )
        if snapshot.phase is not self._phase:
            self._phase = snapshot.phase
            self._line(*_closing_lines(snapshot, self._logins))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to take down."""

    @staticmethod
    def _line(*lines: str) -> None:
        for line in lines:
            print(line, flush=True)


class LiveView(View):
    """A table that stays in place and is redrawn as things change."""

    def __init__(self) -> None:
        # Imported here, for the commands that draw nothing.
        from rich.live import Live

        self._live = Live(auto_refresh=False)

    def __enter__(self) -> "LiveView":
        self._live.start()
        return self

    def show(self, snapshot: Snapshot) -> None:
        self._live.update(_table(snapshot), refresh=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()


def _table(snapshot: Snapshot) -> "RenderableType":
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    # Steps that are done make room for the URL and the logins: all must fit 24 lines.
    settled = snapshot.phase is Phase.READY
    for row in (row for row in snapshot.rows if row.process or not settled):
        sign, style = LOOKS[row.state]
        table.add_row(Text(sign, style), Text(row.name), Text(row.state.value, style), Text(_detail(row), "dim"))
    return Group(Text("Infinure", "bold"), table, *(Text(line) for line in _closing_lines(snapshot)))


def _detail(row: Row) -> str:
    restarts = f"restarted {row.restarts} times" if row.restarts > 1 else "restarted once" if row.restarts else ""
    return "; ".join(part for part in (row.note, restarts) if part)


def _closing_lines(snapshot: Snapshot, logins: bool = True) -> list[str]:
    """What the phase means for the reader."""
    if snapshot.phase is Phase.READY:
        mails = [f"E-mails go to {snapshot.outbox}"] if snapshot.outbox else []
        return ["", f"Infinure is ready: {snapshot.url}", *mails, *(_logins(snapshot) if logins else []), ""]
    if snapshot.phase is Phase.STOPPING:
        return ["Stopping."]
    if snapshot.phase is Phase.STOPPED:
        return ["Stopped."]
    return []


def _logins(snapshot: Snapshot) -> list[str]:
    if not snapshot.demo_users:
        return []
    width = max(len(user["email"]) for user in snapshot.demo_users)
    lines = [f"  {user['role']:<9} {user['email']:<{width}}  {user['password']}" for user in snapshot.demo_users]
    return ["Log in to the demo organization as", *lines]
