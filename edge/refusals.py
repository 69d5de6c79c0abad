"""Envoy's own refusals in the platform's words: one ErrorInfo of the closed list, by every door.

A refusal is recognised by Envoy's response code and its details. Clients of gRPC and gRPC-web get status headers with
the details in binary; all others get the JSON of the same status, as the transcoder writes a service's.
"""

import base64
import json
from dataclasses import dataclass

import envoy_data_plane.envoy.config.accesslog.v3 as accesslog
import envoy_data_plane.envoy.config.core.v3 as core
import envoy_data_plane.envoy.extensions.access_loggers.filters.cel.v3 as cel
import envoy_data_plane.envoy.extensions.filters.network.http_connection_manager.v3 as hcm
from envoy_data_plane.google.protobuf import Any
from google.protobuf import duration_pb2, json_format
from google.rpc import code_pb2, error_details_pb2, status_pb2
from infinure.error.v1 import error_reason_pb2

DOMAIN = "infinure"


@dataclass(frozen=True)
class Refusal:
    """One refusal of Envoy's and what it is called here."""

    when: str
    """A CEL expression over the response; the first refusal whose expression holds is taken."""
    code: str
    http_status: int
    reason: str
    message: str
    retry_seconds: int = 0

    def status(self) -> status_pb2.Status:
        error_reason_pb2.ErrorReason.Value(f"ERROR_REASON_{self.reason}")
        status = status_pb2.Status(code=code_pb2.Code.Value(self.code), message=self.message)
        status.details.add().Pack(error_details_pb2.ErrorInfo(reason=self.reason, domain=DOMAIN))
        if self.retry_seconds:
            delay = duration_pb2.Duration(seconds=self.retry_seconds)
            status.details.add().Pack(error_details_pb2.RetryInfo(retry_delay=delay))
        return status


REFUSALS: tuple[Refusal, ...] = (
    # Envoy looks for "Bearer " alone: with another scheme it finds nothing, though something came.
    Refusal(
        "response.code_details.contains('Jwt_is_missing') && 'authorization' in request.headers",
        "UNAUTHENTICATED", 401, "TOKEN_MALFORMED", "the authorization header must be one bearer token",
    ),
    Refusal(
        "response.code_details.contains('Jwt_is_missing')",
        "UNAUTHENTICATED", 401, "TOKEN_MISSING", "a bearer token is needed; log in first",
    ),
    Refusal(
        "response.code_details.contains('Jwt_is_expired')",
        "UNAUTHENTICATED", 401, "TOKEN_EXPIRED", "the access token has expired; refresh the session",
    ),
    Refusal(
        "response.code_details.contains('Jwt_is_not_in_the_form') || "
        "response.code_details.contains('Jwt_header') || response.code_details.contains('Jwt_payload') || "
        "response.code_details.contains('Jwt_signature_is_an_invalid')",
        "UNAUTHENTICATED", 401, "TOKEN_MALFORMED", "the bearer token is not a token of this platform",
    ),
    # Before any reason that blames the token: here it is the keys that are missing.
    Refusal(
        "response.code_details.contains('Jwks_remote_fetch_is_failed')",
        "UNAVAILABLE", 503, "SERVICE_UNAVAILABLE", "tokens can't be checked at the moment; try again", 1,
    ),
    Refusal(
        "response.code_details.contains('jwt_authn_access_denied')",
        "UNAUTHENTICATED", 401, "TOKEN_INVALID", "the bearer token is not good here; log in again",
    ),
    Refusal(
        "response.code_details.contains('local_rate_limited')",
        "RESOURCE_EXHAUSTED", 429, "RATE_LIMITED", "too many requests; wait a moment and try again", 1,
    ),
    Refusal(
        "response.code == 413 || response.code == 431 || "
        "response.code_details.contains('request_payload_too_large') || "
        "response.code_details.contains('request_headers_too_large')",
        "RESOURCE_EXHAUSTED", 413, "REQUEST_TOO_LARGE", "the request is over 4 MiB or its headers are too large",
    ),
    Refusal(
        "response.code == 404 || response.code_details.contains('route_not_found')",
        "UNIMPLEMENTED", 404, "METHOD_UNKNOWN", "there is no such method or path",
    ),
    Refusal(
        "response.code == 504 || response.code == 408 || response.code_details.contains('timeout')",
        "DEADLINE_EXCEEDED", 504, "DEADLINE_EXCEEDED", "the request took longer than it may",
    ),
    Refusal(
        "response.code == 503 || response.code == 502",
        "UNAVAILABLE", 503, "SERVICE_UNAVAILABLE", "a part of the platform can't be reached; try again", 1,
    ),
    Refusal(
        "response.code == 400 || response.code == 415",
        "INVALID_ARGUMENT", 400, "REQUEST_INVALID", "the request can't be read: check its JSON and its fields' types",
    ),
)  # fmt: skip


def local_replies() -> hcm.LocalReplyConfig:
    """The mapping for Envoy: per refusal one form for gRPC clients and one for everybody else."""
    mappers = [mapper for refusal in REFUSALS for mapper in (_grpc(refusal), _plain(refusal))]
    return hcm.LocalReplyConfig(mappers=mappers)


def _grpc(refusal: Refusal) -> hcm.ResponseMapper:
    details = base64.b64encode(refusal.status().SerializeToString()).decode().rstrip("=")
    code = str(code_pb2.Code.Value(refusal.code))
    headers = {
        # Without this type the gRPC-web filter takes the reply for a foreign page and makes a status of its own.
        "content-type": "application/grpc",
        "grpc-status": code,
        "grpc-message": refusal.message,
        "grpc-status-details-bin": details,
    }
    return hcm.ResponseMapper(
        filter=_matching(f"{IS_RPC} && ({refusal.when})"),
        # gRPC-web clients read the status from the headers only of a 200.
        status_code=200,
        body=core.DataSource(inline_string=""),
        headers_to_add=[_header(name, value) for name, value in headers.items()],
    )


def _plain(refusal: Refusal) -> hcm.ResponseMapper:
    body = json_format.MessageToDict(refusal.status())
    headers = [_header("content-type", "application/json")]
    if refusal.retry_seconds:
        headers.append(_header("retry-after", str(refusal.retry_seconds)))
    return hcm.ResponseMapper(
        filter=_matching(f"!({IS_RPC}) && ({refusal.when})"),
        status_code=refusal.http_status,
        body=core.DataSource(inline_string=json.dumps(body)),
        body_format_override=core.SubstitutionFormatString(
            text_format_source=core.DataSource(inline_string="%LOCAL_REPLY_BODY%"), content_type="application/json"
        ),
        headers_to_add=headers,
    )


# What the transcoder has turned into an rpc keeps its own path in a header that no client can send.
IS_RPC = (
    "'content-type' in request.headers && request.headers['content-type'].startsWith('application/grpc') && "
    "!('x-envoy-original-path' in request.headers)"
)


def _matching(expression: str) -> accesslog.AccessLogFilter:
    return accesslog.AccessLogFilter(
        extension_filter=accesslog.ExtensionFilter(
            name="envoy.access_loggers.extension_filters.cel",
            typed_config=Any.pack(cel.ExpressionFilter(expression=expression)),
        )
    )


def _header(name: str, value: str) -> core.HeaderValueOption:
    return core.HeaderValueOption(
        header=core.HeaderValue(key=name, value=value),
        append_action=core.HeaderValueOptionHeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
    )
