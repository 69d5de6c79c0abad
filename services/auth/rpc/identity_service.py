"""IdentityService."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import grpc
from infinure.auth.v1 import identity_service_pb2 as pb
from infinure.auth.v1 import identity_service_pb2_grpc

from meshkit import identity
from services.auth.consenting import Consenting
from services.auth.errors import UserNotFound
from services.auth.people import People
from services.auth.ports import Revocations
from services.auth.rpc import translate
from services.auth.rpc.privacy_service import PURPOSES

Context = grpc.aio.ServicerContext[Any, Any]
MOST_REVOCATIONS = 1000


@dataclass(frozen=True)
class IdentityServicer(identity_service_pb2_grpc.IdentityServiceServicer):
    """What the other services must know of identity."""

    people: People
    revocations: Revocations
    consenting: Consenting
    clock: Callable[[], datetime]

    async def ListRevocations(self, request: pb.ListRevocationsRequest, context: Context) -> pb.ListRevocationsResponse:
        at_most = request.page_size or MOST_REVOCATIONS
        found = await self.revocations.after(request.after_cursor, at_most, self.clock())
        return translate.revocations(found, request.after_cursor)

    async def GetUserAttributes(
        self, request: pb.GetUserAttributesRequest, context: Context
    ) -> pb.GetUserAttributesResponse:
        caller = identity.caller()
        user_id = translate.optional_id(request.user_id) or caller.user_id
        if user_id is None:
            raise UserNotFound("")
        return translate.attributes(await self.people.find(caller.organization_id, user_id))

    async def GetWithdrawnConsents(
        self, request: pb.GetWithdrawnConsentsRequest, context: Context
    ) -> pb.GetWithdrawnConsentsResponse:
        caller = identity.caller()
        if caller.user_id is None:
            return pb.GetWithdrawnConsentsResponse()
        found = await self.consenting.withdrawn(caller.organization_id, caller.user_id)
        return pb.GetWithdrawnConsentsResponse(purposes=[PURPOSES[purpose] for purpose in found])

    async def GetIndustryTemplate(
        self, request: pb.GetIndustryTemplateRequest, context: Context
    ) -> pb.GetIndustryTemplateResponse:
        caller = identity.caller()
        return translate.template(await self.people.industry_template(caller.organization_id))
