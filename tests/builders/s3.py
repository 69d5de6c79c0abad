"""A real S3 server per test process (moto's, over HTTP), and a bucket per test."""

import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.builders.ports import free_port

START_SECONDS = 60.0
KEY_ID, KEY = "tests", "made-up-for-tests"


@dataclass(frozen=True)
class S3Server:
    """Where it listens."""

    endpoint: str

    def bucket(self) -> str:
        """A new bucket's name."""
        name = f"files-{secrets.token_hex(6)}"
        made = urllib.request.Request(f"{self.endpoint}/{name}", method="PUT")  # noqa: S310  our own server
        urllib.request.urlopen(made, timeout=60).close()  # noqa: S310
        return name


@contextmanager
def running_s3() -> Iterator[S3Server]:
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(
        command, env={**os.environ, "PYTHONWARNINGS": "ignore"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        server = S3Server(f"http://127.0.0.1:{port}")
        _await(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(60)


def _await(server: S3Server, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{server.endpoint}/moto-api/", timeout=2).close()  # noqa: S310
            return
        except (urllib.error.URLError, OSError):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the S3 server did not start") from None
            time.sleep(0.05)
