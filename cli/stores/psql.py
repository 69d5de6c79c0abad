"""Statements by the wheel's own `psql`: no driver to import, so the command stays quick to start."""

import subprocess
from urllib.parse import unquote, urlsplit, urlunsplit

from cli.errors import CommandError
from cli.launching import base_environment
from cli.stores.postgres import binaries


def run(url: str, sql: str) -> list[str]:
    """Runs the statements in order, stopping at the first that fails; returns the rows, columns split by `|`.

    The password goes by the environment and the statements by standard input, so neither shows in a process list.

    Raises:
        CommandError: the server can't be reached or refuses; the message is the server's own, without the statement.
    """
    parts = urlsplit(url)
    password = unquote(parts.password or "")
    bare = urlunsplit(parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@")))
    command = [
        str(binaries() / "psql"),
        "-X",
        "-q",
        "-A",
        "-t",
        "-w",
        "-v",
        "ON_ERROR_STOP=1",
        "-v",
        "VERBOSITY=terse",
        bare,
    ]
    environment = {**base_environment(), "PGPASSWORD": password, "PGOPTIONS": "-c client_min_messages=warning"}
    result = subprocess.run(
        command, input=sql, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    if result.returncode != 0:
        raise CommandError(f"PostgreSQL refused: {result.stderr.strip()[-500:]}")
    return result.stdout.splitlines()


def identifier(name: str) -> str:
    """Quotes a name."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quotes a value (standard_conforming_strings is always on)."""
    return "'" + text.replace("'", "''") + "'"
