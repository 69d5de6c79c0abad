"""PrivacyService."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.auth.v1 import consent_pb2, privacy_service_pb2_grpc
from infinure.auth.v1 import privacy_service_pb2 as pb

from meshkit import identity
from meshkit.errors import to_status
from meshkit.telemetry import request_id
from services.auth.consenting import Consent, Consenting, Purpose
from services.auth.erasing import Erasing
from services.auth.exporting_my_data import ExportingMyData
from services.auth.privacy import Erasure
from services.auth.rpc import requests
from services.auth.rpc.translate import timestamp
from services.peers.personal_data import message

PURPOSES = {
    Purpose.LEARNING: consent_pb2.CONSENT_PURPOSE_LEARNING,
    Purpose.USAGE: consent_pb2.CONSENT_PURPOSE_USAGE,
}
BY_NUMBER = {number: purpose for purpose, number in PURPOSES.items()}
Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class PrivacyServicer(privacy_service_pb2_grpc.PrivacyServiceServicer):
    """A person's own data, and administrators' erasures."""

    exporting: ExportingMyData
    erasing: Erasing
    consenting: Consenting

    async def GetConsents(self, request: pb.GetConsentsRequest, context: Context) -> pb.GetConsentsResponse:
        person = requests.person(context)
        found = await self.consenting.of(person.organization_id, person.user_id)
        return pb.GetConsentsResponse(consents=map(_consent, found))

    async def SetConsent(self, request: pb.SetConsentRequest, context: Context) -> pb.SetConsentResponse:
        said = await self.consenting.say(requests.person(context), BY_NUMBER[request.purpose], request.given)
        return pb.SetConsentResponse(consent=_consent(said))

    async def ExportMyData(
        self, request: pb.ExportMyDataRequest, context: Context
    ) -> AsyncIterator[pb.ExportMyDataResponse]:
        begun = False
        async with aclosing(self._exporting(context)) as responses:
            try:
                async for response in responses:
                    yield response
                    begun = True
            except Exception as error:
                if begun:
                    yield pb.ExportMyDataResponse(failed=to_status(error, request_id=request_id()))
                raise

    async def EraseUser(self, request: pb.EraseUserRequest, context: Context) -> pb.EraseUserResponse:
        begun = await self.erasing.request(requests.person(context), UUID(request.user_id))
        return pb.EraseUserResponse(erasure=_erasure(begun))

    async def ListErasures(self, request: pb.ListErasuresRequest, context: Context) -> pb.ListErasuresResponse:
        found = await self.erasing.listed(identity.caller().organization_id)
        return pb.ListErasuresResponse(erasures=map(_erasure, found))

    async def GetErasure(self, request: pb.GetErasureRequest, context: Context) -> pb.GetErasureResponse:
        found = await self.erasing.find(identity.caller().organization_id, UUID(request.erasure_id))
        return pb.GetErasureResponse(erasure=_erasure(found))

    async def _exporting(self, context: Context) -> AsyncGenerator[pb.ExportMyDataResponse, None]:
        count = 0
        async with aclosing(self.exporting.export(requests.person(context))) as parts:
            async for lines in parts:
                yield pb.ExportMyDataResponse(chunk="".join(lines))
                count += len(lines)
        yield pb.ExportMyDataResponse(completed=pb.DataExport(record_count=count))


def _consent(one: Consent) -> consent_pb2.Consent:
    return consent_pb2.Consent(
        purpose=PURPOSES[one.purpose],
        given=one.given,
        version=one.version,
        record_time=timestamp(one.at) if one.at is not None else None,
    )


def _erasure(one: Erasure) -> pb.Erasure:
    done = one.completed_at is not None
    return pb.Erasure(
        id=str(one.id),
        user_id=str(one.user_id),
        requested_by=str(one.requested_by),
        request_time=timestamp(one.requested_at),
        state=pb.ERASURE_STATE_DONE if done else pb.ERASURE_STATE_RUNNING,
        complete_time=timestamp(one.completed_at) if one.completed_at is not None else None,
        attempt_count=one.attempts,
        last_problem=one.last_problem,
        evidence=[
            pb.ServiceErasure(
                service=answer.service, answer_time=timestamp(answer.at), stores=map(message, answer.counts)
            )
            for answer in one.evidence
        ],
    )
