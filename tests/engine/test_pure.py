"""The engine and the boundary read no clock, no environment and no file, and leave nothing to chance.

Which libraries they may import at all import-linter holds; this looks at what they call of those that remain.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PACKAGES = ("services/ml_gateway/engine", "services/integration/boundary")
# The learned weights, read once, are a part of the code.
READS = {"services/ml_gateway/engine/reader/weights.py"}
MODULES = {
    "asyncio", "ctypes", "getpass", "http", "io", "multiprocessing", "os", "pathlib", "platform", "random",
    "secrets", "shutil", "signal", "socket", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip
CALLS = {"now", "today", "utcnow", "fromtimestamp", "localtime", "monotonic", "perf_counter", "getenv", "urandom"}
NAMES = {"open", "input", "print", "hash", "breakpoint", "eval", "exec", "__import__"}
FILES = {
    file.relative_to(ROOT).as_posix(): file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))
}


def impure(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        match node:
            case ast.Import(names=names):
                yield from (f"{line}: import {one.name}" for one in names if one.name.partition(".")[0] in MODULES)
            case ast.ImportFrom(module=str(module), level=0) if module.partition(".")[0] in MODULES:
                yield f"{line}: from {module} import"
            case ast.Call(func=ast.Attribute(attr=name)) if name in CALLS:
                yield f"{line}: .{name}()"
            case ast.Call(func=ast.Name(id=name)) if name in NAMES:
                yield f"{line}: {name}()"


@pytest.mark.parametrize("name", FILES)
def test_nothing_but_what_is_given_counts(name: str) -> None:
    found = list(impure(ast.parse(FILES[name].read_text())))
    assert found == [] or name in READS, found


@pytest.mark.parametrize(
    "code",
    [
        "import time",
        "from os import environ",
        "import random",
        "datetime.now(UTC)",
        "date.today()",
        "open('x')",
        "hash(a)",
    ],
)
def test_it_would_be_seen(code: str) -> None:
    assert len(list(impure(ast.parse(code)))) == 1


PLANNED = """
from tests.engine.catalogs import CATALOGS
from tests.engine.data import NOW
from tests.engine.test_pure import asked
from services.ml_gateway.engine import plan, prepare

for name, make in CATALOGS.items():
    index = prepare(make())
    for question in asked(name):
        print(name, question, plan(question, index, now=NOW))
"""


def asked(name: str) -> list[str]:
    """Some questions of each catalog, other ones of each."""
    cases = yaml.safe_load((Path(__file__).parent / "cases" / f"{name}.yaml").read_text())
    return [case["question"] for case in cases[:: max(1, len(cases) // 25)]]


def test_another_run_of_the_program_plans_the_same() -> None:
    """The order of Python's sets is another in each run."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", PLANNED], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout.splitlines()
        for seed in ("1", "2")
    ]  # fmt: skip
    assert len(runs[0]) > 50
    assert [pair for pair in zip(*runs, strict=True) if pair[0] != pair[1]] == []
