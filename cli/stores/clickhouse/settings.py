"""What the embedded ClickHouse is told: where its data is, who may ask, and every bound."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bounds of one server. Sizes in bytes, times in seconds."""

    # Of all that the engine holds at once, and of one query.
    server_memory: int = 1536 * MIB
    query_memory: int = 1024 * MIB
    threads_per_query: int = 2
    # Queries that run at once, that wait for their turn, and how long they wait for it.
    running: int = 8
    waiting: int = 64
    waiting_seconds: float = 30.0
    # A query that names no time of its own ends after this.
    query_seconds: float = 600.0
    # A statement's text; what follows an INSERT; a result that is to be complete before it is sent.
    statement: int = 16 * MIB
    body: int = 8192 * MIB
    result: int = 4096 * MIB
    # Results in formats that the engine can't give in parts.
    whole_result: int = 256 * MIB
    # The address and the headers of a request.
    head: int = 1 * MIB
    connections: int = 256


@dataclass(frozen=True)
class StoreSettings:
    """One server. Users are name → password; all have the same rights: databases by `database_pattern`."""

    folder: Path
    host: str
    port: int
    users: Mapping[str, str] = field(repr=False)
    # A name, or the beginning of one and a star: what users may read, make and drop.
    database_pattern: str = "*"
    limits: Limits = field(default_factory=Limits)
    confined: bool = True


def read(environment: Mapping[str, str] | None = None) -> StoreSettings:
    """From INFINURE_STORE_FOLDER, _LISTEN, _USERS_FILE (JSON: name → password), _DATABASES, _MEMORY_BYTES, _CONFINED.

    Raises:
        ValueError: one is missing or malformed; the message names it, never its value.
    """
    given = os.environ if environment is None else environment
    try:
        host, _, port = given["INFINURE_STORE_LISTEN"].rpartition(":")
        users = json.loads(Path(given["INFINURE_STORE_USERS_FILE"]).read_text())
        memory = int(given.get("INFINURE_STORE_MEMORY_BYTES") or Limits.server_memory)
        return StoreSettings(
            folder=Path(given["INFINURE_STORE_FOLDER"]).absolute(),
            host=host,
            port=int(port),
            users=_users(users),
            database_pattern=_pattern(given.get("INFINURE_STORE_DATABASES") or "*"),
            limits=Limits(server_memory=memory, query_memory=memory * 2 // 3),
            confined=given.get("INFINURE_STORE_CONFINED", "true") != "false",
        )
    except KeyError as missing:
        raise ValueError(f"{missing.args[0]} is not set") from None


def _users(given: object) -> dict[str, str]:
    if not isinstance(given, dict) or not given or not all(isinstance(word, str) and word for word in given.values()):
        raise ValueError("INFINURE_STORE_USERS_FILE holds no users")
    return {str(name): str(password) for name, password in given.items()}


def _pattern(given: str) -> str:
    name = given.removesuffix("*")
    if name and not (name.isascii() and name.replace("_", "a").isalnum()):
        raise ValueError("INFINURE_STORE_DATABASES is not a name, nor the beginning of one and a star")
    return given
