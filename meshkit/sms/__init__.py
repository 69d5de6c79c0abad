"""Text messages: the port, and an operator's webhook or a folder behind it. Which goes when is a service's affair."""

from meshkit.sms.message import Text, Texter, TextRefused, TextUndelivered
from meshkit.sms.opening import open_texter
from meshkit.sms.settings import SmsSettings, WebhookSettings

__all__ = [
    "SmsSettings",
    "Text",
    "TextRefused",
    "TextUndelivered",
    "Texter",
    "WebhookSettings",
    "open_texter",
]
