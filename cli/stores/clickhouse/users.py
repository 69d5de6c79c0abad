"""Who asks: by basic authorization, by ClickHouse's own headers, or by URL parameters."""

import hmac
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from cli.stores.clickhouse.errors import AUTHENTICATION_FAILED, Refused


@dataclass(frozen=True)
class Users:
    """Names and passwords. Comparing takes the same time whatever is wrong."""

    passwords: Mapping[str, str] = field(repr=False)

    def recognise(self, headers: Mapping[str, str], parameters: Mapping[str, str]) -> str:
        """The asker's name.

        Raises:
            Refused: AUTHENTICATION_FAILED, the same for an unknown name and a wrong password.
        """
        name, password = credentials(headers, parameters)
        known = self.passwords.get(name)
        # Digests have one length, so that nothing is told about the password's.
        same = hmac.compare_digest(_digest(password), _digest(known if known is not None else password + "."))
        if known is None or not same:
            raise Refused(
                AUTHENTICATION_FAILED,
                "AUTHENTICATION_FAILED",
                "Authentication failed: password is incorrect, or there is no user with such name.",
            )
        return name


def credentials(headers: Mapping[str, str], parameters: Mapping[str, str]) -> tuple[str, str]:
    """Name and password as they came, empty where there are none."""
    authorization = headers.get("authorization", "")
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() == "basic":
        try:
            name, _, password = b64decode(encoded.strip(), validate=True).decode().partition(":")
        except (NotBase64, UnicodeDecodeError):
            return "", ""
        return name, password
    if "x-clickhouse-user" in headers:
        return headers["x-clickhouse-user"], headers.get("x-clickhouse-key", "")
    return parameters.get("user", ""), parameters.get("password", "")


def _digest(word: str) -> bytes:
    return sha256(word.encode()).digest()
