"""Remembered devices: browsers that for thirty days need a password alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret
from services.auth.errors import DeviceNotFound
from services.auth.mfa_ports import Devices, Person
from services.auth.model import Device
from services.auth.random_tokens import digest, new_token

LIFE = timedelta(days=30)
MOST_PER_USER = 20


@dataclass(frozen=True)
class RememberedDevices:
    """The use cases."""

    devices: Devices
    clock: Callable[[], datetime] = utc_now

    async def remember(self, person: Person) -> Secret:
        """The token that the device keeps."""
        now, token = self.clock(), new_token()
        ids = (new_id(now), person.organization_id, person.user_id)
        device = Device(*ids, person.origin.user_agent, created_at=now, last_used_at=now, expires_at=now + LIFE)
        await self.devices.remember(device, digest(token), MOST_PER_USER, person.origin)
        return token

    async def recognise(self, token: Secret) -> Device | None:
        """Whose device it is."""
        return await self.devices.recognise(digest(token), self.clock()) if token else None

    async def used(self, device: Device) -> None:
        """Keeps when."""
        await self.devices.used(device, self.clock())

    async def listed(self, person: Person) -> Sequence[Device]:
        """The person's own, the newest first."""
        return await self.devices.all(person.organization_id, person.user_id, self.clock())

    async def forget(self, person: Person, device_id: UUID) -> None:
        """Raises:
        DeviceNotFound: it isn't the person's.
        """
        if not await self.devices.forget(person, device_id, self.clock()):
            raise DeviceNotFound(device_id)
