"""Usage leaves by an outbox: a job kept with the answer's end, delivered to analytics at least once."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import grpc
from infinure.analytics.v1 import usage_service_pb2 as pb
from infinure.analytics.v1 import usage_service_pb2_grpc
from infinure.auth.v1.consent_pb2 import CONSENT_PURPOSE_USAGE

from meshkit.database import WriteSession
from meshkit.identity import acting_as
from meshkit.jobs import Job, Jobs
from services.chat.model import QueryRecord
from services.peers.auth import AuthConsents, AuthTokens

RECORD_QUERY = "record_query"
# With growing pauses of at most ten minutes, a week's outage of analytics loses nothing.
MAX_ATTEMPTS = 1_000


async def enqueue(jobs: Jobs, session: WriteSession, record: QueryRecord) -> None:
    """Kept if the transaction commits."""
    payload = {name: _json(value) for name, value in asdict(record).items()}
    await jobs.add(
        session,
        record.organization_id,
        RECORD_QUERY,
        payload,
        user_id=record.user_id,
        max_attempts=MAX_ATTEMPTS,
    )


class UsageDelivery:
    """Delivers one kept record, as a job of its organization and asker; of nobody, where the asker doesn't allow
    more."""

    def __init__(self, channel: grpc.aio.Channel, tokens: AuthTokens, consents: AuthConsents) -> None:
        self._service = usage_service_pb2_grpc.UsageServiceStub(channel)
        self._tokens = tokens
        self._consents = consents

    async def deliver(self, job: Job) -> None:
        """Raises MeshError, to be tried again; delivering twice changes nothing, as the event has one id."""
        asker = await self._tokens.exchange_job(job.organization_id, job.id, job.user_id)
        with acting_as(asker):
            named = await self._consents.given(CONSENT_PURPOSE_USAGE)
        nobody = None if named else await self._tokens.exchange_job(job.organization_id, job.id)
        with acting_as(nobody or asker):
            await self._service.RecordQuery(pb.RecordQueryRequest(event=_event(job.payload)))


def _json(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return value


def _event(payload: Mapping[str, Any]) -> pb.QueryEvent:
    event = pb.QueryEvent(
        id=payload["id"],
        query_type=payload["query_type"],
        query_complexity=payload["complexity"],
        execution_time_ms=payload["execution_milliseconds"],
        tokens_used=payload["tokens_used"],
        success=payload["success"],
        error_type=payload["error_type"],
        data_sources=payload["data_sources"],
    )
    event.timestamp.FromDatetime(datetime.fromisoformat(payload["asked_at"]))
    return event
