"""E-mail: the port, an SMTP server or a folder behind it, and templates. Which mail goes when is a service's affair."""

from meshkit.mail.message import Mail, Mailer, MailRefused, MailUndelivered
from meshkit.mail.opening import open_mailer
from meshkit.mail.settings import MailSettings, SmtpSettings
from meshkit.mail.templates import Templates

__all__ = [
    "Mail",
    "MailRefused",
    "MailSettings",
    "MailUndelivered",
    "Mailer",
    "SmtpSettings",
    "Templates",
    "open_mailer",
]
