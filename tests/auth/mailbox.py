"""What people find in their mail."""

import asyncio
import re
from collections.abc import Callable, Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from tests.auth.server import AuthServer

PATIENCE_SECONDS, LOOK_SECONDS = 30.0, 0.05
LINK = re.compile(r"^http://localhost:8080(/[a-z-]+)#token=([\w-]{43})$", re.MULTILINE)


def outbox(auth: AuthServer) -> list[EmailMessage]:
    """Every mail that was sent, the newest last."""
    folder = auth.settings.mail.outbox_dir
    assert folder is not None
    return [message_from_bytes(file.read_bytes(), policy=SMTP) for file in sorted(folder.glob("*.eml"))]


async def mail(auth: AuthServer, email: str, subject: str, number: int = 1) -> EmailMessage:
    """The mail to somebody with the subject, once it has come; `number` says which of several."""

    def theirs() -> Sequence[EmailMessage]:
        return [one for one in outbox(auth) if (one["To"], one["Subject"]) == (email, subject)]

    await until(lambda: len(theirs()) >= number)
    return theirs()[number - 1]


async def queue_empty(auth: AuthServer) -> None:
    """Waits until every letter was sent or dropped."""
    await until(lambda: auth.database.run("SELECT count(*) FROM auth.jobs") == ["0"])


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await asyncio.to_thread(so):  # noqa: ASYNC110 - another process's state is looked at
            await asyncio.sleep(LOOK_SECONDS)


def text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def link(message: EmailMessage) -> tuple[str, str]:
    """The page and the token of the one link; the text and the HTML have the same."""
    (found,) = LINK.findall(text(message))
    html = message.get_body(("html",))
    assert html is not None
    assert f'href="http://localhost:8080{found[0]}#token={found[1]}"' in html.get_content()
    return found[0], found[1]
