"""Routes: each rpc marked for the edge by its exact path, JSON to the transcoder, the rest to the pages."""

from datetime import timedelta

import envoy_data_plane.envoy.config.core.v3 as core
import envoy_data_plane.envoy.config.route.v3 as route
import envoy_data_plane.envoy.extensions.filters.http.buffer.v3 as buffer
import envoy_data_plane.envoy.extensions.filters.http.cors.v3 as cors
import envoy_data_plane.envoy.type.matcher.v3 as matcher
from envoy_data_plane.google.protobuf import Any

from edge.filters import (
    BUFFER,
    CORS,
    RATE_LIMIT,
    TRANSCODER,
    address_rate_limit,
    organization_rate_limit,
    transcoder,
)
from edge.refusals import REFUSALS
from edge.rpcs import Rpc, routable
from edge.settings import EdgeSettings
from edge.upstreams import PAGES

UNARY_TIMEOUT = timedelta(seconds=30)
# Connecting a source reads its whole catalog.
SLOW_TIMEOUT = timedelta(seconds=120)
SLOW = ("/infinure.integration.v1.SourceService/CreateSource", "/infinure.integration.v1.SourceService/TestSource")
STREAM_IDLE_TIMEOUT = timedelta(seconds=120)
# Headers that gRPC itself reads, and what they may be. The servers' HTTP/2 stack remembers for a whole connection that
# a header's value couldn't be read, and refuses later requests of others for it, so none that is wrong gets there.
GRPC_HEADERS = {"grpc-timeout": "[0-9]{1,8}[HMSmun]", "grpc-encoding": "identity|deflate|gzip"}
NOWHERE = "nowhere"
JSON_PREFIXES = ("/v1/", "/.well-known/jwks.json")


def route_configuration(settings: EdgeSettings) -> route.RouteConfiguration:
    rpcs = routable()
    everything = route.VirtualHost(
        name="edge",
        domains=["*"],
        typed_per_filter_config={
            CORS: Any.pack(_cors(settings)),
            RATE_LIMIT: Any.pack(organization_rate_limit(settings)),
        },
        routes=[
            *(_unreadable(name, allowed) for name, allowed in GRPC_HEADERS.items()),
            *(_rpc_route(rpc, settings) for rpc in rpcs),
            # An rpc that isn't marked is unknown here, whatever serves it inside.
            _unknown("/infinure."),
            _unknown("/grpc."),
            *(json for prefix in JSON_PREFIXES for json in _json_routes(prefix)),
            *(_pages_route(method) for method in ("GET", "HEAD")),
            _unknown("/"),
        ],
    )
    # The JSON routes name a cluster that isn't there on purpose; that the rpcs' are is tested.
    return route.RouteConfiguration(name="edge", virtual_hosts=[everything], validate_clusters=False)


def _unreadable(name: str, allowed: str) -> route.Route:
    """Refuses what has the header with another value."""
    given = route.HeaderMatcher(name=name, present_match=True)
    pattern = matcher.StringMatcher(safe_regex=matcher.RegexMatcher(regex=allowed))
    wrong = route.HeaderMatcher(name=name, string_match=pattern, invert_match=True)
    body = core.DataSource(inline_string=f"the header {name} can't be read")
    return route.Route(
        match=route.RouteMatch(prefix="/", headers=[given, wrong]),
        direct_response=route.DirectResponseAction(status=400, body=body),
    )


def _rpc_route(rpc: Rpc, settings: EdgeSettings) -> route.Route:
    action = route.RouteAction(
        cluster=rpc.process,
        # Only what the service has surely not begun is sent again: a restarting service is no error.
        retry_policy=route.RetryPolicy(
            retry_on="connect-failure,refused-stream",
            num_retries=3,
            retry_back_off=route.RetryPolicyRetryBackOff(
                base_interval=timedelta(milliseconds=50), max_interval=timedelta(milliseconds=500)
            ),
        ),
    )
    if rpc.streams or rpc.uploads:
        action.timeout, action.idle_timeout = timedelta(0), STREAM_IDLE_TIMEOUT
    else:
        action.timeout = SLOW_TIMEOUT if rpc.path in SLOW else UNARY_TIMEOUT
    # Who has no token yet is limited by address.
    limits = {} if rpc.needs_user else {RATE_LIMIT: Any.pack(address_rate_limit(settings))}
    if rpc.uploads:  # of any length: its service counts what comes
        action.retry_policy = None
        limits[BUFFER] = Any.pack(buffer.BufferPerRoute(disabled=True))
    match = route.RouteMatch(path=rpc.path)
    return route.Route(name=rpc.path, match=match, route=action, typed_per_filter_config=limits)


def _unknown(prefix: str) -> route.Route:
    refusal = next(refusal for refusal in REFUSALS if refusal.reason == "METHOD_UNKNOWN")
    body = core.DataSource(inline_string=refusal.message)
    return route.Route(
        match=route.RouteMatch(prefix=prefix), direct_response=route.DirectResponseAction(status=404, body=body)
    )


def _json_routes(prefix: str) -> tuple[route.Route, route.Route]:
    """What a JSON request matches before it is transcoded; afterwards the rpc's own route is found.

    It must be a route to somewhere, as Envoy applies CORS to no other; what stays on it is unknown.
    """
    nowhere = route.RouteAction(
        cluster=NOWHERE,
        cluster_not_found_response_code=route.RouteActionClusterNotFoundResponseCode.NOT_FOUND,
    )
    accepts = route.HeaderMatcher(name="accept", string_match=matcher.StringMatcher(contains="text/event-stream"))
    server_sent_events = route.Route(
        match=route.RouteMatch(prefix=prefix, headers=[accepts]),
        route=nowhere,
        typed_per_filter_config={TRANSCODER: Any.pack(transcoder(server_sent_events=True))},
    )
    return server_sent_events, route.Route(match=route.RouteMatch(prefix=prefix), route=nowhere)


def _pages_route(method: str) -> route.Route:
    """Pages are read; any other call that comes this far is of an rpc or path that isn't there."""
    reads = route.HeaderMatcher(name=":method", string_match=matcher.StringMatcher(exact=method))
    action = route.RouteAction(cluster=PAGES, timeout=UNARY_TIMEOUT)
    return route.Route(name=PAGES, match=route.RouteMatch(prefix="/", headers=[reads]), route=action)


def _cors(settings: EdgeSettings) -> cors.CorsPolicy:
    """Pages of the edge's own origin need none of it; others only where the operator lists their origin."""
    return cors.CorsPolicy(
        allow_origin_string_match=[matcher.StringMatcher(exact=origin) for origin in settings.allowed_origins],
        allow_methods="GET, POST, PUT, PATCH, DELETE, OPTIONS",
        allow_headers="authorization,content-type,accept,x-grpc-web,x-user-agent,grpc-timeout,x-request-id",
        expose_headers="grpc-status,grpc-message,grpc-status-details-bin,x-request-id",
        max_age="600",
    )
