"""Envoy's whole configuration from the settings: a pure function, checked by `envoy --mode validate`."""

from datetime import timedelta

import envoy_data_plane.envoy.config.accesslog.v3 as accesslog
import envoy_data_plane.envoy.config.bootstrap.v3 as bootstrap
import envoy_data_plane.envoy.config.core.v3 as core
import envoy_data_plane.envoy.config.listener.v3 as listener
import envoy_data_plane.envoy.config.overload.v3 as overload
import envoy_data_plane.envoy.extensions.access_loggers.stream.v3 as stream
import envoy_data_plane.envoy.extensions.filters.network.http_connection_manager.v3 as hcm
import envoy_data_plane.envoy.extensions.resource_monitors.downstream_connections.v3 as downstream
from envoy_data_plane.google.protobuf import Any, Struct

from edge.filters import http_filters
from edge.refusals import local_replies
from edge.routes import route_configuration
from edge.settings import Address, EdgeSettings
from edge.upstreams import clusters

MAX_CONNECTIONS = 20_000
MAX_STREAMS_PER_CONNECTION = 100
MAX_HEADERS_KB = 32
MAX_HEADERS = 100
BUFFER_BYTES = 1024 * 1024
# No query string, no header that may carry a secret, and of a JSON path only the rpc that it stands for, as a path can
# hold a file's name: only names, codes and times.
ACCESS_LOG = {
    "time": "%START_TIME%",
    "method": "%REQ(:METHOD)%",
    "path": "%PATH(NQ:PATH)%",
    "status": "%RESPONSE_CODE%",
    "grpc_status": "%GRPC_STATUS%",
    "flags": "%RESPONSE_FLAGS%",
    "details": "%RESPONSE_CODE_DETAILS%",
    "duration_ms": "%DURATION%",
    "bytes_in": "%BYTES_RECEIVED%",
    "bytes_out": "%BYTES_SENT%",
    "upstream": "%UPSTREAM_CLUSTER%",
    "request_id": "%REQ(X-REQUEST-ID)%",
}


def envoy_bootstrap(settings: EdgeSettings) -> bootstrap.Bootstrap:
    return bootstrap.Bootstrap(
        node=core.Node(id="edge", cluster="edge"),
        admin=bootstrap.Admin(address=_address(settings.admin)),
        overload_manager=_overload(),
        static_resources=bootstrap.BootstrapStaticResources(
            listeners=[_listener(settings)], clusters=clusters(settings)
        ),
    )


def _overload() -> overload.OverloadManager:
    connections = downstream.DownstreamConnectionsConfig(max_active_downstream_connections=MAX_CONNECTIONS)
    return overload.OverloadManager(
        resource_monitors=[
            overload.ResourceMonitor(
                name="envoy.resource_monitors.global_downstream_max_connections", typed_config=Any.pack(connections)
            )
        ]
    )


def _listener(settings: EdgeSettings) -> listener.Listener:
    manager = listener.Filter(
        name="envoy.filters.network.http_connection_manager", typed_config=Any.pack(_connection_manager(settings))
    )
    return listener.Listener(
        name="edge",
        address=_address(settings.listen),
        per_connection_buffer_limit_bytes=BUFFER_BYTES,
        filter_chains=[listener.FilterChain(filters=[manager])],
    )


def _connection_manager(settings: EdgeSettings) -> hcm.HttpConnectionManager:
    return hcm.HttpConnectionManager(
        stat_prefix="edge",
        codec_type=hcm.HttpConnectionManagerCodecType.AUTO,
        route_config=route_configuration(settings),
        http_filters=http_filters(settings),
        local_reply_config=local_replies(),
        access_log=[_access_log()],
        http2_protocol_options=core.Http2ProtocolOptions(max_concurrent_streams=MAX_STREAMS_PER_CONNECTION),
        common_http_protocol_options=core.HttpProtocolOptions(
            idle_timeout=timedelta(minutes=10),
            max_headers_count=MAX_HEADERS,
            headers_with_underscores_action=core.HttpProtocolOptionsHeadersWithUnderscoresAction.REJECT_REQUEST,
        ),
        max_request_headers_kb=MAX_HEADERS_KB,
        request_headers_timeout=timedelta(seconds=10),
        stream_idle_timeout=timedelta(minutes=5),
        # The client's address is the connection's: nothing in front of the edge is trusted to name another.
        use_remote_address=True,
        normalize_path=True,
        merge_slashes=True,
        path_with_escaped_slashes_action=hcm.HttpConnectionManagerPathWithEscapedSlashesAction.REJECT_REQUEST,
        server_header_transformation=hcm.HttpConnectionManagerServerHeaderTransformation.PASS_THROUGH,
        always_set_request_id_in_response=True,
    )


def _access_log() -> accesslog.AccessLog:
    line = core.SubstitutionFormatString(json_format=Struct.from_dict(ACCESS_LOG))
    return accesslog.AccessLog(
        name="envoy.access_loggers.stdout", typed_config=Any.pack(stream.StdoutAccessLog(log_format=line))
    )


def _address(address: Address) -> core.Address:
    return core.Address(socket_address=core.SocketAddress(address=address.host, port_value=address.port))
