"""PersonalDataService of any service, called as auth's jobs call it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from infinure.error.v1 import access_pb2
from infinure.privacy.v1 import personal_data_service_pb2 as pb
from infinure.privacy.v1 import personal_data_service_pb2_grpc

from meshkit.ids import new_id
from tests.builders import tokens

# Deleted, pseudonymised, shredded.
Counts = Mapping[str, tuple[int, int, int]]


def job_token(organization_id: UUID) -> str:
    """What the tests' verifier takes for a job of auth's."""
    return tokens.token(organization_id, permissions=[access_pb2.PERMISSION_KEEP_PERSONAL_DATA], job_id=new_id())


@dataclass(frozen=True)
class Holder:
    """One service's."""

    channel: grpc.aio.Channel
    token: str

    @property
    def stub(self) -> personal_data_service_pb2_grpc.PersonalDataServiceStub:
        return personal_data_service_pb2_grpc.PersonalDataServiceStub(self.channel)

    async def export(self, user_id: object) -> list[tuple[str, dict[str, Any]]]:
        request = pb.ExportPersonalDataRequest(user_id=str(user_id))
        replies = self.stub.ExportPersonalData(request, metadata=tokens.bearer(self.token))
        return [(reply.store, json.loads(reply.record)) async for reply in replies]

    async def erase(self, user_id: object) -> Counts:
        request = pb.ErasePersonalDataRequest(user_id=str(user_id))
        reply = await self.stub.ErasePersonalData(request, metadata=tokens.bearer(self.token))
        return _counts(reply.stores)

    async def retain(self, moment: datetime) -> Counts:
        before = Timestamp()
        before.FromDatetime(moment)
        request = pb.ApplyRetentionRequest(before_time=before)
        reply = await self.stub.ApplyRetention(request, metadata=tokens.bearer(self.token))
        return _counts(reply.stores)


def _counts(stores: Any) -> Counts:
    return {one.store: (one.deleted_count, one.pseudonymised_count, one.shredded_count) for one in stores}


def nothing(counts: Counts) -> Counts:
    """The same stores, with nothing done."""
    return dict.fromkeys(counts, (0, 0, 0))
