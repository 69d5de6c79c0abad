"""The refresh token as a cookie, for the browser.

HttpOnly keeps it from scripts. SameSite=Strict keeps it from every request that another site starts, so a page of
theirs can neither refresh nor end a session, although those rpcs need nothing but the cookie.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from meshkit.secrets import Secret

NAME = "infinure_refresh"


@dataclass(frozen=True)
class RefreshCookies:
    """Writes and reads the cookie; `secure` where browsers reach us by https."""

    secure: bool

    @classmethod
    def for_site(cls, public_url: str) -> "RefreshCookies":
        return cls(urlsplit(public_url).scheme == "https")

    def holding(self, refresh: Secret, ends_at: datetime, now: datetime) -> str:
        """The header's value; the cookie goes when its session ends."""
        return self._written(refresh.reveal(), max(0, int((ends_at - now).total_seconds())))

    def cleared(self) -> str:
        return self._written("", 0)

    def _written(self, value: str, seconds: int) -> str:
        return f"{NAME}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict" + ("; Secure" * self.secure)


def read(headers: Sequence[str]) -> Secret:
    """The token from the request's cookie headers; empty if there is none, or if there are two that differ."""
    pairs = (pair.strip().partition("=") for header in headers for pair in header.split(";"))
    values = {value.strip('"') for name, _, value in pairs if name == NAME}
    return Secret(values.pop() if len(values) == 1 else "")
