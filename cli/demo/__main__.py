"""`python -m cli.demo data|people STATE` makes the demo's database, or its organization in a running mesh.

Run by `infinure up`, with the environment of the auth service (its operator's command adds the users),
INFINURE_DEMO_SUPERUSER_URL, a superuser's URL of the PostgreSQL server that holds the shop, and
INFINURE_DEMO_EDGE_ADDRESS, the edge's host:port.
"""

import argparse
import asyncio
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from cli.demo.state import DemoState
from cli.errors import CommandError


def main() -> int:
    arguments = _arguments()
    state = DemoState.load_or_make(arguments.state, arguments.today)
    # Each part imports its own: drivers for the one, gRPC for the other.
    work = _data(state) if arguments.part == "data" else _people(state)
    try:
        asyncio.run(work)
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


async def _data(state: DemoState) -> None:
    from cli.demo.database import build

    await build(_superuser_url(), state.reader_password, state.today, lambda step, _part: print(step, flush=True))


async def _people(state: DemoState) -> None:
    from cli.demo import organization
    from cli.demo.mesh import EdgeMesh

    server = urlsplit(_superuser_url())
    mesh = EdgeMesh(os.environ["INFINURE_DEMO_EDGE_ADDRESS"], os.environ)
    host, port = server.hostname or "127.0.0.1", server.port or 5432
    await organization.make(mesh, state, host, port, lambda step: print(step, flush=True))


def _superuser_url() -> str:
    return os.environ["INFINURE_DEMO_SUPERUSER_URL"]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m cli.demo", description="Makes the demo organization.")
    parser.add_argument("part", choices=("data", "people"))
    parser.add_argument("state", type=Path, help="the demo's file, made at first")
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=datetime.now(UTC).date(),
        help="first day without business (default: today, UTC); counts at the first start alone",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
