"""Anchors in a folder: each organization's newest signed head, outside the database whose tail could be cut."""

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from services.auth.audit import Head

SUFFIX = ".json"


@dataclass(frozen=True)
class FolderAnchors:
    """The port Anchors; `<organization>.json`, written whole or not at all."""

    folder: Path

    def keep(self, head: Head) -> None:
        kept = self.find(head.organization_id)
        if kept is not None and kept.sequence >= head.sequence:
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        with os.fdopen(descriptor, "w") as file:
            json.dump(_document(head), file)
            file.flush()
            os.fsync(file.fileno())
        os.rename(temporary, self._file(head.organization_id))

    def find(self, organization_id: UUID) -> Head | None:
        file = self._file(organization_id)
        return _head(json.loads(file.read_text())) if file.exists() else None

    def anchored(self) -> Sequence[UUID]:
        return sorted(UUID(file.stem) for file in self.folder.glob(f"*{SUFFIX}"))

    def _file(self, organization_id: UUID) -> Path:
        return self.folder / f"{organization_id}{SUFFIX}"


def _document(head: Head) -> dict[str, object]:
    return {
        "organization_id": str(head.organization_id),
        "sequence": head.sequence,
        "hash": head.hash.hex(),
        "key_id": head.key_id,
        "signature": head.signature.hex(),
        "signed_at": head.signed_at.isoformat(),
    }


def _head(document: dict[str, str]) -> Head:
    return Head(
        organization_id=UUID(document["organization_id"]),
        sequence=int(document["sequence"]),
        hash=bytes.fromhex(document["hash"]),
        key_id=document["key_id"],
        signature=bytes.fromhex(document["signature"]),
        signed_at=datetime.fromisoformat(document["signed_at"]),
    )
