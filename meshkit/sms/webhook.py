"""Text messages by a POST to an endpoint of the operator's, signed so that it can tell ours from others'."""

import asyncio
import hmac
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import httpx

from meshkit.secrets import Secret
from meshkit.sms.message import Text, TextRefused, TextUndelivered
from meshkit.sms.settings import WebhookSettings

SIGNATURE = "Infinure-Signature"
# Seconds before each further try. Whoever waits for a code waits for all of them.
PAUSES = (0.5, 1.0)


@dataclass(frozen=True)
class WebhookTexter:
    """The port Texter. A message is tried again with the same id, so that the endpoint can send it once."""

    settings: WebhookSettings
    secret: Secret
    pauses: tuple[float, ...] = PAUSES
    now: Callable[[], float] = time.time

    async def send(self, text: Text) -> None:
        given = self.settings
        trusted = ssl.create_default_context(cafile=given.authority)
        # Proxies of the environment aren't the operator's setting for this; a redirect is an answer like any other.
        async with httpx.AsyncClient(
            verify=trusted, timeout=given.timeout, trust_env=False, follow_redirects=False
        ) as client:
            for pause in (*self.pauses, None):
                try:
                    async with asyncio.timeout(given.timeout):
                        await self._post(client, text.json)
                    return
                except (httpx.HTTPError, TimeoutError, TextUndelivered) as failed:
                    if pause is None:
                        raise _undelivered(failed) from None
                    await asyncio.sleep(pause)

    async def forget(self, to: str) -> int:
        return 0

    async def _post(self, client: httpx.AsyncClient, body: bytes) -> None:
        headers = {"Content-Type": "application/json", SIGNATURE: signature(self.secret, int(self.now()), body)}
        # What it says isn't read: its code says it all, and it may say more than there is room for.
        async with client.stream("POST", self.settings.url, content=body, headers=headers) as answer:
            if answer.is_success:
                return
            told = f"the webhook answered {answer.status_code}"
            raise TextUndelivered(told) if answer.is_server_error else TextRefused(told)


def signature(secret: Secret, moment: int, body: bytes) -> str:
    """The header's value: `t` is the time in seconds since 1970, `v1` the hex HMAC-SHA256 of `<t>.<body>`."""
    signed = hmac.digest(secret.reveal().encode(), f"{moment}.".encode() + body, sha256)
    return f"t={moment},v1={signed.hex()}"


def _undelivered(failed: Exception) -> TextUndelivered:
    return failed if isinstance(failed, TextUndelivered) else TextUndelivered(type(failed).__name__)
