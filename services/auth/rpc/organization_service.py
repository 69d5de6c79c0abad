"""OrganizationService."""

from dataclasses import dataclass
from typing import Any

import grpc
from infinure.auth.v1 import organization_service_pb2 as pb
from infinure.auth.v1 import organization_service_pb2_grpc

from meshkit import identity
from services.auth.keeping_settings import KeepingSettings
from services.auth.rpc import administration_messages as messages
from services.auth.rpc import requests

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class OrganizationServicer(organization_service_pb2_grpc.OrganizationServiceServicer):
    """The settings of the caller's organization."""

    keeping: KeepingSettings

    async def GetOrganizationSettings(
        self, request: pb.GetOrganizationSettingsRequest, context: Context
    ) -> pb.GetOrganizationSettingsResponse:
        kept = await self.keeping.read(identity.caller().organization_id)
        return pb.GetOrganizationSettingsResponse(settings=messages.settings(kept.organization), etag=kept.etag)

    async def UpdateOrganizationSettings(
        self, request: pb.UpdateOrganizationSettingsRequest, context: Context
    ) -> pb.UpdateOrganizationSettingsResponse:
        wanted = messages.wanted_settings(request.settings)
        kept = await self.keeping.put(requests.person(context), wanted, request.etag)
        return pb.UpdateOrganizationSettingsResponse(settings=messages.settings(kept.organization), etag=kept.etag)
