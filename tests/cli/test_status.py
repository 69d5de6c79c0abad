"""What `infinure status`, `logs` and `--help` tell, by the command itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli import logs
from cli.board import Board, Phase, Snapshot, State
from cli.home import Home
from cli.progress import PlainView
from cli.status import as_json, is_ready, snapshot

USERS = tuple(
    {"role": role, "email": f"{role}@example.org", "password": "p"} for role in ("ceo", "director", "manager")
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.ensure()
    return made


@pytest.fixture
def running(home: Home) -> Board:
    """A board as `infinure up` writes it once all is ready."""
    board = Board(home.state, Snapshot(os.getpid(), Phase.STARTING, "http://localhost:8080", (), 1.0))
    board.show("demo data", State.READY, "3.0 s")
    board.show("chat", State.READY, process=True, pid=4711)
    board.welcome(USERS)
    board.enter(Phase.READY)
    return board


def infinure(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "cli", *arguments], capture_output=True, text=True, check=False)


def test_status_of_a_running_mesh(home: Home, running: Board) -> None:
    with home.locked():
        done = infinure("status", "--json", "--home", str(home.folder))
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["url"] == "http://localhost:8080"
    assert told["services"] == [{"name": "chat", "state": "ready", "pid": 4711, "restarts": 0, "note": ""}]
    assert told["demo_users"] == list(USERS)


def test_status_after_the_run_was_killed_says_stopped(home: Home, running: Board) -> None:
    done = infinure("status", "--json", "--home", str(home.folder))
    assert done.returncode == 1
    assert json.loads(done.stdout)["services"][0]["state"] == "stopped"
    assert json.loads(done.stdout)["services"][0]["pid"] is None


def test_one_process_that_restarts_makes_the_mesh_not_ready(home: Home, running: Board) -> None:
    running.show("chat", State.RESTARTING, "killed by SIGKILL", process=True)
    with home.locked():
        shown = snapshot(home)
    assert not is_ready(shown)
    assert as_json(shown)["services"][0]["restarts"] == 1


def test_status_and_down_where_nothing_ever_ran(home: Home) -> None:
    status = infinure("status", "--json", "--home", str(home.folder))
    assert (status.returncode, json.loads(status.stdout)["services"]) == (1, [])
    down = infinure("down", "--home", str(home.folder))
    assert (down.returncode, down.stdout) == (0, "Infinure was not running.\n")


def test_plain_progress_tells_the_url_and_the_logins(running: Board, capsys: pytest.CaptureFixture[str]) -> None:
    PlainView().show(running.snapshot)
    told = capsys.readouterr().out
    assert "✓ chat ready" in told
    assert "Infinure is ready: http://localhost:8080" in told
    assert all(user["email"] in told for user in USERS)


def test_logs_of_one_process_and_of_one_that_is_not(home: Home) -> None:
    home.log("chat").write_text("one\ntwo\nthree\n")
    assert infinure("logs", "chat", "-n", "2", "--home", str(home.folder)).stdout == "two\nthree\n"
    unknown = infinure("logs", "chatt", "--home", str(home.folder))
    assert unknown.returncode == 1
    assert "There are: chat." in unknown.stderr


def test_a_grown_log_is_cut_while_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "chat.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"x" * 100)
        assert logs.cut_grown(tmp_path, largest_bytes=50) == [log]
        writer.write(b"new\n")
    assert log.read_bytes() == b"new\n"
    assert (tmp_path / "chat.log.1").read_bytes() == b"x" * 100


@pytest.mark.parametrize("command", [(), ("up",), ("down",), ("status",), ("logs",), ("version",)])
def test_help_everywhere(command: tuple[str, ...]) -> None:
    done = infinure(*command, "--help")
    assert done.returncode == 0
    assert "Usage:" in done.stdout
