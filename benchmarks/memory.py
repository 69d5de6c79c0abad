"""Resident memory of each process of the mesh with its children, as `infinure status` names them."""

import json
from collections.abc import Iterator

import psutil

from benchmarks.figures import Aim, Figure
from benchmarks.mesh import Mesh

MIB = 1024 * 1024
LIMIT_MIB = 1638.0
SUBJECT = "memory"


def measure(mesh: Mesh, when: str) -> list[Figure]:
    """RSS counts what is shared once for each process, PSS only once in all: the mesh's size is its PSS."""
    sizes = {name: _sizes(pid) for name, pid in _processes(mesh)}
    figures = [
        Figure(SUBJECT, f"{name}, {when}", "MiB", pss, note=f"RSS {rss:,.0f} MiB") for name, (pss, rss) in sizes.items()
    ]
    pss, rss = (sum(column) for column in zip(*sizes.values(), strict=True))
    whole = f"RSS {rss:,.0f} MiB"
    return [*figures, Figure(SUBJECT, f"in all, {when}", "MiB", pss, aim=Aim(LIMIT_MIB), aim_on="median", note=whole)]


def _processes(mesh: Mesh) -> Iterator[tuple[str, int]]:
    for service in mesh.status()["services"]:
        yield service["name"], service["pid"]
    state = json.loads((mesh.folder / "state.json").read_text())
    yield "supervisor", state["pid"]


def _sizes(pid: int) -> tuple[float, float]:
    """MiB of PSS and RSS of a process and all below it but other processes of the mesh."""
    process = psutil.Process(pid)
    below = [] if _supervises(process) else process.children(recursive=True)
    found = [one.memory_full_info() for one in (process, *below)]
    return sum(one.pss for one in found) / MIB, sum(one.rss for one in found) / MIB


def _supervises(process: psutil.Process) -> bool:
    return "up" in process.cmdline()
