"""Text messages as files, for an installation without a provider: whoever may read the folder reads everybody's."""

import asyncio
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from meshkit.sms.message import Text, TextUndelivered

SUFFIX = ".sms.json"
# Older ones go, so that nobody's requests fill the disk.
MOST_KEPT = 1000


@dataclass(frozen=True)
class FolderTexter:
    """The port Texter: `<id>.sms.json`, whose names sort by time; each appears whole or not at all."""

    folder: Path

    async def send(self, text: Text) -> None:
        try:
            await asyncio.to_thread(self._write, text)
        except OSError as error:
            raise TextUndelivered(f"the outbox can't be written: {error.strerror}") from None

    async def forget(self, to: str) -> int:
        return await asyncio.to_thread(self._forget, to)

    def _write(self, text: Text) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # mkstemp makes it 0600.
        descriptor, temporary = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.json)
        os.rename(temporary, self.folder / f"{text.id}{SUFFIX}")
        for old in sorted(self.folder.glob(f"*{SUFFIX}"))[:-MOST_KEPT]:
            old.unlink(missing_ok=True)

    def _forget(self, to: str) -> int:
        theirs = [path for path in self.folder.glob(f"*{SUFFIX}") if json.loads(path.read_bytes())["to"] == to]
        for path in theirs:
            path.unlink(missing_ok=True)
        return len(theirs)
