"""Time-based one-time codes (RFC 6238): six digits, steps of 30 seconds, one step of grace to either side.

A step's code is accepted once, and none of an earlier step after it: whoever stores the answer of `accepted_step` does
so by compare-and-set, so that of two parallel uses one wins.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyotp

from meshkit.secrets import Secret

STEP_SECONDS = 30
GRACE_STEPS = 1
# RFC 4226 asks for 128 bits and recommends 160: as many as the hash has.
SECRET_CHARACTERS = 32
ISSUER = "Infinure"


@dataclass(frozen=True)
class Codes:
    """What authenticator apps are told; those in the field know no other values than these."""

    digits: int = 6
    digest: Callable[..., Any] = hashlib.sha1

    def accepted_step(self, secret: Secret, code: str, now: datetime, last_step: int | None) -> int | None:
        """The step whose code this is, if it may still be used after `last_step`; else None.

        Spaces are left out, as apps show codes in two groups; any other character but the digits 0 to 9 is wrong.
        """
        given = code.replace(" ", "")
        if len(given) != self.digits or not (given.isascii() and given.isdecimal()):
            return None
        current = int(now.astimezone(UTC).timestamp()) // STEP_SECONDS
        found = None
        # Every step is compared, so that the time taken doesn't tell which it was.
        for step in range(current - GRACE_STEPS, current + GRACE_STEPS + 1):
            if hmac.compare_digest(self.of_step(secret, step), given) and (last_step is None or step > last_step):
                found = step
        return found

    def of_step(self, secret: Secret, step: int) -> str:
        """The code of one step, or of a counter (RFC 4226)."""
        return pyotp.HOTP(secret.reveal(), digits=self.digits, digest=self.digest).at(step)


def new_secret() -> Secret:
    """160 random bits in base32."""
    return Secret(pyotp.random_base32(SECRET_CHARACTERS))


def provisioning_uri(secret: Secret, email: str) -> Secret:
    """What an authenticator app reads from a QR code."""
    return Secret(pyotp.TOTP(secret.reveal()).provisioning_uri(name=email, issuer_name=ISSUER))
