"""SemanticModelService."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.integration.v1 import semantic_model_service_pb2 as pb
from infinure.integration.v1 import semantic_model_service_pb2_grpc

from meshkit import identity
from services.integration.rpc import semantic_messages as messages
from services.integration.semantic_models import SemanticModels

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class SemanticModelServicer(semantic_model_service_pb2_grpc.SemanticModelServiceServicer):
    """What a source's data means."""

    models: SemanticModels

    async def GetSemanticModel(
        self, request: pb.GetSemanticModelRequest, context: Context
    ) -> pb.GetSemanticModelResponse:
        known = await self.models.get(identity.caller(), UUID(request.source_id), request.version)
        return pb.GetSemanticModelResponse(
            version=messages.version(known.version),
            model=messages.message_of(known.model),
            stale=messages.stale(known.stale),
        )

    async def ListSemanticModelVersions(
        self, request: pb.ListSemanticModelVersionsRequest, context: Context
    ) -> pb.ListSemanticModelVersionsResponse:
        found, next_page = await self.models.versions(
            identity.caller(), UUID(request.source_id), request.page_size, request.page_token
        )
        return pb.ListSemanticModelVersionsResponse(
            versions=[messages.version(one) for one in found], next_page_token=next_page
        )

    async def UpdateSemanticModel(
        self, request: pb.UpdateSemanticModelRequest, context: Context
    ) -> pb.UpdateSemanticModelResponse:
        kept = await self.models.update(
            identity.caller(),
            UUID(request.source_id),
            messages.model(request.model),
            request.expected_version,
            messages.in_message(request.model),
        )
        return pb.UpdateSemanticModelResponse(
            version=messages.version(kept.version), catalog_version=kept.catalog_version
        )

    async def DraftSemanticModel(
        self, request: pb.DraftSemanticModelRequest, context: Context
    ) -> pb.DraftSemanticModelResponse:
        draft, base = await self.models.draft(identity.caller(), UUID(request.source_id))
        return pb.DraftSemanticModelResponse(
            model=messages.message_of(draft.model),
            suggestions=messages.suggestions(draft.suggestions),
            base_version=base,
        )

    async def ImportSemanticModel(
        self, request: pb.ImportSemanticModelRequest, context: Context
    ) -> pb.ImportSemanticModelResponse:
        kept = await self.models.import_yaml(
            identity.caller(), UUID(request.source_id), request.yaml, request.expected_version, messages.in_yaml
        )
        return pb.ImportSemanticModelResponse(
            version=messages.version(kept.version), catalog_version=kept.catalog_version
        )

    async def ExportSemanticModel(
        self, request: pb.ExportSemanticModelRequest, context: Context
    ) -> pb.ExportSemanticModelResponse:
        kept = await self.models.export(identity.caller(), UUID(request.source_id), request.version)
        return pb.ExportSemanticModelResponse(yaml=kept.text, version=messages.version(kept.version))

    async def RestoreSemanticModel(
        self, request: pb.RestoreSemanticModelRequest, context: Context
    ) -> pb.RestoreSemanticModelResponse:
        kept = await self.models.restore(
            identity.caller(), UUID(request.source_id), request.version, request.expected_version
        )
        return pb.RestoreSemanticModelResponse(
            version=messages.version(kept.version), catalog_version=kept.catalog_version
        )
