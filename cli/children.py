"""Waiting for child processes from the event loop."""

import asyncio
import contextlib
import os
import signal
import subprocess
import threading

from cli.errors import CommandError
from cli.launching import Launch, spawn
from cli.logs import last_lines, size

STOP_SECONDS = 5.0


def ended(popen: subprocess.Popen[bytes]) -> asyncio.Future[int]:
    """Its exit code, once it has one. A thread waits, as not every system has a descriptor for a process."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[int] = loop.create_future()

    def tell(code: int) -> None:
        if not future.done():
            future.set_result(code)

    def wait() -> None:
        code = popen.wait()
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(tell, code)

    threading.Thread(target=wait, daemon=True, name=f"wait for {popen.pid}").start()
    return future


async def end(popen: subprocess.Popen[bytes], stop_signal: signal.Signals, seconds: float) -> None:
    """Asks it to end, kills it when it doesn't within the time; also what it left in its group."""
    end_of_it = ended(popen)
    for sign, patience in ((stop_signal, seconds), (signal.SIGKILL, STOP_SECONDS)):
        popen.send_signal(sign)
        done, _ = await asyncio.wait({end_of_it}, timeout=patience)
        if done:
            break
    kill_group(popen.pid)


def kill_group(leader: int) -> None:
    """What a dead child left running in the group it led."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def how_it_ended(code: int) -> str:
    """In words, for people."""
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


async def run_to_end(launch: Launch, what: str, timeout_seconds: float) -> None:
    """Runs a process that does one thing and ends; ends it when cancelled.

    Raises:
        CommandError: it failed or took too long: `what` says of what; the hint holds its last lines.
    """
    before = size(launch.log)
    popen = spawn(launch)
    try:
        async with asyncio.timeout(timeout_seconds):
            code = await ended(popen)
    except TimeoutError:
        raise CommandError(f"{what} took over {timeout_seconds:g} s.", last_lines(launch.log, since=before)) from None
    finally:
        if popen.poll() is None:
            await asyncio.shield(end(popen, launch.stop_signal, STOP_SECONDS))
    if code != 0:
        raise CommandError(f"{what} failed: {how_it_ended(code)}.", last_lines(launch.log, since=before))
