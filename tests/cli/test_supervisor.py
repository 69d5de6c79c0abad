"""The supervisor over tiny real processes: readiness, restarts with backoff, order, and no orphan however it ends."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest

from cli.board import Board, Phase, Snapshot, State
from cli.errors import CommandError
from cli.launching import Launch
from cli.orphans import ProcessRecords, is_alive, wait_gone
from cli.supervisor import Backoff, Process, Supervisor

# Writes its pid where it is told, then waits for a signal.
WAITS = (
    "import pathlib, signal, sys; pathlib.Path(sys.argv[1]).write_text(str(__import__('os').getpid())); signal.pause()"
)
SUPERVISED = """
import asyncio, sys
from pathlib import Path
from tests.cli.test_supervisor import board, process, GRANDPARENT
from cli.orphans import ProcessRecords
from cli.supervisor import Supervisor

async def main():
    folder = Path(sys.argv[1])
    supervisor = Supervisor(board(folder), ProcessRecords(folder / "processes.json", folder))
    await supervisor.start([process(folder, "parent", GRANDPARENT, home=folder)])
    print("ready", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""
# Starts a child that outlives it, as a server with helpers of its own may do.
GRANDPARENT = (
    "import pathlib, signal, subprocess, sys; "
    "child = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()']); "
    "pathlib.Path(sys.argv[1]).with_suffix('.child').write_text(str(child.pid)); "
    "pathlib.Path(sys.argv[1]).write_text('x'); signal.pause()"
)


def board(folder: Path) -> Board:
    return Board(folder / "state.json", Snapshot(os.getpid(), Phase.STARTING, "http://localhost:1", (), 0.0))


def process(
    folder: Path,
    name: str,
    code: str = WAITS,
    home: Path | None = None,
    ready_seconds: float = 60,
    stop_seconds: float = 5,
) -> Process:
    """A process that is ready once its file is there; the file is removed before each start."""
    file = folder / name
    environment = {"PATH": os.environ["PATH"], **({"INFINURE_HOME": str(home)} if home else {})}
    launch = Launch((sys.executable, "-c", code, str(file)), environment, folder, folder / f"{name}.log")

    def is_ready() -> bool:
        return file.exists() and bool(file.read_text())

    return Process(name, lambda: launch, is_ready, lambda: file.unlink(missing_ok=True), ready_seconds, stop_seconds)


@pytest.fixture
def shown(tmp_path: Path) -> Board:
    return board(tmp_path)


@pytest.fixture
async def supervisor(shown: Board, tmp_path: Path) -> AsyncIterator[Supervisor]:
    records = ProcessRecords(tmp_path / "processes.json", tmp_path)
    made = Supervisor(shown, records, Backoff(first_seconds=0.05, longest_seconds=0.2))
    yield made
    await made.stop()


def row(board: Board, name: str) -> tuple[State, int | None, int]:
    found = next(row for row in board.snapshot.rows if row.name == name)
    return found.state, found.pid, found.restarts


async def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is watched is another process
            await asyncio.sleep(0.01)


async def test_a_process_that_dies_is_started_again_and_it_is_said(
    supervisor: Supervisor, shown: Board, tmp_path: Path
) -> None:
    await supervisor.start([process(tmp_path, "one")])
    state, first, _ = row(shown, "one")
    assert state is State.READY
    assert first is not None
    seen: list[str] = []
    shown.watcher = lambda snapshot: seen.append(snapshot.rows[0].note)
    os.kill(first, signal.SIGKILL)
    await until(lambda: row(shown, "one")[0] is State.READY and row(shown, "one")[1] != first)
    assert row(shown, "one")[2] == 1
    assert "killed by SIGKILL; again in 0.05 s" in seen


def test_backoff_doubles_up_to_its_longest() -> None:
    backoff = Backoff(first_seconds=0.5, longest_seconds=30)
    assert [backoff.delay(n) for n in range(1, 9)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert backoff.delay(10_000) == 30


async def test_a_process_that_ends_before_it_is_ready_fails_the_start_with_its_last_words(
    supervisor: Supervisor, shown: Board, tmp_path: Path
) -> None:
    with pytest.raises(CommandError) as failed:
        await supervisor.start(
            [process(tmp_path, "good"), process(tmp_path, "bad", "raise SystemExit('no such host')")]
        )
    assert "bad did not start: ended with exit code 1" in failed.value.message
    assert "no such host" in failed.value.hint
    await supervisor.stop()
    assert row(shown, "good")[0] is State.STOPPED


async def test_a_process_that_is_never_ready_fails_the_start_and_is_not_left_running(
    supervisor: Supervisor, shown: Board, tmp_path: Path
) -> None:
    pids: set[int] = set()
    shown.watcher = lambda snapshot: pids.update(row.pid for row in snapshot.rows if row.pid)
    with pytest.raises(CommandError, match="not ready within 1 s"):
        await supervisor.start([process(tmp_path, "slow", "import signal; signal.pause()", ready_seconds=1)])
    (slow,) = pids
    assert not psutil.pid_exists(slow)


async def test_the_last_started_is_stopped_first_and_the_stubborn_are_killed(
    supervisor: Supervisor, shown: Board, tmp_path: Path
) -> None:
    stubborn = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {WAITS}; signal.pause()"
    await supervisor.start([process(tmp_path, "store")])
    await supervisor.start([process(tmp_path, "service", stubborn, stop_seconds=0.2)])
    pids = [row(shown, name)[1] for name in ("store", "service")]
    order: list[str] = []
    shown.watcher = lambda snapshot: order.extend(
        r.name for r in snapshot.rows if r.state is State.STOPPED and r.name not in order
    )
    await supervisor.stop()
    assert order == ["service", "store"]
    assert not any(pid and psutil.pid_exists(pid) for pid in pids)


async def test_what_a_process_leaves_in_its_group_is_ended_with_it(
    supervisor: Supervisor, shown: Board, tmp_path: Path
) -> None:
    await supervisor.start([process(tmp_path, "parent", GRANDPARENT)])
    child = psutil.Process(int((tmp_path / "parent.child").read_text()))
    await supervisor.stop()
    assert wait_gone([child], 60) == []


def test_kill_9_of_the_supervisor_ends_its_children_and_the_next_start_ends_theirs(tmp_path: Path) -> None:
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    assert supervisor.stdout.readline() == "ready\n"
    [parent] = psutil.Process(supervisor.pid).children()
    grandchild = psutil.Process(int((tmp_path / "parent.child").read_text()))
    supervisor.kill()
    supervisor.communicate()
    if sys.platform.startswith("linux"):
        assert wait_gone([parent], 60) == []
    assert is_alive(grandchild)
    assert ProcessRecords(tmp_path / "processes.json", tmp_path).end_leftovers() == [grandchild.pid]
    assert not is_alive(grandchild)


def test_a_pid_that_is_somebody_else_by_now_is_left_alone(tmp_path: Path) -> None:
    bystander = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        (tmp_path / "processes.json").write_text(f'{{"chat": [{bystander.pid}, {time.time() - 3600}, 15]}}')
        assert ProcessRecords(tmp_path / "processes.json", tmp_path).end_leftovers() == []
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()
