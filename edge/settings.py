"""What the edge is told by its environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROCESSES = ("auth", "chat", "integration", "ml_gateway", "analytics")


class SettingsError(Exception):
    """The environment lacks something or holds something malformed; the text lists all of it."""


@dataclass(frozen=True)
class Address:
    host: str
    port: int


@dataclass(frozen=True)
class Tls:
    """PEM files of the edge's own mesh identity, and whom it trusts."""

    certificate: Path
    key: Path
    authority: Path
    trust_domain: str


@dataclass(frozen=True)
class EdgeSettings:
    """Where the edge listens, whom it talks to, and its limits."""

    listen: Address
    admin: Address
    services: Mapping[str, Address]
    pages: Address
    jwks: Address
    tls: Tls
    public_url: str
    allowed_origins: tuple[str, ...] = ()
    """Origins besides the edge's own whose pages may call it (CORS)."""
    requests_per_second: int = 200
    """Per organization, sustained."""
    burst: int = 400
    """Per organization, at once."""
    anonymous_requests_per_second: int = 50
    """Per client address for rpcs that need no token; guessing passwords is auth's to slow down."""


def from_environment(environment: Mapping[str, str]) -> EdgeSettings:
    """Reads INFINURE_*; raises SettingsError that lists everything missing or malformed."""
    problems: list[str] = []

    def text(name: str, default: str | None = None) -> str:
        value = environment.get(name) or default
        if value is None:
            problems.append(f"{name} is not set")
        return value or ""

    def address(name: str) -> Address:
        host, _, port = text(name).rpartition(":")
        if environment.get(name) and not (host and port.isdigit() and 0 < int(port) < 65536):
            problems.append(f"{name} must be host:port")
        return Address(host, int(port) if port.isdigit() else 0)

    def number(name: str, default: int) -> int:
        value = text(name, str(default))
        if not value.isdigit() or int(value) == 0:
            problems.append(f"{name} must be a whole number above 0")
            return default
        return int(value)

    settings = EdgeSettings(
        listen=address("INFINURE_PUBLIC_LISTEN"),
        admin=address("INFINURE_EDGE_ADMIN_LISTEN"),
        services={name: address(f"INFINURE_{name.upper()}_ADDRESS") for name in PROCESSES},
        pages=address("INFINURE_WEB_ADDRESS"),
        jwks=address("INFINURE_AUTH_OPERATIONS_ADDRESS"),
        tls=Tls(
            certificate=Path(text("INFINURE_TLS_CERTIFICATE")),
            key=Path(text("INFINURE_TLS_KEY")),
            authority=Path(text("INFINURE_TLS_CA")),
            trust_domain=text("INFINURE_TRUST_DOMAIN", "infinure.local"),
        ),
        public_url=text("INFINURE_PUBLIC_URL"),
        allowed_origins=tuple(filter(None, environment.get("INFINURE_ALLOWED_ORIGINS", "").split(","))),
        requests_per_second=number("INFINURE_EDGE_REQUESTS_PER_SECOND", 200),
        burst=number("INFINURE_EDGE_BURST", 400),
        anonymous_requests_per_second=number("INFINURE_EDGE_ANONYMOUS_REQUESTS_PER_SECOND", 50),
    )
    if problems:
        raise SettingsError("; ".join(problems))
    return settings
