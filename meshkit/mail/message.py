"""A mail, the port that takes it, and its form on the wire (RFC 5322, MIME)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Protocol


class MailUndelivered(Exception):
    """The mail wasn't taken now; trying again may help. The text holds no address and nothing that a server said."""


class MailRefused(Exception):
    """The mail can't be sent, however often it is tried. The text as above."""


@dataclass(frozen=True)
class Mail:
    """What one person is to read, as text and as HTML. `recipient` is an address and nothing else."""

    recipient: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)


class Mailer(Protocol):
    """Where mails leave."""

    async def send(self, mail: Mail) -> None:
        """Returns when the next station has taken responsibility for it.

        Raises:
            MailUndelivered: not now.
            MailRefused: never.
        """

    async def forget(self, recipient: str) -> int:
        """Deletes the mails to an address that are kept here, and says how many; those that have left are others'."""
        ...


def message_of(mail: Mail, sender: str) -> EmailMessage:
    """The message, from `sender` (`Name <address>`).

    Raises:
        MailRefused: the recipient is no address, or a header would hold a line break.
    """
    message = EmailMessage(policy=SMTP)
    try:
        mail.recipient.encode("ascii")
        message["To"] = Address(addr_spec=mail.recipient)
        # The policy refuses line breaks in whatever becomes a header.
        message["Subject"] = mail.subject
    except (ValueError, IndexError):
        raise MailRefused("the recipient or the subject can't stand in a header") from None
    message["From"] = sender
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    # Nobody's absence notice shall come back (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message
