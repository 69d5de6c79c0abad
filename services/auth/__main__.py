"""`python -m services.auth` serves; `migrate` and `add-user` are the operator's."""

import asyncio
import os
import sys
from functools import partial

from meshkit import server
from meshkit.settings import load
from services.auth import commands
from services.auth.bootstrap import assemble
from services.auth.settings import Settings


def main() -> None:
    arguments = commands.parser().parse_args()
    if arguments.command == "migrate":
        commands.migrate()
    elif arguments.command == "add-user":
        sys.exit(asyncio.run(commands.add_user(arguments)))
    else:
        settings = load(Settings, os.environ)
        server.run("auth", settings.server, partial(assemble, settings))


if __name__ == "__main__":
    main()
