"""Clusters: the services over mTLS and HTTP/2, the pages and the signing keys over mTLS and HTTP/1.1."""

from datetime import timedelta

import envoy_data_plane.envoy.config.cluster.v3 as cluster
import envoy_data_plane.envoy.config.core.v3 as core
import envoy_data_plane.envoy.config.endpoint.v3 as endpoint
import envoy_data_plane.envoy.extensions.transport_sockets.tls.v3 as tls
import envoy_data_plane.envoy.extensions.upstreams.http.v3 as upstream
import envoy_data_plane.envoy.type.matcher.v3 as matcher
from envoy_data_plane.google.protobuf import Any

from edge.settings import Address, EdgeSettings, Tls

PAGES, JWKS = "pages", "signing_keys"
MAX_PENDING_REQUESTS = 4096


def clusters(settings: EdgeSettings) -> list[cluster.Cluster]:
    services = [_cluster(name, address, settings.tls, name) for name, address in settings.services.items()]
    return [
        *services,
        _cluster(PAGES, settings.pages, settings.tls, "web", http2=False),
        _cluster(JWKS, settings.jwks, settings.tls, "auth", http2=False),
    ]


def _cluster(name: str, address: Address, files: Tls, identity: str, http2: bool = True) -> cluster.Cluster:
    return cluster.Cluster(
        name=name,
        # A name is resolved again and again, so that a service may move.
        type=cluster.ClusterDiscoveryType.STRICT_DNS,
        dns_lookup_family=cluster.ClusterDnsLookupFamily.V4_PREFERRED,
        connect_timeout=timedelta(seconds=5),
        lb_policy=cluster.ClusterLbPolicy.LEAST_REQUEST,
        load_assignment=_endpoints(name, address),
        typed_extension_protocol_options={PROTOCOL_OPTIONS: Any.pack(_protocol(http2))},
        transport_socket=_mesh_tls(files, identity, http2),
        circuit_breakers=cluster.CircuitBreakers(
            thresholds=[
                cluster.CircuitBreakersThresholds(
                    max_requests=MAX_PENDING_REQUESTS, max_pending_requests=MAX_PENDING_REQUESTS
                )
            ]
        ),
    )


PROTOCOL_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"


def _protocol(http2: bool) -> upstream.HttpProtocolOptions:
    if not http2:
        explicit = upstream.HttpProtocolOptionsExplicitHttpConfig(http_protocol_options=core.Http1ProtocolOptions())
    else:
        keepalive = core.KeepaliveSettings(interval=timedelta(seconds=30), timeout=timedelta(seconds=5))
        explicit = upstream.HttpProtocolOptionsExplicitHttpConfig(
            http2_protocol_options=core.Http2ProtocolOptions(connection_keepalive=keepalive)
        )
    return upstream.HttpProtocolOptions(explicit_http_config=explicit)


def _endpoints(name: str, address: Address) -> endpoint.ClusterLoadAssignment:
    socket = core.SocketAddress(address=address.host, port_value=address.port)
    host = endpoint.LbEndpoint(endpoint=endpoint.Endpoint(address=core.Address(socket_address=socket)))
    return endpoint.ClusterLoadAssignment(
        cluster_name=name, endpoints=[endpoint.LocalityLbEndpoints(lb_endpoints=[host])]
    )


def _mesh_tls(files: Tls, identity: str, http2: bool) -> core.TransportSocket:
    """mTLS: our certificate, and the peer's must carry exactly the identity of the service meant."""
    spiffe = f"spiffe://{files.trust_domain}/ns/default/sa/{identity}"
    context = tls.UpstreamTlsContext(
        sni=identity.replace("_", "-"),
        common_tls_context=tls.CommonTlsContext(
            alpn_protocols=["h2"] if http2 else ["http/1.1"],
            tls_params=tls.TlsParameters(
                # With only a minimum the handshake with gRPC's servers fails.
                tls_minimum_protocol_version=tls.TlsParametersTlsProtocol.TLSv1_3,
                tls_maximum_protocol_version=tls.TlsParametersTlsProtocol.TLSv1_3,
            ),
            tls_certificates=[
                tls.TlsCertificate(
                    certificate_chain=core.DataSource(filename=str(files.certificate)),
                    private_key=core.DataSource(filename=str(files.key)),
                )
            ],
            validation_context=tls.CertificateValidationContext(
                trusted_ca=core.DataSource(filename=str(files.authority)),
                match_typed_subject_alt_names=[
                    tls.SubjectAltNameMatcher(
                        san_type=tls.SubjectAltNameMatcherSanType.URI, matcher=matcher.StringMatcher(exact=spiffe)
                    )
                ],
            ),
        ),
    )
    return core.TransportSocket(name="envoy.transport_sockets.tls", typed_config=Any.pack(context))
