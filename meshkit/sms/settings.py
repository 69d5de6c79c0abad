"""What a process that texts is told by its environment."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from meshkit.settings import variable


def _url(text: str) -> str:
    """https, or http to this machine; it is the operator's, and nothing that a person gives enters it."""
    parts = urlsplit(text)
    plain = parts.scheme == "http" and _is_here(parts.hostname or "")
    if not (parts.hostname and (parts.scheme == "https" or plain)) or "@" in parts.netloc or parts.fragment:
        raise ValueError("must be an https URL without a login, or an http one of this machine")
    return text


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True)
class WebhookSettings:
    """The operator's endpoint that hands messages to a provider. `secret_file` holds the key that each request is
    signed with; `authority` is a PEM file of whom to trust instead of the system's."""

    url: str = variable("INFINURE_SMS_WEBHOOK_URL", parse=_url, repr=False)
    secret_file: Path = variable("INFINURE_SMS_WEBHOOK_SECRET_FILE")
    authority: Path | None = variable("INFINURE_SMS_WEBHOOK_CA", None)
    # Seconds that each of its answers may take.
    timeout: float = variable("INFINURE_SMS_WEBHOOK_TIMEOUT", 4.0)


@dataclass(frozen=True)
class SmsSettings:
    """By what text messages go: the webhook, or where there is none a folder. `most_a_day` is what one organization may
    spend, in messages."""

    webhook: WebhookSettings | None = None
    outbox_dir: Path | None = variable("INFINURE_SMS_OUTBOX_DIR", None)
    most_a_day: int = variable("INFINURE_SMS_MOST_A_DAY", 200)
