"""SourceService."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.integration.v1 import source_service_pb2 as pb
from infinure.integration.v1 import source_service_pb2_grpc

from meshkit import identity
from services.integration.catalog.reader import Progress as ReadingProgress
from services.integration.model import Source, Upload
from services.integration.progress import Progress, followed
from services.integration.rpc import translate, upload_messages
from services.integration.rpc.telling import telling
from services.integration.sources import Sources
from services.integration.uploads import Uploads

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class SourceServicer(source_service_pb2_grpc.SourceServiceServicer):
    """Connecting and removing sources, and the files that they are made of."""

    sources: Sources
    uploads: Uploads

    async def CreateSource(self, request: pb.CreateSourceRequest, context: Context) -> pb.CreateSourceResponse:
        configuration, password = translate.configuration(request.configuration)
        made = await self.sources.create(
            identity.caller(), request.name, configuration, password, request.semantic_model
        )
        return pb.CreateSourceResponse(source=translate.source(made))

    async def ConnectSource(
        self, request: pb.ConnectSourceRequest, context: Context
    ) -> AsyncIterator[pb.ConnectSourceResponse]:
        caller, wanted = identity.caller(), request.source
        configuration, password = translate.configuration(wanted.configuration)

        async def work(report: ReadingProgress) -> Source:
            return await self.sources.create(
                caller, wanted.name, configuration, password, wanted.semantic_model, report
            )

        responses = telling(_connecting(followed(work)), lambda status: pb.ConnectSourceResponse(failed=status))
        async with aclosing(responses):
            async for response in responses:
                yield response

    async def TestSource(self, request: pb.TestSourceRequest, context: Context) -> pb.TestSourceResponse:
        found = await self.sources.test(identity.caller(), UUID(request.source_id))
        return translate.inspection(found)

    async def ListSources(self, request: pb.ListSourcesRequest, context: Context) -> pb.ListSourcesResponse:
        found, next_page = await self.sources.list(identity.caller(), request.page_size, request.page_token)
        return pb.ListSourcesResponse(sources=map(translate.source, found), next_page_token=next_page)

    async def GetSource(self, request: pb.GetSourceRequest, context: Context) -> pb.GetSourceResponse:
        found = await self.sources.get(identity.caller(), UUID(request.source_id))
        return pb.GetSourceResponse(source=translate.source(found))

    async def DeleteSource(self, request: pb.DeleteSourceRequest, context: Context) -> pb.DeleteSourceResponse:
        await self.sources.remove(identity.caller(), UUID(request.source_id))
        return pb.DeleteSourceResponse()

    async def UploadFile(
        self, request_iterator: AsyncIterator[pb.UploadFileRequest], context: Context
    ) -> pb.UploadFileResponse:
        async with upload_messages.refused_politely(request_iterator):
            name, pieces = await upload_messages.opened(request_iterator)
            upload = await self.uploads.receive(identity.caller(), name, pieces)
        return pb.UploadFileResponse(upload=upload_messages.upload(upload))

    async def PrepareUpload(
        self, request: pb.PrepareUploadRequest, context: Context
    ) -> AsyncIterator[pb.PrepareUploadResponse]:
        reading = upload_messages.reading(request.reading)
        steps = self.uploads.prepare(identity.caller(), UUID(request.upload_id), reading)
        responses = telling(_preparing(steps), lambda status: pb.PrepareUploadResponse(failed=status))
        async with aclosing(responses):
            async for response in responses:
                yield response

    async def GetUpload(self, request: pb.GetUploadRequest, context: Context) -> pb.GetUploadResponse:
        found = await self.uploads.get(identity.caller(), UUID(request.upload_id))
        return pb.GetUploadResponse(upload=upload_messages.upload(found))

    async def ListUploads(self, request: pb.ListUploadsRequest, context: Context) -> pb.ListUploadsResponse:
        found, next_page = await self.uploads.list(identity.caller(), request.page_size, request.page_token)
        return pb.ListUploadsResponse(uploads=map(upload_messages.upload, found), next_page_token=next_page)

    async def DeleteUpload(self, request: pb.DeleteUploadRequest, context: Context) -> pb.DeleteUploadResponse:
        await self.uploads.remove(identity.caller(), UUID(request.upload_id))
        return pb.DeleteUploadResponse()


async def _connecting(steps: AsyncGenerator[Progress | Source, None]) -> AsyncGenerator[pb.ConnectSourceResponse, None]:
    async with aclosing(steps):
        async for step in steps:
            if isinstance(step, Progress):
                yield pb.ConnectSourceResponse(progress=translate.progress(step))
            else:
                yield pb.ConnectSourceResponse(source=translate.source(step))


async def _preparing(steps: AsyncGenerator[Progress | Upload, None]) -> AsyncGenerator[pb.PrepareUploadResponse, None]:
    async with aclosing(steps):
        async for step in steps:
            if isinstance(step, Progress):
                yield pb.PrepareUploadResponse(progress=translate.progress(step))
            else:
                yield pb.PrepareUploadResponse(upload=upload_messages.upload(step))
