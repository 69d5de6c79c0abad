"""Identity in one place to import from: the running rpc's caller and peer, and how a token becomes a caller."""

from meshkit.callers import Caller, acting_as, caller, current_caller, peer
from meshkit.tokens import ACCEPTED, Keys, Revocations, TokenVerifier

__all__ = [
    "ACCEPTED",
    "Caller",
    "Keys",
    "Revocations",
    "TokenVerifier",
    "acting_as",
    "caller",
    "current_caller",
    "peer",
]
