"""The tokens that a browser keeps as cookies: the session's refresh token, that of a remembered device, and that of a
login on its way to an identity provider.

HttpOnly keeps them from scripts. SameSite=Strict keeps them from every request that another site starts, so a page of
theirs can neither refresh nor end a session, although those rpcs need nothing but the cookie.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from meshkit.secrets import Secret

REFRESH, DEVICE, SSO = "infinure_refresh", "infinure_device", "infinure_sso"


@dataclass(frozen=True)
class Cookies:
    """Writes cookies; `secure` where browsers reach us by https. What is returned is the header's value."""

    secure: bool

    @classmethod
    def for_site(cls, public_url: str) -> "Cookies":
        return cls(urlsplit(public_url).scheme == "https")

    def holding(self, name: str, token: Secret, ends_at: datetime, now: datetime) -> str:
        """The cookie goes when what it stands for ends."""
        return self._written(name, token.reveal(), max(0, int((ends_at - now).total_seconds())))

    def cleared(self, name: str) -> str:
        return self._written(name, "", 0)

    def _written(self, name: str, value: str, seconds: int) -> str:
        return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict" + ("; Secure" * self.secure)


def read(name: str, headers: Sequence[str]) -> Secret:
    """The token from the request's cookie headers; empty if there is none, or if there are two that differ."""
    pairs = (pair.strip().partition("=") for header in headers for pair in header.split(";"))
    values = {value.strip('"') for found, _, value in pairs if found == name}
    return Secret(values.pop() if len(values) == 1 else "")
