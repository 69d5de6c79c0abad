"""PersonalDataService: one servicer for every service that keeps people's data, over what each does with its own."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

import grpc
from infinure.privacy.v1 import personal_data_service_pb2, personal_data_service_pb2_grpc
from infinure.privacy.v1 import personal_data_service_pb2 as pb

from meshkit import identity
from meshkit.personal_data import Count, Record
from meshkit.server import Servicer

Context = grpc.aio.ServicerContext[Any, Any]


class PersonalData(Protocol):
    """A service's part. Each of these may happen twice."""

    def export(self, organization_id: UUID, user_id: UUID) -> AsyncGenerator[Record, None]:
        """What is kept of a person, or in their name."""
        ...

    async def erase(self, organization_id: UUID, user_id: UUID) -> Sequence[Count]:
        """A count for each store, also where nothing was found."""
        ...

    async def retain(self, organization_id: UUID, moment: datetime) -> Sequence[Count]:
        """Deletes the records of before the moment."""
        ...


@dataclass(frozen=True)
class PersonalDataServicer(personal_data_service_pb2_grpc.PersonalDataServiceServicer):
    """Of the token's organization."""

    kept: PersonalData

    async def ExportPersonalData(
        self, request: pb.ExportPersonalDataRequest, context: Context
    ) -> AsyncIterator[pb.ExportPersonalDataResponse]:
        async with aclosing(self.kept.export(identity.caller().organization_id, UUID(request.user_id))) as records:
            async for record in records:
                yield pb.ExportPersonalDataResponse(store=record.store, record=record.json)

    async def ErasePersonalData(
        self, request: pb.ErasePersonalDataRequest, context: Context
    ) -> pb.ErasePersonalDataResponse:
        done = await self.kept.erase(identity.caller().organization_id, UUID(request.user_id))
        return pb.ErasePersonalDataResponse(stores=map(message, done))

    async def ApplyRetention(self, request: pb.ApplyRetentionRequest, context: Context) -> pb.ApplyRetentionResponse:
        moment = request.before_time.ToDatetime(tzinfo=UTC)
        done = await self.kept.retain(identity.caller().organization_id, moment)
        return pb.ApplyRetentionResponse(stores=map(message, done))


def servicer(kept: PersonalData) -> Servicer:
    """For a service's Assembly."""
    return Servicer(
        personal_data_service_pb2_grpc.add_PersonalDataServiceServicer_to_server,
        PersonalDataServicer(kept),
        personal_data_service_pb2.DESCRIPTOR.services_by_name["PersonalDataService"],
    )


def message(one: Count) -> pb.StoreErasure:
    return pb.StoreErasure(
        store=one.store,
        deleted_count=one.deleted,
        pseudonymised_count=one.pseudonymised,
        shredded_count=one.shredded,
    )


def count(one: pb.StoreErasure) -> Count:
    return Count(one.store, one.deleted_count, one.pseudonymised_count, one.shredded_count)
