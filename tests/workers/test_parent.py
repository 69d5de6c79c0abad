"""When the service dies, everything that it started dies with it."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys

import psutil
import pytest

from tests.workers.running import until

PARENT = """
import asyncio, json
from services.integration.workers import Workers
from tests.workers.running import MODULES, work

async def main():
    async with Workers.open(modules=MODULES) as workers:
        async with workers.run(work("for_ever")) as messages, workers.run(work("eat_cpu")) as others:
            first, second = await anext(messages), await anext(others)
            print(json.dumps([workers.zygote_pid, first["pid"], second["pid"], *workers.idle_pids]), flush=True)
            await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
async def test_a_parent_that_is_killed_takes_all_with_it(how: signal.Signals) -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert parent.stdout
    line = (await asyncio.wait_for(parent.stdout.readline(), 60)).decode()
    family = [psutil.Process(int(pid)) for pid in line.strip("[]\n").split(",")]
    assert len(family) >= 3
    parent.send_signal(how)
    await parent.wait()
    await until(lambda: not any(process.is_running() for process in family))
