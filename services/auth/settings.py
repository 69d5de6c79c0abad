"""What the auth service is told by its environment."""

from dataclasses import dataclass
from pathlib import Path

from meshkit.hosts import HostRules
from meshkit.mail import MailSettings
from meshkit.settings import (
    DatabaseSettings,
    PagingSettings,
    PeerSettings,
    RedisSettings,
    ServerSettings,
    address,
    peer,
    ports,
    variable,
)


@dataclass(frozen=True)
class AuditSettings:
    """The folder of the keys that sign the audit trail, and the one where its newest heads are anchored."""

    key_dir: Path = variable("INFINURE_AUDIT_KEY_DIR")
    anchor_dir: Path = variable("INFINURE_AUDIT_ANCHOR_DIR")


# With both leap days that seven years can have.
SEVEN_YEARS = 2557
# The database lets go of nothing younger, whoever asks.
FEWEST_DAYS = 365


def days(text: str) -> int:
    number = int(text)
    if number < FEWEST_DAYS:
        raise ValueError(f"{FEWEST_DAYS} days or more")
    return number


@dataclass(frozen=True)
class PrivacySettings:
    """The other services that keep personal data. An erasure begins `erasure_delay` seconds after it is asked for, when
    tokens of who was deactivated just before are known as void everywhere. Records are kept for `retention_days`."""

    chat: PeerSettings = peer("chat")
    ml_gateway: PeerSettings = peer("ml_gateway")
    integration: PeerSettings = peer("integration")
    analytics: PeerSettings = peer("analytics")
    erasure_delay: float = variable("INFINURE_ERASURE_DELAY_SECONDS", 60.0)
    retention_days: int = variable("INFINURE_RETENTION_DAYS", SEVEN_YEARS, parse=days)


@dataclass(frozen=True)
class Settings:
    """Everything at once; `public_url` is what the browser uses, and decides whether cookies are Secure and
    where mailed links lead.

    The master key's file wraps the data keys under which second factors are kept. Without `redis`, failed logins are
    counted in PostgreSQL alone.
    """

    server: ServerSettings
    database: DatabaseSettings
    audit: AuditSettings
    mail: MailSettings
    paging: PagingSettings
    privacy: PrivacySettings
    signing_key_dir: Path = variable("INFINURE_SIGNING_KEY_DIR")
    public_url: str = variable("INFINURE_PUBLIC_URL")
    master_key_file: Path = variable("INFINURE_MASTER_KEY_FILE")
    redis: RedisSettings | None = None
    # Whether identity providers may be on this machine or a private network, as sources may.
    allow_private_hosts: bool = variable("INFINURE_ALLOW_PRIVATE_HOSTS", False)
    denied_ports: frozenset[int] = variable("INFINURE_DENIED_PORTS", frozenset(), parse=ports)
    # The name server that is asked for domains' records, as address:port; else the machine's own.
    dns_server: str = variable("INFINURE_DNS_SERVER", "", parse=address)

    @property
    def host_rules(self) -> HostRules:
        return HostRules(self.allow_private_hosts, self.denied_ports)
