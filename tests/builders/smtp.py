"""A real SMTP server of another code base, which keeps what it takes and refuses what a test wants refused."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from aiosmtpd.smtp import SMTP as Protocol
from aiosmtpd.smtp import AuthResult, LoginPassword

from meshkit.secrets import Secret
from meshkit.settings import TlsSettings

USERNAME, PASSWORD = "mailer", "Kestrel-relay-41"


@dataclass
class SmtpServer:
    """`refusing` maps RCPT or DATA to the answer that it gets, and how often."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    refusing: dict[str, tuple[str, int]] = field(default_factory=dict)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if answer := self._refusal("RCPT"):
            return answer.format(address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if answer := self._refusal("DATA"):
            return answer
        self.taken.append(message_from_bytes(envelope.content, policy=SMTP))
        return "250 taken"

    def _refusal(self, command: str) -> str:
        answer, times = self.refusing.get(command, ("", 0))
        self.refusing[command] = (answer, times - 1)
        return answer if times > 0 else ""


@asynccontextmanager
async def running_smtp(tls: TlsSettings | None = None, *, wrapped: bool = False) -> AsyncIterator[SmtpServer]:
    """With `tls` it takes nothing before STARTTLS and a login; `wrapped`, TLS comes first of all."""
    kept = SmtpServer()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if tls is not None else None
    if context is not None and tls is not None:
        context.load_cert_chain(tls.certificate, tls.key)
    loop = asyncio.get_running_loop()

    def protocol() -> Protocol:
        return Protocol(
            kept,
            loop=loop,
            hostname="mail.test",
            tls_context=None if wrapped else context,
            require_starttls=context is not None and not wrapped,
            auth_required=context is not None,
            auth_require_tls=not wrapped,
            authenticator=_login,
        )

    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=context if wrapped else None)
    kept.port = server.sockets[0].getsockname()[1]
    try:
        yield kept
    finally:
        server.close()


def _login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    known = isinstance(data, LoginPassword) and Secret(data.password.decode()) == Secret(PASSWORD)
    return AuthResult(success=known, handled=known)
