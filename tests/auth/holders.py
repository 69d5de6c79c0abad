"""The other services that keep personal data, as auth finds them: one server that is all four."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import rsa

from meshkit.errors import Unavailable
from meshkit.identity import TokenVerifier
from meshkit.ids import utc_now
from meshkit.personal_data import Count, Record
from meshkit.server import Assembly, start
from meshkit.settings import PeerSettings, ServerSettings
from services.auth.adapters.signing_keys import open_keyring
from services.peers import personal_data
from tests.builders.tokens import TestRevocations


@dataclass
class Kept:
    """A service's records by person; it can be away."""

    records: dict[UUID, list[str]] = field(default_factory=dict)
    away: bool = False
    asked: list[str] = field(default_factory=list)

    async def export(self, organization_id: UUID, user_id: UUID) -> AsyncGenerator[Record, None]:
        self._noted("export")
        for words in self.records.get(user_id, []):
            yield Record("notes", f'{{"words": "{words}"}}')

    async def erase(self, organization_id: UUID, user_id: UUID) -> Sequence[Count]:
        self._noted("erase")
        return [Count("notes", deleted=len(self.records.pop(user_id, [])))]

    async def retain(self, organization_id: UUID, moment: datetime) -> Sequence[Count]:
        self._noted(f"retain {moment.date()}")
        return [Count("notes", deleted=1)]

    def _noted(self, what: str) -> None:
        self.asked.append(what)
        if self.away:
            raise Unavailable("away")


@dataclass(frozen=True)
class Keys:
    """Auth's, as a service fetches them."""

    folder: Path

    async def key(self, kid: str) -> rsa.RSAPublicKey | None:
        return open_keyring(self.folder, utc_now()).public.get(kid)


@asynccontextmanager
async def holding(kept: Kept, keys: Path) -> AsyncIterator[PeerSettings]:
    """Serves it, to whoever has a token of auth's."""

    async def assembly(_resources: AsyncExitStack) -> Assembly:
        verifier = TokenVerifier(Keys(keys), TestRevocations())
        return Assembly(servicers=(personal_data.servicer(kept),), verifier=verifier)

    running = await start("holder", ServerSettings(listen="127.0.0.1:0"), assembly)
    try:
        yield PeerSettings(running.address)
    finally:
        await running.stop(grace=0)
