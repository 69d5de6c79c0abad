"""SessionService."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.auth.v1 import session_service_pb2 as pb
from infinure.auth.v1 import session_service_pb2_grpc

from meshkit.identity import caller
from services.auth.model import OpenSession
from services.auth.own_sessions import OwnSessions
from services.auth.rpc import requests
from services.auth.rpc.translate import timestamp

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class SessionServicer(session_service_pb2_grpc.SessionServiceServicer):
    """The caller's own sessions."""

    sessions: OwnSessions

    async def ListSessions(self, request: pb.ListSessionsRequest, context: Context) -> pb.ListSessionsResponse:
        found = await self.sessions.listed(requests.person(context))
        return pb.ListSessionsResponse(sessions=[_told(one, caller().session_id) for one in found])

    async def RevokeSession(self, request: pb.RevokeSessionRequest, context: Context) -> pb.RevokeSessionResponse:
        await self.sessions.revoke(requests.person(context), UUID(request.session_id))
        return pb.RevokeSessionResponse()

    async def RevokeOtherSessions(
        self, request: pb.RevokeOtherSessionsRequest, context: Context
    ) -> pb.RevokeOtherSessionsResponse:
        count = await self.sessions.revoke_others(requests.person(context), caller().session_id)
        return pb.RevokeOtherSessionsResponse(revoked_count=count)


def _told(one: OpenSession, current: UUID | None) -> pb.Session:
    return pb.Session(
        id=str(one.session.id),
        user_agent=one.user_agent,
        ip_address=one.ip_address,
        method=one.method,
        start_time=timestamp(one.session.started_at),
        last_use_time=timestamp(one.last_used_at),
        expire_time=timestamp(one.session.ends_at),
        current=one.session.id == current,
    )
