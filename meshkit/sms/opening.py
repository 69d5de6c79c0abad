"""Chooses what is behind the port."""

from pathlib import Path

from meshkit.secrets import Secret
from meshkit.settings import SettingsError
from meshkit.sms.folder import FolderTexter
from meshkit.sms.message import Text, Texter, TextUndelivered
from meshkit.sms.settings import SmsSettings, WebhookSettings

# Characters; shorter ones can be tried through.
SHORTEST_SECRET = 32


class NoTexter:
    """The port Texter where nothing is behind it: nobody can be sent anything."""

    async def send(self, text: Text) -> None:
        raise TextUndelivered("no provider of text messages is set")

    async def forget(self, to: str) -> int:
        return 0


def open_texter(settings: SmsSettings, outbox: Path | None = None) -> Texter:
    """Doesn't connect. `outbox` is the folder where the settings name neither a webhook nor another folder.

    Raises:
        SettingsError: the webhook's secret can't be read, or is too short.
    """
    if settings.webhook is not None:
        # Imported here: who writes to a folder needs no HTTP client in memory.
        from meshkit.sms.webhook import WebhookTexter

        return WebhookTexter(settings.webhook, _secret(settings.webhook))
    folder = settings.outbox_dir or outbox
    return FolderTexter(folder) if folder is not None else NoTexter()


def _secret(webhook: WebhookSettings) -> Secret:
    try:
        secret = webhook.secret_file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(["INFINURE_SMS_WEBHOOK_SECRET_FILE can't be read"]) from None
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError([f"INFINURE_SMS_WEBHOOK_SECRET_FILE holds fewer than {SHORTEST_SECRET} characters"])
    return Secret(secret)
