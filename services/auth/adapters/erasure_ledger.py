"""Who was erased, outside the database: a backup that is restored knows of no erasure that came after it."""

import asyncio
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from services.auth.privacy import Erasure

SUFFIX = ".json"
FOLDER = "erasures"


@dataclass(frozen=True)
class FolderLedger:
    """The port Ledger: `<erasure>.json`, ids and a time, written whole or not at all."""

    folder: Path

    async def keep(self, erasure: Erasure) -> None:
        await asyncio.to_thread(self._write, erasure)

    def kept(self) -> Sequence[Erasure]:
        return [_read(json.loads(file.read_text())) for file in sorted(self.folder.glob(f"*{SUFFIX}"))]

    def _write(self, erasure: Erasure) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        with os.fdopen(descriptor, "w") as file:
            json.dump(_document(erasure), file)
            file.flush()
            os.fsync(file.fileno())
        os.rename(temporary, self.folder / f"{erasure.id}{SUFFIX}")


def _document(erasure: Erasure) -> dict[str, str]:
    return {
        "organization_id": str(erasure.organization_id),
        "id": str(erasure.id),
        "user_id": str(erasure.user_id),
        "requested_by": str(erasure.requested_by),
        "requested_at": erasure.requested_at.isoformat(),
    }


def _read(document: dict[str, str]) -> Erasure:
    return Erasure(
        organization_id=UUID(document["organization_id"]),
        id=UUID(document["id"]),
        user_id=UUID(document["user_id"]),
        requested_by=UUID(document["requested_by"]),
        requested_at=datetime.fromisoformat(document["requested_at"]),
    )
