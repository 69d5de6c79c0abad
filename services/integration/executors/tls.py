"""How connections to sources are encrypted."""

from enum import Enum


class Tls(Enum):
    """How the connection is encrypted; the values are libpq's names."""

    DISABLE = "disable"
    PREFER = "prefer"
    REQUIRE = "require"
    VERIFY_FULL = "verify-full"
