"""`python -m services.auth` serves; `migrate` and `add-user` are the operator's."""

import asyncio
import sys

from meshkit import process
from services.auth import commands
from services.auth.bootstrap import assemble
from services.auth.settings import Settings

if __name__ == "__main__":
    if sys.argv[1:2] == [commands.ADD_USER]:
        sys.exit(asyncio.run(commands.add_user(commands.parser().parse_args(sys.argv[2:]))))
    process.main("auth", Settings, assemble)
