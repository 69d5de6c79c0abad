"""What stands around every rpc, in one list; each has its place for a reason."""

from protovalidate import Validator

from meshkit.interceptors.call import Interceptor
from meshkit.interceptors.errors import Errors
from meshkit.interceptors.identity import Identity, Trust
from meshkit.interceptors.metrics import Metrics
from meshkit.interceptors.request_id import RequestId
from meshkit.interceptors.validation import Validation
from meshkit.telemetry import RpcMetrics
from meshkit.tokens import TokenVerifier


def interceptors(
    metrics: RpcMetrics, verifier: TokenVerifier | None, trust: Trust | None, validation: Validation
) -> tuple[Interceptor, ...]:
    """Outermost first."""
    return (
        RequestId(),  # first: every later line logs it
        Metrics(metrics),  # before identity, so that refusals are counted
        Errors(),  # outside the two below, which raise
        Identity(verifier, trust),  # before validation: a stranger learns nothing of the contract
        validation,
    )


__all__ = ["Interceptor", "Trust", "Validation", "Validator", "interceptors"]
