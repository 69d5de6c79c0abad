"""`infinure audit verify` and `infinure privacy erase-again`: auth's own commands, on what runs on a home."""

import subprocess

from cli import settings
from cli.errors import CommandError
from cli.files import read_json
from cli.home import Home
from cli.processes import Plan, service_launch

CANT_TELL = 2


def verify(home: Home) -> int:
    """Walks the audit trails."""
    return _run(home, "verify-audit")


def erase_again(home: Home) -> int:
    """Has everybody erased again who was."""
    return _run(home, "erase-again")


def _run(home: Home, command: str) -> int:
    """The exit status of the command, whose words go to where ours go.

    Raises:
        CommandError: nothing was ever started on the home.
    """
    ports = read_json(home.ports, {})
    if not ports:
        raise CommandError(f"Nothing was ever started on {home.folder}.", "Start it by: infinure up")
    launch = service_launch(Plan(home, settings.read(None, False), ports, home.secrets()), "auth", command)
    done = subprocess.run(launch.arguments, env=dict(launch.environment), cwd=launch.folder, check=False)
    return done.returncode if done.returncode in (0, 1) else CANT_TELL
