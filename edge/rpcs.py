"""Which rpcs the edge may route, read from the contracts: the proto option alone decides."""

from dataclasses import dataclass

from google.protobuf.descriptor import FileDescriptor, MethodDescriptor
from infinure.analytics.v1 import usage_service_pb2
from infinure.auth.v1 import (
    audit_service_pb2,
    auth_service_pb2,
    email_service_pb2,
    identity_provider_service_pb2,
    identity_service_pb2,
    mfa_service_pb2,
    organization_service_pb2,
    privacy_service_pb2,
    service_account_service_pb2,
    session_service_pb2,
    single_sign_on_service_pb2,
    user_administration_service_pb2,
    user_service_pb2,
)
from infinure.chat.v1 import chat_service_pb2
from infinure.error.v1 import access_pb2
from infinure.integration.v1 import (
    catalog_service_pb2,
    query_service_pb2,
    semantic_model_service_pb2,
    source_service_pb2,
    warehouse_service_pb2,
)
from infinure.ml_gateway.v1 import (
    answer_service_pb2,
    evaluation_service_pb2,
    learning_service_pb2,
    receipt_service_pb2,
)
from infinure.privacy.v1 import personal_data_service_pb2

# Every contract that a process of the mesh serves; ml_backend is served by others and never routed.
CONTRACTS: tuple[FileDescriptor, ...] = (
    auth_service_pb2.DESCRIPTOR,
    user_service_pb2.DESCRIPTOR,
    email_service_pb2.DESCRIPTOR,
    mfa_service_pb2.DESCRIPTOR,
    session_service_pb2.DESCRIPTOR,
    single_sign_on_service_pb2.DESCRIPTOR,
    identity_provider_service_pb2.DESCRIPTOR,
    user_administration_service_pb2.DESCRIPTOR,
    organization_service_pb2.DESCRIPTOR,
    service_account_service_pb2.DESCRIPTOR,
    audit_service_pb2.DESCRIPTOR,
    privacy_service_pb2.DESCRIPTOR,
    identity_service_pb2.DESCRIPTOR,
    chat_service_pb2.DESCRIPTOR,
    source_service_pb2.DESCRIPTOR,
    catalog_service_pb2.DESCRIPTOR,
    semantic_model_service_pb2.DESCRIPTOR,
    query_service_pb2.DESCRIPTOR,
    warehouse_service_pb2.DESCRIPTOR,
    answer_service_pb2.DESCRIPTOR,
    learning_service_pb2.DESCRIPTOR,
    receipt_service_pb2.DESCRIPTOR,
    evaluation_service_pb2.DESCRIPTOR,
    usage_service_pb2.DESCRIPTOR,
    personal_data_service_pb2.DESCRIPTOR,
)


@dataclass(frozen=True)
class Rpc:
    """One rpc as far as a door cares."""

    path: str
    """As on the wire: /package.Service/Method."""
    service: str
    """The full name of the proto service."""
    process: str
    """The process of the mesh that serves it: the package's second part."""
    streams: bool
    """Whether the server streams."""
    uploads: bool
    """Whether the client streams: a request of any length, which is never held whole."""
    needs_user: bool


def routable() -> tuple[Rpc, ...]:
    """The rpcs marked for the edge, ordered by path."""
    methods = (
        method
        for contract in CONTRACTS
        for service in contract.services_by_name.values()
        for method in service.methods
        if _access(method).edge
    )
    return tuple(sorted((_rpc(method) for method in methods), key=lambda rpc: rpc.path))


def _rpc(method: MethodDescriptor) -> Rpc:
    service = method.containing_service
    return Rpc(
        path=f"/{service.full_name}/{method.name}",
        service=service.full_name,
        process=service.file.package.split(".")[1],
        streams=method.server_streaming,
        uploads=method.client_streaming,
        needs_user=_access(method).authentication != access_pb2.AUTHENTICATION_NONE,
    )


def _access(method: MethodDescriptor) -> access_pb2.MethodAccess:
    return method.GetOptions().Extensions[access_pb2.access]
