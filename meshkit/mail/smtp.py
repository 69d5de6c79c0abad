"""Mails by SMTP, one connection each."""

import ssl
from dataclasses import dataclass

import aiosmtplib

from meshkit.mail.message import Mail, MailRefused, MailUndelivered, message_of
from meshkit.mail.settings import STARTTLS, TLS, SmtpSettings

# Top-level names that are nobody's (RFC 2606): nothing is ever sent to examples.
NOBODYS = ("example", "invalid")
PERMANENT = 500


@dataclass(frozen=True)
class SmtpMailer:
    """The port Mailer. What a server says is never passed on, as it may hold addresses; its code is."""

    settings: SmtpSettings
    sender: str

    async def send(self, mail: Mail) -> None:
        message = message_of(mail, self.sender)
        if mail.recipient.rpartition(".")[2].lower() in NOBODYS:
            return
        given = self.settings
        try:
            await aiosmtplib.send(
                message,
                hostname=given.host,
                port=given.port,
                username=given.username or None,
                password=given.password.reveal() or None,
                use_tls=given.security == TLS,
                start_tls=given.security == STARTTLS,
                tls_context=ssl.create_default_context(cafile=given.authority),
                timeout=given.timeout,
            )
        except aiosmtplib.SMTPRecipientsRefused as refused:
            raise _refusal("the recipient", refused.recipients[0].code) from None
        except aiosmtplib.SMTPDataError as refused:
            raise _refusal("the message", refused.code) from None
        except aiosmtplib.SMTPResponseException as refused:
            # Of the login, the sender or the session: the operator can mend it meanwhile.
            raise MailUndelivered(f"{type(refused).__name__}: the server answered {refused.code}") from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise MailUndelivered(type(error).__name__) from None

    async def forget(self, recipient: str) -> int:
        return 0


def _refusal(what: str, code: int) -> MailUndelivered | MailRefused:
    kind = MailRefused if code >= PERMANENT else MailUndelivered
    return kind(f"the server refused {what} with {code}")
