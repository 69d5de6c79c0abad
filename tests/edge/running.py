"""Starts the mesh of tests/edge/mesh.py and edges before it, each a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.certificates import Files
from cli.launching import Launch, base_environment, spawn
from cli.readiness import Probe
from edge.settings import PROCESSES
from meshkit.settings import TlsSettings
from tests.builders.certificates import TestCertificates
from tests.builders.ports import free_port

ROOT = Path(__file__).parents[2]
START_SECONDS = 60.0
POLL_SECONDS = 0.02


@dataclass(frozen=True)
class Mesh:
    """Running services by name, and the folder of everybody's certificates."""

    addresses: Mapping[str, str]
    certificates: TestCertificates
    signing_keys: Path

    @property
    def edge_tls(self) -> TlsSettings:
        return self.certificates.tls("edge")


@dataclass(frozen=True)
class Edge:
    """A running edge; `output` is what it wrote: one JSON line for each request, complete when it has stopped."""

    address: str
    admin: str
    output: Path

    @property
    def url(self) -> str:
        return f"http://{self.address}"


@contextmanager
def running_mesh(folder: Path, plan: Mapping[str, str]) -> Iterator[Mesh]:
    file = folder / "plan.json"
    file.write_text(json.dumps({**plan, "certificates": str(folder / "certificates")}))
    with (folder / "mesh.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.edge.mesh", str(file)], cwd=ROOT, stdout=subprocess.PIPE, stderr=log
        )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, f"the mesh didn't start:\n{(folder / 'mesh.log').read_text()}"
        yield Mesh(json.loads(line), TestCertificates(folder / "certificates"), Path(plan["signing_keys"]))
    finally:
        process.terminate()
        process.communicate()


def edge_environment(mesh: Mesh, changes: Mapping[str, str]) -> dict[str, str]:
    """What `python -m edge` is told; a service that the mesh hasn't got is at a port where nobody listens."""
    tls = mesh.edge_tls
    services = {f"INFINURE_{name.upper()}_ADDRESS": mesh.addresses.get(name, "127.0.0.1:1") for name in PROCESSES}
    return {
        **base_environment(),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'gen' / 'python'}",
        "INFINURE_PUBLIC_LISTEN": f"127.0.0.1:{free_port()}",
        "INFINURE_EDGE_ADMIN_LISTEN": f"127.0.0.1:{free_port()}",
        **services,
        "INFINURE_WEB_ADDRESS": mesh.addresses["web"],
        "INFINURE_AUTH_OPERATIONS_ADDRESS": mesh.addresses["auth_operations"],
        "INFINURE_TLS_CERTIFICATE": str(tls.certificate),
        "INFINURE_TLS_KEY": str(tls.key),
        "INFINURE_TLS_CA": str(tls.authority),
        "INFINURE_PUBLIC_URL": "http://localhost:8080",
        **changes,
    }


@contextmanager
def running_edge(mesh: Mesh, folder: Path, **changes: str) -> Iterator[Edge]:
    """An edge before the mesh, ready; `changes` are variables of its environment."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = edge_environment(mesh, changes)
    edge = Edge(environment["INFINURE_PUBLIC_LISTEN"], environment["INFINURE_EDGE_ADMIN_LISTEN"], folder / "edge.log")
    process = spawn(Launch((sys.executable, "-m", "edge"), environment, folder, edge.output))
    try:
        _await_ready(process, edge, mesh.edge_tls)
        yield edge
    finally:
        process.terminate()
        process.wait()


def _await_ready(process: "subprocess.Popen[bytes]", edge: Edge, tls: TlsSettings) -> None:
    ready = Probe(Files(tls.certificate, tls.key, tls.authority)).edge(int(edge.address.rpartition(":")[2]))
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        assert process.poll() is None, f"the edge ended:\n{edge.output.read_text()}"
        assert time.monotonic() < deadline, f"the edge isn't ready:\n{edge.output.read_text()}"
        time.sleep(POLL_SECONDS)
