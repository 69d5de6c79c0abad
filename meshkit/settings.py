"""Settings: frozen dataclasses filled from the environment once, at start, and passed down.

A field says by `variable("INFINURE_…")` where it comes from. A field that is such a dataclass is filled likewise;
one that may be None is None when none of its variables is set.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from meshkit.secrets import Secret

T = TypeVar("T")

_VARIABLE = "variable"
_PARSE = "parse"


class SettingsError(Exception):
    """Everything that is wrong with the environment, named at once and without any value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("the settings are wrong:\n" + "\n".join(f"  {problem}" for problem in problems))
        self.problems = tuple(problems)


def variable(
    name: str, default: Any = dataclasses.MISSING, *, parse: Callable[[str], Any] | None = None, repr: bool = True
) -> Any:
    """A field read from an environment variable; `parse` raises ValueError saying what is expected, never the value.

    Without `parse` the field's type decides: str, int, float, bool, Path, Secret, tuple[str, ...] (split at commas).
    """
    metadata = {_VARIABLE: name, _PARSE: parse}
    return field(default=default, metadata=metadata, repr=repr)


def load(kind: type[T], environ: Mapping[str, str]) -> T:
    """Builds `kind` from the environment or raises one SettingsError with every problem."""
    problems: list[str] = []
    settings = _build(kind, environ, problems)
    if problems:
        raise SettingsError(problems)
    return typing.cast(T, settings)


def address(text: str) -> str:
    """host:port, as given."""
    host, colon, port = text.rpartition(":")
    if not (host and colon and port.isdecimal() and int(port) < 65536):
        raise ValueError("must be host:port")
    return text


def ports(text: str) -> frozenset[int]:
    """Ports, separated by commas."""
    found = [word.strip() for word in text.split(",") if word.strip()]
    if not all(word.isdecimal() and 0 < int(word) < 65536 for word in found):
        raise ValueError("must be ports, separated by commas")
    return frozenset(map(int, found))


def _build(kind: Any, environ: Mapping[str, str], problems: list[str]) -> Any:
    hints = typing.get_type_hints(kind)
    values: dict[str, Any] = {}
    found = len(problems)
    for one in dataclasses.fields(kind):
        nested, optional = _nested(hints[one.name])
        if _VARIABLE in one.metadata:
            value = _read(one, hints[one.name], environ, problems)
        elif nested is None:
            value = dataclasses.MISSING  # has a default, or the constructor says what is missing
        elif optional and not any(environ.get(name) for name in variables(nested)):
            value = None
        else:
            value = _build(nested, environ, problems)
        if value is not dataclasses.MISSING:
            values[one.name] = value
    return kind(**values) if len(problems) == found else None


def variables(kind: Any) -> list[str]:
    """The names of all variables that fill `kind`."""
    hints = typing.get_type_hints(kind)
    names: list[str] = []
    for one in dataclasses.fields(kind):
        nested, _ = _nested(hints[one.name])
        if _VARIABLE in one.metadata:
            names.append(one.metadata[_VARIABLE])
        elif nested is not None:
            names += variables(nested)
    return names


def _nested(hint: Any) -> tuple[Any, bool]:
    """The dataclass behind `X` or `X | None`, if any, and whether None is allowed."""
    members = typing.get_args(hint) if typing.get_origin(hint) in (typing.Union, types.UnionType) else (hint,)
    kinds = [member for member in members if dataclasses.is_dataclass(member)]
    return (kinds[0] if kinds else None), type(None) in members


def _read(one: "dataclasses.Field[Any]", hint: Any, environ: Mapping[str, str], problems: list[str]) -> Any:
    name = one.metadata[_VARIABLE]
    text = environ.get(name, "")
    if not text:
        if one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING:
            problems.append(f"{name} is not set")
        return dataclasses.MISSING
    parse = one.metadata[_PARSE] or _PARSERS.get(_plain(hint))
    if parse is None:
        raise TypeError(f"{one.name}: no way to read a {hint} from a variable")
    try:
        return parse(text)
    except ValueError as error:
        # A parser's own sentence; Python's would quote the value.
        problems.append(f"{name} {error}" if str(error).startswith("must ") else f"{name} is malformed")
        return dataclasses.MISSING


def _plain(hint: Any) -> Any:
    members = [member for member in typing.get_args(hint) if member is not type(None)]
    return members[0] if typing.get_origin(hint) in (typing.Union, types.UnionType) and len(members) == 1 else hint


def _boolean(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError("must be true or false")
    return text.lower() == "true"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _whole(text: str) -> int:
    if not text.removeprefix("-").isdecimal():
        raise ValueError("must be a whole number")
    return int(text)


_PARSERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: _whole,
    float: float,
    bool: _boolean,
    Path: Path,
    Secret: Secret,
    tuple[str, ...]: _words,
}


@dataclass(frozen=True)
class TlsSettings:
    """PEM files of this process's identity in the mesh, and of the authority that it trusts."""

    certificate: Path = variable("INFINURE_TLS_CERTIFICATE")
    key: Path = variable("INFINURE_TLS_KEY")
    authority: Path = variable("INFINURE_TLS_CA")


@dataclass(frozen=True)
class ServerSettings:
    """How one process serves. Without `tls` no peer is checked: tests alone run so; `run` insists on it."""

    listen: str = variable("INFINURE_LISTEN", parse=address)
    operations_listen: str | None = variable("INFINURE_OPERATIONS_LISTEN", None, parse=address)
    tls: TlsSettings | None = None
    # Peers carry the URI SAN spiffe://<trust_domain>/ns/<namespace>/sa/<service>.
    trust_domain: str = variable("INFINURE_TRUST_DOMAIN", "infinure.local")
    namespace: str = variable("INFINURE_NAMESPACE", "default")
    log_level: str = variable("INFINURE_LOG_LEVEL", "INFO")
    # Seconds that running rpcs get to finish after SIGTERM.
    grace: float = variable("INFINURE_GRACE_SECONDS", 10.0)
    max_concurrent_streams: int = variable("INFINURE_MAX_CONCURRENT_STREAMS", 1000)


@dataclass(frozen=True)
class DatabaseSettings:
    """PostgreSQL as this service's app role."""

    url: Secret = variable("INFINURE_DATABASE_URL")
    pool_size: int = variable("INFINURE_DATABASE_POOL_SIZE", 10)
    # Seconds: one statement, waiting for a free connection, making a connection.
    statement_timeout: float = variable("INFINURE_DATABASE_STATEMENT_TIMEOUT", 5.0)
    pool_timeout: float = variable("INFINURE_DATABASE_POOL_TIMEOUT", 5.0)
    connect_timeout: float = variable("INFINURE_DATABASE_CONNECT_TIMEOUT", 5.0)


@dataclass(frozen=True)
class RedisSettings:
    """Redis as this service's ACL user, who may only touch keys that begin with the service's name."""

    url: Secret = variable("INFINURE_REDIS_URL")


@dataclass(frozen=True)
class PagingSettings:
    """The key that seals page tokens: base64 of 32 bytes, the same for every replica of the service."""

    key: Secret = variable("INFINURE_PAGE_TOKEN_KEY")


@dataclass(frozen=True)
class PeerSettings:
    """Where another service's gRPC port is: host:port."""

    address: str


def peer(service: str) -> Any:
    """A PeerSettings field: `ml_gateway: PeerSettings = peer("ml_gateway")`."""
    return variable(f"INFINURE_{service.upper()}_ADDRESS", parse=lambda text: PeerSettings(address(text)))
