"""The other services that keep personal data, asked by their rpcs with a token that allows that alone."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import grpc
from infinure.privacy.v1 import personal_data_service_pb2 as pb
from infinure.privacy.v1 import personal_data_service_pb2_grpc

from meshkit.channel import stream
from meshkit.personal_data import Count, Record
from services.auth.tokens import TokenIssuer
from services.peers.personal_data import count

# Seconds that a service may take to change its rows.
DEADLINE = 600.0
Metadata = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ServiceHolder:
    """The port Holder."""

    name: str
    channel: grpc.aio.Channel = field(repr=False)
    issuer: TokenIssuer = field(repr=False)

    async def export(self, organization_id: UUID, job_id: UUID, user_id: UUID) -> AsyncGenerator[Record, None]:
        request = pb.ExportPersonalDataRequest(user_id=str(user_id))
        call = self._stub.ExportPersonalData(request, metadata=self._as(organization_id, job_id))
        async with stream(call) as replies:
            async for reply in replies:
                yield Record(reply.store, reply.record)

    async def erase(self, organization_id: UUID, job_id: UUID, user_id: UUID) -> Sequence[Count]:
        request = pb.ErasePersonalDataRequest(user_id=str(user_id))
        metadata = self._as(organization_id, job_id)
        reply = await self._stub.ErasePersonalData(request, metadata=metadata, timeout=DEADLINE)
        return [count(one) for one in reply.stores]

    async def retain(self, organization_id: UUID, job_id: UUID, moment: datetime) -> Sequence[Count]:
        request = pb.ApplyRetentionRequest()
        request.before_time.FromDatetime(moment)
        metadata = self._as(organization_id, job_id)
        reply = await self._stub.ApplyRetention(request, metadata=metadata, timeout=DEADLINE)
        return [count(one) for one in reply.stores]

    @property
    def _stub(self) -> personal_data_service_pb2_grpc.PersonalDataServiceStub:
        return personal_data_service_pb2_grpc.PersonalDataServiceStub(self.channel)

    def _as(self, organization_id: UUID, job_id: UUID) -> Metadata:
        token = self.issuer.personal_data_job(organization_id, job_id)
        return (("authorization", f"Bearer {token.value.reveal()}"),)
