"""Where a database's password comes from: the URL, the environment, else a prompt. It is never shown."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from getpass import getpass

from cli.ask.urls import DatabaseUrl
from meshkit.secrets import Secret

VARIABLE = "INFINURE_SOURCE_PASSWORD"


def known_password(url: DatabaseUrl, environment: Mapping[str, str]) -> Secret | None:
    """The URL's own, else the environment's; None where nobody said one."""
    if url.password is not None:
        return url.password
    for name in (VARIABLE, "PGPASSWORD") if url.kind == "postgres" else (VARIABLE,):
        if name in environment:
            return Secret(environment[name])
    return None


def can_prompt() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def prompted(url: DatabaseUrl) -> Secret:
    """Asks at the terminal, without echo."""
    where = url.configuration
    return Secret(getpass(f"Password of {where.username} at {where.host}: ", stream=sys.stderr))
