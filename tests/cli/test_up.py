"""The life of a whole mesh: started, hurt, killed, started again, stopped. Nothing acknowledged is lost."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.builders.ports import free_port

pytestmark = pytest.mark.mesh

ACCOUNT = {
    "organization_name": "Kept Ltd",
    "organization_slug": "kept-ltd",
    "email": "founder@kept.example",
    "password": "Amber-Walnut-Ferry-2931",
    "first_name": "Ada",
    "last_name": "Kept",
}


class Installation:
    """One home, driven by the command alone."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port

    def infinure(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cli", *arguments, "--home", str(self.folder)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def up(self) -> None:
        done = self.infinure("up", "--detach", "--no-demo", "--port", str(self.port))
        assert done.returncode == 0, done.stdout + done.stderr

    def status(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.infinure("status", "--json").stdout)
        return told

    def service(self, name: str) -> dict[str, Any]:
        return next(service for service in self.status()["services"] if service["name"] == name)

    def supervisor(self) -> psutil.Process:
        return psutil.Process(json.loads((self.folder / "up.lock").read_text())["pid"])

    def processes(self) -> list[psutil.Process]:
        """Whatever runs for this home, wherever it stands in the tree."""
        found = []
        for process in psutil.process_iter():
            try:
                ours = str(self.folder) in (process.environ().get("INFINURE_HOME"), *process.cmdline())
                inside = Path(process.cwd()).is_relative_to(self.folder)
            except (psutil.Error, OSError):
                continue
            if (ours or inside) and process.pid != os.getpid():
                found.append(process)
        return found


@pytest.fixture
def installation() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="infinure-mesh-") as name:
        made = Installation(Path(name) / "home", free_port())
        yield made
        made.infinure("down")


def wait_until_ready(installation: Installation, name: str, other_than: int, seconds: float = 60) -> dict[str, Any]:
    deadline = time.monotonic() + seconds
    while (service := installation.service(name))["state"] != "ready" or service["pid"] == other_than:
        assert time.monotonic() < deadline, service
        time.sleep(0.1)
    return service


def test_the_life_of_a_mesh(installation: Installation) -> None:
    installation.up()
    status = installation.status()
    assert status["ready"]
    assert {service["state"] for service in status["services"]} == {"ready"}
    with httpx.Client(base_url=f"http://127.0.0.1:{installation.port}") as client:
        signed_up = client.post("/v1/auth/signup", json=ACCOUNT)
        assert signed_up.status_code == 200, signed_up.text

        second = installation.infinure("up", "--port", str(free_port()))
        assert second.returncode == 1
        assert f"pid {installation.supervisor().pid}" in second.stderr

        killed = installation.service("chat")["pid"]
        os.kill(killed, signal.SIGKILL)
        assert wait_until_ready(installation, "chat", killed)["restarts"] == 1

        tree = [installation.supervisor(), *installation.supervisor().children(recursive=True)]
        for process in tree:
            with contextlib.suppress(psutil.NoSuchProcess):  # its parent's end was its own
                process.kill()
        psutil.wait_procs(tree)
        installation.up()
        credentials = {"email": ACCOUNT["email"], "password": ACCOUNT["password"]}
        assert client.post("/v1/auth/login", json=credentials).status_code == 200

        installation.supervisor().kill()  # alone: its children must not stand in the way of the next start
        installation.up()
        assert client.post("/v1/auth/login", json=credentials).status_code == 200

    assert installation.infinure("down").stdout == "Stopped.\n"
    assert installation.processes() == []
    assert installation.infinure("status").returncode == 1
