"""`python -m services.auth` serves; `migrate`, `add-user` and `set-password-policy` are the operator's."""

import asyncio
import sys

from meshkit import process
from services.auth import commands
from services.auth.bootstrap import assemble
from services.auth.settings import Settings

if __name__ == "__main__":
    if sys.argv[1:2] in ([commands.ADD_USER], [commands.SET_PASSWORD_POLICY]):
        sys.exit(asyncio.run(commands.run(sys.argv[1:])))
    process.main("auth", Settings, assemble)
