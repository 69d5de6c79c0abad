"""What the operator may set for `infinure up`: read once, from options and environment, and checked."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cli.errors import CommandError
from cli.ports import DEFAULT_PUBLIC

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
# These hold what only the command may know, so no process inherits them.
OWN = ("INFINURE_POSTGRES_URL", "INFINURE_REDIS_URL", "INFINURE_CLICKHOUSE_URL", "INFINURE_PORT", "INFINURE_HOME")


@dataclass(frozen=True)
class UpSettings:
    """Options of one `infinure up`."""

    port: int = DEFAULT_PUBLIC
    demo: bool = True
    # A superuser's URL of a real server; None starts the embedded one.
    postgres_url: str | None = field(default=None, repr=False)
    # The URL every service gets; None starts the embedded Valkey with a user per service.
    redis_url: str | None = field(default=None, repr=False)
    # The URL of a real ClickHouse that integration and analytics get; None starts the embedded processes.
    clickhouse_url: str | None = field(default=None, repr=False)
    trust_domain: str = "infinure.local"
    log_level: str = "INFO"
    # Other INFINURE_ variables of the operator, handed on to every process as they are.
    passed_on: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def url(self) -> str:
        """What a browser opens."""
        return f"http://localhost:{self.port}"


def read(port: int | None, demo: bool, environment: Mapping[str, str] | None = None) -> UpSettings:
    """Settings from the command's options and the environment.

    Raises:
        CommandError: a value is malformed; the message names the variable, never its value.
    """
    given = os.environ if environment is None else environment
    return UpSettings(
        port=_port(port, given.get("INFINURE_PORT")),
        demo=demo,
        postgres_url=_url("INFINURE_POSTGRES_URL", given, ("postgresql", "postgres")),
        redis_url=_url("INFINURE_REDIS_URL", given, ("redis", "rediss", "unix")),
        clickhouse_url=_url("INFINURE_CLICKHOUSE_URL", given, ("https", "http")),
        trust_domain=_trust_domain(given.get("INFINURE_TRUST_DOMAIN") or "infinure.local"),
        log_level=_log_level(given.get("INFINURE_LOG_LEVEL") or "INFO"),
        passed_on={name: value for name, value in given.items() if name.startswith("INFINURE_") and name not in OWN},
    )


def _port(option: int | None, variable: str | None) -> int:
    if option is None and variable:
        if not variable.isascii() or not variable.isdigit():
            raise CommandError("INFINURE_PORT is not a number.", "Set it to a port such as 8080, or use --port.")
        option = int(variable)
    port = DEFAULT_PUBLIC if option is None else option
    if not 1 <= port <= 65535:
        raise CommandError(f"{port} is no port.", "A port is between 1 and 65535.")
    return port


def _url(name: str, given: Mapping[str, str], schemes: tuple[str, ...]) -> str | None:
    value = given.get(name, "").strip()
    if not value:
        return None
    hint = f"It should look like {schemes[0]}://user:password@host:port/name."
    try:
        parts = urlsplit(value)
        usable = parts.scheme in schemes and bool(parts.hostname or parts.path) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        raise CommandError(f"{name} is not a usable URL.", hint)
    return value


def _trust_domain(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", value):
        raise CommandError("INFINURE_TRUST_DOMAIN is not a domain name.", "For example: infinure.local")
    return value


def _log_level(value: str) -> str:
    if value.upper() not in LOG_LEVELS:
        raise CommandError("INFINURE_LOG_LEVEL is not a level.", f"One of {', '.join(LOG_LEVELS)}.")
    return value.upper()
