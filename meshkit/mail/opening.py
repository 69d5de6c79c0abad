"""Chooses what is behind the port."""

from meshkit.mail.folder import FolderMailer
from meshkit.mail.message import Mailer
from meshkit.mail.settings import MailSettings
from meshkit.settings import SettingsError

NOBODY = "Infinure <infinure@localhost>"


def open_mailer(settings: MailSettings) -> Mailer:
    """Doesn't connect: a service starts while its mail server is away.

    Raises:
        SettingsError: neither a server nor a folder is named, or a server but not who mails.
    """
    if settings.smtp is not None:
        if not settings.sender:
            raise SettingsError(["INFINURE_MAIL_FROM is not set"])
        # Imported here: who writes to a folder needs no SMTP in memory.
        from meshkit.mail.smtp import SmtpMailer

        return SmtpMailer(settings.smtp, settings.sender)
    if settings.outbox_dir is not None:
        return FolderMailer(settings.outbox_dir, settings.sender or NOBODY)
    raise SettingsError(["INFINURE_SMTP_HOST is not set, and INFINURE_MAIL_OUTBOX_DIR isn't either"])
