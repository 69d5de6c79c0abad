"""A database's URL: what it says of kind, place and login. Pure. Its password is never part of any message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from cli.ask.exits import UsageProblem
from meshkit.secrets import Secret
from services.integration.executors.tls import Tls
from services.integration.model import (
    ClickhouseConfiguration,
    MysqlConfiguration,
    NetworkConfiguration,
    PostgresConfiguration,
)

FORMS = (
    "Known are postgresql://, mysql://, clickhouse:// (clickhouse+https:// with TLS) and sqlite:///FILE, for example: "
    "postgresql://reader@localhost:5432/shop?tls=prefer"
)
_KINDS = {
    "postgresql": "postgres",
    "postgres": "postgres",
    "mysql": "mysql",
    "mariadb": "mysql",
    "clickhouse": "clickhouse",
    "clickhouse+http": "clickhouse",
    "clickhouse+https": "clickhouse",
}
_PORTS = {"postgres": 5432, "mysql": 3306, "clickhouse": 8123}
_CLICKHOUSE_TLS_PORT = 8443
_USERS = {"postgres": "postgres", "mysql": "root", "clickhouse": "default"}
_TLS = {mode.value: mode for mode in Tls}


@dataclass(frozen=True, slots=True)
class DatabaseUrl:
    """A database to ask. password is None where the URL has none."""

    kind: str
    configuration: NetworkConfiguration
    password: Secret | None


def parse_url(text: str) -> DatabaseUrl | Path:
    """A database, or a SQLite file's path. Raises UsageProblem."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise UsageProblem("The URL can't be read: check host and port.", FORMS) from None
    if parts.scheme == "sqlite":
        return _sqlite(parts)
    if parts.scheme not in _KINDS:
        raise UsageProblem(f"Nothing is known of {parts.scheme[:40]}:// URLs.", FORMS)
    kind = _KINDS[parts.scheme]
    if not parts.hostname:
        raise UsageProblem("The URL names no host.", FORMS)
    settings = _settings(parts, allowed=("tls", "schemas") if kind == "postgres" else ("tls",))
    tls = _tls(parts.scheme, settings)
    default_port = _CLICKHOUSE_TLS_PORT if parts.scheme == "clickhouse+https" else _PORTS[kind]
    return DatabaseUrl(
        kind,
        _configuration(kind, parts, port or default_port, tls, settings.get("schemas", "")),
        Secret(unquote(parts.password)) if parts.password is not None else None,
    )


def _configuration(kind: str, parts: SplitResult, port: int, tls: Tls, schemas: str) -> NetworkConfiguration:
    host, user = parts.hostname or "", unquote(parts.username or "") or _USERS[kind]
    database = unquote(parts.path.removeprefix("/"))
    match kind:
        case "postgres":
            named = tuple(schema for schema in schemas.split(",") if schema)
            return PostgresConfiguration(host, port, database or user, user, tls, named)
        case "mysql":
            if not database:
                raise UsageProblem("The URL names no database.", "Put it after the host: mysql://user@host/database")
            return MysqlConfiguration(host, port, database, user, tls)
        case _:
            return ClickhouseConfiguration(host, port, database or "default", user, tls)


def _settings(parts: SplitResult, allowed: tuple[str, ...]) -> Mapping[str, str]:
    found = dict(parse_qsl(parts.query, keep_blank_values=True))
    for name in found:
        if name not in allowed:
            raise UsageProblem(f"The URL has a setting that isn't known: {name[:40]}", f"Known: {', '.join(allowed)}.")
    return found


def _tls(scheme: str, settings: Mapping[str, str]) -> Tls:
    default = "require" if scheme == "clickhouse+https" else "disable" if scheme == "clickhouse+http" else "prefer"
    mode = settings.get("tls", default)
    if mode not in _TLS:
        raise UsageProblem(f"tls={mode[:40]} isn't known.", f"Known: {', '.join(_TLS)}.")
    if scheme == "clickhouse+https" and _TLS[mode] is Tls.DISABLE:
        raise UsageProblem("clickhouse+https:// is with TLS, tls=disable without.", "Use clickhouse+http:// instead.")
    return _TLS[mode]


def _sqlite(parts: SplitResult) -> Path:
    """As elsewhere: three slashes begin a path from here, four an absolute one."""
    path = unquote(parts.path)
    if parts.netloc or len(path) < 2:
        raise UsageProblem("The URL names no SQLite file.", "Write sqlite:///shop.db, or name the file alone.")
    return Path(path[1:])
