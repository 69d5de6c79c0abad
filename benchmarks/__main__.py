"""`python -m benchmarks` starts a mesh of its own, measures it, prints a table and stops what it started."""

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvloop

from benchmarks import (
    answers,
    business,
    logins,
    memory,
    planning,
    scale,
    sources,
    starting,
    store,
    unary,
    uploads,
    workers,
)
from benchmarks.figures import Figure, show, write
from benchmarks.mesh import Mesh, baselines
from benchmarks.people import logged_in
from tests.builders.ports import free_port

SUBJECTS = (
    "start",
    "unary",
    "answers",
    "planning",
    "business",
    "scale",
    "workers",
    "uploads",
    "store",
    "sources",
    "logins",
    "memory",
)
# What each timed subject gets of --seconds.
UNARY, ANSWERS, PLANNING, WORKERS = 0.55, 0.3, 0.05, 0.1


def main() -> None:
    options = _options()
    figures: list[Figure] = []
    with _installation(options.home) as (mesh, started_here):
        try:
            if started_here:
                figures.append(Figure("start", "first: all ready, demo made", "s", mesh.up()))
            figures += _measured(mesh, options.only, options.seconds)
            if "business" in options.only:
                figures += business.measure()
            if "scale" in options.only:
                figures += scale.measure()
            if "store" in options.only:
                figures += store.measure()
            if "sources" in options.only:
                figures += uvloop.run(sources.measure())
            if "logins" in options.only:
                figures += uvloop.run(logins.measure())
            if started_here and "start" in options.only:
                figures.insert(1, starting.measure(mesh))
        finally:
            if started_here:
                mesh.down()
    show(figures)
    if options.json:
        write(figures, _surroundings(), options.json)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, default=SUBJECTS, help="these subjects alone")
    parser.add_argument("--seconds", type=float, default=70.0, help="how long to measure in all, starts aside")
    parser.add_argument("--home", type=Path, help="a mesh that runs there, rather than one of its own")
    options = parser.parse_args()
    if options.home and "start" in options.only and options.only is not SUBJECTS:
        parser.error("a mesh that runs isn't started again")
    return options


@contextmanager
def _installation(home: Path | None) -> Iterator[tuple[Mesh, bool]]:
    if home:
        running = Mesh(home.absolute(), 0)
        yield Mesh(home.absolute(), int(running.status()["url"].rpartition(":")[2])), False
        return
    with tempfile.TemporaryDirectory(prefix="infinure-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # the stores may run under another account
        yield Mesh(Path(folder) / "home", free_port()), True


def _measured(mesh: Mesh, only: Sequence[str], seconds: float) -> list[Figure]:
    # Memory before anything was asked, then after all of it.
    idle = memory.measure(mesh, "idle")[-1:] if "memory" in only else []
    figures = uvloop.run(_under_load(mesh, only, seconds))
    if "memory" in only:
        figures += [*idle, *memory.measure(mesh, "after load")]
    return figures


async def _under_load(mesh: Mesh, only: Sequence[str], seconds: float) -> list[Figure]:
    figures: list[Figure] = []
    people = await logged_in(mesh, mesh.status()["demo_users"])
    with tempfile.TemporaryDirectory(prefix="infinure-bench-") as folder:
        ports = (free_port(), free_port(), free_port(), free_port())
        with baselines(mesh, Path(folder), ports) as at:
            if "unary" in only:
                figures += await unary.measure(mesh, at, people[0], UNARY * seconds)
            if "answers" in only:
                figures += await answers.measure(mesh, at, people, ANSWERS * seconds)
    if "planning" in only:
        figures += await planning.measure(mesh, people[0], PLANNING * seconds)
    if "uploads" in only:
        figures += await uploads.measure(mesh, people[0])
    if "workers" in only:
        figures += await workers.measure(WORKERS * seconds)
    return figures


def _surroundings() -> dict[str, object]:
    return {
        "processors": os.cpu_count(),
        "load_average": os.getloadavg()[0],
        "python": platform.python_version(),
        "machine": platform.machine(),
    }


if __name__ == "__main__":
    main()
