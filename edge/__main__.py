"""`python -m edge` writes Envoy's configuration into the working folder and becomes Envoy; `--validate` checks it."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from edge.bootstrap import envoy_bootstrap
from edge.settings import SettingsError, from_environment


def main(arguments: list[str]) -> NoReturn:
    try:
        settings = from_environment(os.environ)
    except SettingsError as error:
        sys.exit(f"edge: {error}")
    envoy = Path(sys.executable).parent / "envoy"
    file = Path.cwd() / "envoy.json"
    file.write_text(envoy_bootstrap(settings).to_json())
    options = ["--mode", "validate"] if "--validate" in arguments else ["--concurrency", "2", "--use-dynamic-base-id"]
    # The process becomes Envoy: no Python stays behind it, and its signals are Envoy's own.
    os.execv(envoy, [str(envoy), "-c", str(file), "--log-level", "warning", *options])  # noqa: S606 (no shell meant)


if __name__ == "__main__":
    main(sys.argv[1:])
