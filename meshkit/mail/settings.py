"""What a process that mails is told by its environment."""

from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path

from meshkit.secrets import Secret
from meshkit.settings import variable

STARTTLS, TLS, PLAIN = "starttls", "tls", "none"


def _security(text: str) -> str:
    if text not in (STARTTLS, TLS, PLAIN):
        raise ValueError(f"must be {STARTTLS}, {TLS} or {PLAIN}")
    return text


def _sender(text: str) -> str:
    if "@" not in parseaddr(text)[1] or not text.isprintable():
        raise ValueError("must be an address, or a name and <address>")
    return text


@dataclass(frozen=True)
class SmtpSettings:
    """The server that takes our mail. Without `username` nobody logs in; `authority` is a PEM file of whom to trust
    instead of the system's."""

    host: str = variable("INFINURE_SMTP_HOST")
    port: int = variable("INFINURE_SMTP_PORT", 587)
    security: str = variable("INFINURE_SMTP_SECURITY", STARTTLS, parse=_security)
    username: str = variable("INFINURE_SMTP_USERNAME", "")
    password: Secret = variable("INFINURE_SMTP_PASSWORD", Secret(""))
    authority: Path | None = variable("INFINURE_SMTP_CA", None)
    # Seconds that each answer of the server may take.
    timeout: float = variable("INFINURE_SMTP_TIMEOUT", 15.0)


@dataclass(frozen=True)
class MailSettings:
    """Who mails (`Name <address>`), and by what: the SMTP server, or where there is none a folder."""

    smtp: SmtpSettings | None = None
    sender: str = variable("INFINURE_MAIL_FROM", "", parse=_sender)
    outbox_dir: Path | None = variable("INFINURE_MAIL_OUTBOX_DIR", None)
