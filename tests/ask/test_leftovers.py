"""Nothing stays behind, however a run ends: no process, no file, no listening port."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.ask.running import COMMAND, Asker, environment, heed_interrupts
from tests.ask.terminal import Terminal

# Long enough to be interrupted in: a large file to read, and a query that multiplies it with itself.
ROWS = 400_000
LOOK_SECONDS = 0.01


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("large") / "points.csv"
    with file.open("w") as out:
        out.write("point_id,label,weight\n")
        out.writelines(f"{number},label {number % 977},{number * 7 % 1000}\n" for number in range(ROWS))
    return file


@contextmanager
def running(ask: Asker, *words: str | Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*COMMAND, *map(str, words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment(ask.home), cwd=Path(__file__).parents[2], start_new_session=True, preexec_fn=heed_interrupts,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def ours(pid: int) -> list[psutil.Process]:
    """The command and its workers, whoever their parent is by now: their command line names whom they serve."""
    found = []
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
            serves = any("zygote" in word for word in words) and str(pid) in words
            if (serves or process.pid == pid) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def all_gone(pid: int) -> bool:
    _, alive = psutil.wait_procs(ours(pid), timeout=60)
    return not alive and not ours(pid)


def when_at_work(process: subprocess.Popen[Any], seconds: float = 60) -> None:
    """Returns when the command's zygote and a worker run."""
    deadline = time.monotonic() + seconds
    while len(ours(process.pid)) < 3:
        assert process.poll() is None, "it ended before it was at work"
        assert time.monotonic() < deadline, "its workers never came"
        # Looking all the time would keep both cores from the command that is waited for.
        time.sleep(LOOK_SECONDS)


def kill_grandchildren(pid: int) -> None:
    """Workers are forked by a child of the command's."""
    try:
        for child in psutil.Process(pid).children(recursive=True):
            if child.ppid() != pid:
                child.kill()
    except psutil.NoSuchProcess:
        return


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_while_a_file_is_read(ask: Asker, large: Path, number: signal.Signals) -> None:
    with running(ask, large, "how many points") as process:
        when_at_work(process)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        assert process.returncode in (128 + number, -number)
        assert "Traceback" not in err
        assert out == ""
    assert all_gone(process.pid)
    if number is not signal.SIGKILL:
        assert ask.left_files() == []


def test_ctrl_c_at_a_terminal_reaches_everyone_and_is_quiet(ask: Asker, large: Path) -> None:
    with Terminal(ask.home, large, "how many points") as terminal:
        when_at_work(terminal.process)
        terminal.type("\x03")
        assert terminal.end() == 130
        assert "Traceback" not in terminal.seen
    assert all_gone(terminal.process.pid)
    assert ask.left_files() == []


def test_nothing_listens_and_nothing_is_left_after_an_answer(ask: Asker, large: Path) -> None:
    listened = set()
    with running(ask, large, "how many points") as process:
        while process.poll() is None:
            for one in ours(process.pid):
                try:
                    listened |= {found for found in one.net_connections("inet") if found.status == psutil.CONN_LISTEN}
                except (psutil.NoSuchProcess, psutil.AccessDenied):
                    continue
        out, _ = process.communicate()
        assert f"{ROWS:,}" in out
    assert listened == set()
    assert all_gone(process.pid)
    assert ask.left_files() == []


def test_a_worker_that_is_killed_is_told(ask: Asker, large: Path) -> None:
    with running(ask, large, "how many points") as process:
        when_at_work(process)
        while process.poll() is None:
            kill_grandchildren(process.pid)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert out == ""
    assert err.count("infinure: ") == 1
    assert "Traceback" not in err
    assert all_gone(process.pid)
