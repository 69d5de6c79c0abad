"""`python -m services.auth` serves; `migrate` and what `commands.py` has are the operator's."""

import asyncio
import sys

from meshkit import process
from services.auth import commands
from services.auth.bootstrap import assemble
from services.auth.settings import Settings

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in commands.ALL:
        sys.exit(asyncio.run(commands.run(sys.argv[1:])))
    process.main("auth", Settings, assemble)
