"""Mails as files, for an installation without a mail server: whoever may read the folder reads everybody's mail."""

import asyncio
import email.policy
import os
import tempfile
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from pathlib import Path

from meshkit.ids import new_id
from meshkit.mail.message import Mail, MailUndelivered, message_of

SUFFIX = ".eml"
# Older ones go, so that nobody's requests fill the disk.
MOST_KEPT = 1000


@dataclass(frozen=True)
class FolderMailer:
    """The port Mailer: `<id>.eml`, whose names sort by time; each appears whole or not at all."""

    folder: Path
    sender: str

    async def send(self, mail: Mail) -> None:
        content = message_of(mail, self.sender).as_bytes()
        try:
            await asyncio.to_thread(self._write, content)
        except OSError as error:
            raise MailUndelivered(f"the outbox can't be written: {error.strerror}") from None

    async def forget(self, recipient: str) -> int:
        return await asyncio.to_thread(self._forget, recipient)

    def _write(self, content: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # mkstemp makes it 0600.
        descriptor, temporary = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.rename(temporary, self.folder / f"{new_id()}{SUFFIX}")
        for old in sorted(self.folder.glob(f"*{SUFFIX}"))[:-MOST_KEPT]:
            old.unlink(missing_ok=True)

    def _forget(self, recipient: str) -> int:
        forgotten = 0
        for path in self.folder.glob(f"*{SUFFIX}"):
            with path.open("rb") as file:
                to = BytesHeaderParser(policy=email.policy.default).parse(file)["To"]
            if to is not None and recipient.lower() in {one.addr_spec.lower() for one in to.addresses}:
                path.unlink(missing_ok=True)
                forgotten += 1
        return forgotten
