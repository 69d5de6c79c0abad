"""The HTTP filters, in one reasoned order."""

from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import envoy_data_plane.envoy.config.common.mutation_rules.v3 as mutation
import envoy_data_plane.envoy.config.core.v3 as core
import envoy_data_plane.envoy.config.route.v3 as route
import envoy_data_plane.envoy.extensions.common.ratelimit.v3 as ratelimit
import envoy_data_plane.envoy.extensions.filters.http.buffer.v3 as buffer
import envoy_data_plane.envoy.extensions.filters.http.cors.v3 as cors
import envoy_data_plane.envoy.extensions.filters.http.grpc_json_transcoder.v3 as json
import envoy_data_plane.envoy.extensions.filters.http.grpc_web.v3 as grpc_web
import envoy_data_plane.envoy.extensions.filters.http.header_mutation.v3 as header_mutation
import envoy_data_plane.envoy.extensions.filters.http.jwt_authn.v3 as jwt
import envoy_data_plane.envoy.extensions.filters.http.local_ratelimit.v3 as local_ratelimit
import envoy_data_plane.envoy.extensions.filters.http.router.v3 as router
import envoy_data_plane.envoy.extensions.filters.network.http_connection_manager.v3 as hcm
import envoy_data_plane.envoy.type.matcher.v3 as matcher
import envoy_data_plane.envoy.type.v3 as envoy_type
from betterproto2 import Message
from envoy_data_plane.google.protobuf import Any

from edge.rpcs import routable
from edge.settings import EdgeSettings
from edge.upstreams import JWKS

CORS = "envoy.filters.http.cors"
TRANSCODER = "envoy.filters.http.grpc_json_transcoder"
RATE_LIMIT = "envoy.filters.http.local_ratelimit"
BUFFER = "envoy.filters.http.buffer"
ORGANIZATION_HEADER = "x-infinure-organization"
DESCRIPTORS = Path(str(files("edge"))).parent / "gen" / "edge.binpb"
MAX_MESSAGE_BYTES = 4 * 1024 * 1024
FRAME_BYTES = 5
MAX_BUCKETS = 10_000
# Headers by which others name tenants, users and roles, and by which strangers could have everything traced. Nothing
# inside reads them; none gets in either.
IDENTITY_HEADERS = ("x-tenant-id", "x-org-id", "x-organization-id", "x-user-id", "x-user-role", "x-role",
                    "x-forwarded-client-cert", "x-forwarded-user", "x-real-ip", "x-http-method-override", "traceparent",
                    "tracestate", "baggage")  # fmt: skip
# What gRPC's own parts tell each other. Their values are parsed before any of our code runs, so strangers send none.
GRPC_INTERNALS = ("grpc-internal-encoding-request", "grpc-message", "grpc-previous-rpc-attempts",
                  "grpc-retry-pushback-ms", "grpc-status", "lb-token")  # fmt: skip
BINARY_SUFFIX = "-bin"
IDENTITY_PREFIXES = ("x-infinure-", "x-envoy-", "x-goog-", "x-auth-")


def http_filters(settings: EdgeSettings) -> list[hcm.HttpFilter]:
    """First what concerns browsers and headers; then the translators, so that one list of rpcs serves all three
    doors from there on; then who it is, how often, and on to the service."""
    return [
        _filter(CORS, cors.Cors()),
        _filter("envoy.filters.http.header_mutation", header_hygiene()),
        _filter("envoy.filters.http.grpc_web", grpc_web.GrpcWeb()),
        _filter(TRANSCODER, transcoder()),
        _filter("envoy.filters.http.jwt_authn", token_check()),
        _filter(RATE_LIMIT, local_ratelimit.LocalRateLimit(stat_prefix="edge")),
        # Reads a request whole, so that one over the limit is refused here and in the platform's words.
        _filter(BUFFER, buffer.Buffer(max_request_bytes=MAX_MESSAGE_BYTES + FRAME_BYTES)),
        _filter("envoy.filters.http.router", router.Router(suppress_envoy_headers=True)),
    ]


def _filter(name: str, configuration: Message) -> hcm.HttpFilter:
    return hcm.HttpFilter(name=name, typed_config=Any.pack(configuration))


def header_hygiene() -> header_mutation.HeaderMutation:
    exact = [mutation.HeaderMutation(remove=name) for name in (*IDENTITY_HEADERS, *GRPC_INTERNALS)]
    prefixes = [
        mutation.HeaderMutation(
            remove_on_match=mutation.HeaderMutationRemoveOnMatch(key_matcher=matcher.StringMatcher(prefix=prefix))
        )
        for prefix in IDENTITY_PREFIXES
    ]
    binary = mutation.HeaderMutation(
        remove_on_match=mutation.HeaderMutationRemoveOnMatch(key_matcher=matcher.StringMatcher(suffix=BINARY_SUFFIX))
    )
    mutations = [*exact, *prefixes, binary]
    return header_mutation.HeaderMutation(mutations=header_mutation.Mutations(request_mutations=mutations))


def transcoder(server_sent_events: bool = False) -> json.GrpcJsonTranscoder:
    """JSON ⇄ gRPC by google.api.http. Streams come as lines of JSON, or as server-sent events where asked for."""
    return json.GrpcJsonTranscoder(
        proto_descriptor=str(DESCRIPTORS),
        services=sorted({rpc.service for rpc in routable()}),
        convert_grpc_status=True,
        print_options=json.GrpcJsonTranscoderPrintOptions(
            always_print_primitive_fields=True,
            stream_newline_delimited=not server_sent_events,
            stream_sse_style_delimited=server_sent_events,
        ),
        request_validation_options=json.GrpcJsonTranscoderRequestValidationOptions(
            reject_unknown_query_parameters=True, reject_binding_body_field_collisions=True
        ),
    )


def token_check() -> jwt.JwtAuthentication:
    """Every rpc but those that need no user carries a token of ours; pages carry none. Services check again."""
    rules = [
        jwt.RequirementRule(
            match=route.RouteMatch(path=rpc.path),
            requires=jwt.JwtRequirement(provider_name="infinure"),
        )
        for rpc in routable()
        if rpc.needs_user
    ]
    keys = jwt.RemoteJwks(
        http_uri=core.HttpUri(uri="https://auth/.well-known/jwks.json", cluster=JWKS, timeout=timedelta(seconds=2)),
        cache_duration=timedelta(minutes=5),
        async_fetch=jwt.JwksAsyncFetch(fast_listener=True, failed_refetch_duration=timedelta(seconds=1)),
        retry_policy=core.RetryPolicy(num_retries=3),
    )
    provider = jwt.JwtProvider(
        issuer="infinure",
        audiences=["infinure"],
        require_expiration=True,
        # Nowhere else: by default a query parameter would do, and addresses end up in logs.
        from_headers=[jwt.JwtHeader(name="authorization", value_prefix="Bearer ")],
        remote_jwks=keys,
        forward=True,
        clock_skew_seconds=5,
        payload_in_metadata="jwt",
        jwt_cache_config=jwt.JwtCacheConfig(jwt_cache_size=1000),
        claim_to_headers=[jwt.JwtClaimToHeader(header_name=ORGANIZATION_HEADER, claim_name="org")],
    )
    return jwt.JwtAuthentication(providers={"infinure": provider}, rules=rules, bypass_cors_preflight=True)


def organization_rate_limit(settings: EdgeSettings) -> local_ratelimit.LocalRateLimit:
    """A bucket per organization, named by the verified token's claim. Pages, which carry no token, are not limited."""
    by_header = route.RateLimitActionRequestHeaders(
        header_name=ORGANIZATION_HEADER, descriptor_key="organization", skip_if_absent=True
    )
    bucket = _bucket(settings.burst, settings.requests_per_second)
    return _rate_limit("organization", route.RateLimitAction(request_headers=by_header), bucket)


def address_rate_limit(settings: EdgeSettings) -> local_ratelimit.LocalRateLimit:
    """A bucket per client address and rpc, for rpcs without a token."""
    action = route.RateLimitAction(remote_address=route.RateLimitActionRemoteAddress())
    per_second = settings.anonymous_requests_per_second
    return _rate_limit("remote_address", action, _bucket(2 * per_second, per_second))


def _rate_limit(
    key: str, action: route.RateLimitAction, bucket: envoy_type.TokenBucket
) -> local_ratelimit.LocalRateLimit:
    # A descriptor's entry without a value makes a bucket for each value that comes.
    entry = ratelimit.RateLimitDescriptorEntry(key=key)
    return local_ratelimit.LocalRateLimit(
        stat_prefix=key,
        token_bucket=_bucket(1_000_000, 1_000_000),
        filter_enabled=_percent(100),
        filter_enforced=_percent(100),
        rate_limited_as_resource_exhausted=True,
        max_dynamic_descriptors=MAX_BUCKETS,
        always_consume_default_token_bucket=False,
        descriptors=[ratelimit.LocalRateLimitDescriptor(entries=[entry], token_bucket=bucket)],
        rate_limits=[route.RateLimit(actions=[action])],
    )


def _bucket(size: int, per_second: int) -> envoy_type.TokenBucket:
    return envoy_type.TokenBucket(max_tokens=size, tokens_per_fill=per_second, fill_interval=timedelta(seconds=1))


def _percent(numerator: int) -> core.RuntimeFractionalPercent:
    return core.RuntimeFractionalPercent(
        default_value=envoy_type.FractionalPercent(
            numerator=numerator, denominator=envoy_type.FractionalPercentDenominatorType.HUNDRED
        )
    )
