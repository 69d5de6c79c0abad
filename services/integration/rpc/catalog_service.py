"""CatalogService."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.integration.v1 import catalog_service_pb2 as pb
from infinure.integration.v1 import catalog_service_pb2_grpc

from meshkit import identity
from services.integration.catalogs import Catalogs
from services.integration.rpc import catalog_messages


@dataclass(frozen=True)
class CatalogServicer(catalog_service_pb2_grpc.CatalogServiceServicer):
    """What a source holds."""

    catalogs: Catalogs

    async def GetCatalog(
        self, request: pb.GetCatalogRequest, context: "grpc.aio.ServicerContext[Any, Any]"
    ) -> pb.GetCatalogResponse:
        caller, source_id = identity.caller(), UUID(request.source_id)
        version = await self.catalogs.version(caller, source_id)
        if request.known_version == version:
            return pb.GetCatalogResponse(version=version)
        known = await self.catalogs.get(caller, source_id)
        return pb.GetCatalogResponse(version=known.version, catalog=catalog_messages.catalog(known))
