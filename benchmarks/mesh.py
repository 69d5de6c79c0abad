"""A whole Infinure in a folder of its own, started and stopped by the command that everybody uses."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import grpc

from cli.certificates import CertificateFolder, Files
from cli.home import Home
from cli.launching import Launch, base_environment, spawn
from cli.readiness import Probe
from cli.stores.provision import SERVICES

START_SECONDS = 150.0
POLL_SECONDS = 0.05
TRUST_DOMAIN = "infinure.local"
# Python's client opens one connection for each channel; a single one would meet the limit of one Envoy thread.
CHANNELS = 4


@dataclass(frozen=True)
class Mesh:
    """One installation. `port` is the edge's."""

    folder: Path
    port: int

    def up(self) -> float:
        """Starts it and returns the seconds until all was ready."""
        begun = time.monotonic()
        self._infinure("up", "--detach", "--port", str(self.port))
        return time.monotonic() - begun

    def down(self) -> None:
        self._infinure("down")

    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._infinure("status", "--json"))
        return found

    @property
    def edge(self) -> str:
        return f"127.0.0.1:{self.port}"

    def address(self, name: str) -> str:
        ports: dict[str, int] = json.loads((self.folder / "ports.json").read_text())
        return f"127.0.0.1:{ports[name]}"

    def files(self, name: str) -> Files:
        return CertificateFolder(Home(self.folder).certificates, TRUST_DOMAIN).files(name)

    @cached_property
    def credentials(self) -> grpc.ChannelCredentials:
        """The edge's identity: what goes directly to a service comes as the edge does."""
        files = self.files("edge")
        return grpc.ssl_channel_credentials(
            files.authority.read_bytes(), files.key.read_bytes(), files.certificate.read_bytes()
        )

    def _infinure(self, command: str, *arguments: str) -> str:
        run = [sys.executable, "-m", "cli", command, *arguments, "--home", str(self.folder)]
        done = subprocess.run(run, capture_output=True, text=True, timeout=START_SECONDS, env=self._environment)
        if done.returncode != 0:
            raise RuntimeError(f"infinure {command} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    @property
    def _environment(self) -> dict[str, str]:
        """Without the caller's INFINURE_ variables: what is measured is an installation as it comes."""
        return {name: value for name, value in os.environ.items() if not name.startswith("INFINURE_")}


def channels(address: str, credentials: grpc.ChannelCredentials | None) -> list[grpc.aio.Channel]:
    """CHANNELS connections of their own, over mTLS or, to the edge, without."""
    options = [("grpc.use_local_subchannel_pool", 1)]
    if credentials is None:
        return [grpc.aio.insecure_channel(address, options) for _ in range(CHANNELS)]
    return [grpc.aio.secure_channel(address, credentials, options) for _ in range(CHANNELS)]


@dataclass(frozen=True)
class Baselines:
    """Where the two baselines and the edge before them and before chat listen."""

    echo: str
    guarded: str
    edge: str


@contextmanager
def baselines(mesh: Mesh, folder: Path, ports: tuple[int, int, int, int]) -> Iterator[Baselines]:
    """The processes of benchmarks/baselines.py, and an edge like the mesh's own, but that it limits nobody's rate:
    auth's place is taken by the echo, integration's by the guarded nothing; chat is the mesh's."""
    echo, guarded, edge, admin = (f"127.0.0.1:{port}" for port in ports)
    certificates = str(Home(mesh.folder).certificates)
    common = (certificates, TRUST_DOMAIN, mesh.address("auth"))
    module = (sys.executable, "-m", "benchmarks.baselines")
    environment = {**base_environment(), **_edge_environment(mesh, echo, guarded, edge, admin)}
    launches = (
        Launch((*module, "echo", echo, *common), base_environment(), log=folder / "echo.log"),
        Launch((*module, "guarded", guarded, *common), base_environment(), log=folder / "guarded.log"),
        Launch((sys.executable, "-P", "-m", "edge"), environment, folder, folder / "edge.log"),
    )
    probe = Probe(mesh.files("cli"))
    with ExitStack() as stack:
        for launch in launches:
            process = spawn(launch)
            stack.callback(process.wait)
            stack.callback(process.terminate)
        for port in ports[:3]:
            _await(probe.port(port))
        yield Baselines(echo, guarded, edge)


def _edge_environment(mesh: Mesh, echo: str, guarded: str, edge: str, admin: str) -> Mapping[str, str]:
    files = mesh.files("edge")
    services = {f"INFINURE_{name.upper()}_ADDRESS": mesh.address(name) for name in SERVICES}
    return services | {
        "INFINURE_AUTH_ADDRESS": echo,
        "INFINURE_INTEGRATION_ADDRESS": guarded,
        "INFINURE_AUTH_OPERATIONS_ADDRESS": mesh.address("auth_operations"),
        "INFINURE_WEB_ADDRESS": mesh.address("web"),
        "INFINURE_PUBLIC_LISTEN": edge,
        "INFINURE_EDGE_ADMIN_LISTEN": admin,
        "INFINURE_PUBLIC_URL": f"http://{edge}",
        "INFINURE_TLS_CERTIFICATE": str(files.certificate),
        "INFINURE_TLS_KEY": str(files.key),
        "INFINURE_TLS_CA": str(files.authority),
        "INFINURE_EDGE_REQUESTS_PER_SECOND": "1000000",
        "INFINURE_EDGE_BURST": "1000000",
    }


def _await(ready: Any) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if time.monotonic() > deadline:
            raise RuntimeError("a baseline didn't start")
        time.sleep(POLL_SECONDS)
