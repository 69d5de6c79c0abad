"""What people allow: said by themselves, kept as it was said, and known to the services at once."""

from typing import Any

import grpc
import pytest
from infinure.auth.v1 import consent_pb2, identity_service_pb2, privacy_service_pb2_grpc
from infinure.auth.v1 import privacy_service_pb2 as pb
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.sql import text

from tests.auth.refusals import refused
from tests.auth.server import AuthServer, bearer
from tests.auth.test_audit_trail import recorded

LEARNING, USAGE = consent_pb2.CONSENT_PURPOSE_LEARNING, consent_pb2.CONSENT_PURPOSE_USAGE


def privacy(auth: AuthServer) -> privacy_service_pb2_grpc.PrivacyServiceStub:
    return privacy_service_pb2_grpc.PrivacyServiceStub(auth.channel)


async def say(auth: AuthServer, token: str, purpose: Any, given: bool) -> consent_pb2.Consent:
    request = pb.SetConsentRequest(purpose=purpose, given=given)
    return (await privacy(auth).SetConsent(request, metadata=bearer(token))).consent


async def said(auth: AuthServer, token: str) -> dict[int, bool]:
    reply = await privacy(auth).GetConsents(pb.GetConsentsRequest(), metadata=bearer(token))
    return {one.purpose: one.given for one in reply.consents}


async def withdrawn(auth: AuthServer, token: str) -> list[int]:
    request = identity_service_pb2.GetWithdrawnConsentsRequest()
    return list((await auth.identity.GetWithdrawnConsents(request, metadata=bearer(token))).purposes)


async def test_each_change_is_a_record_and_holds_at_once_for_that_person_alone(auth: AuthServer) -> None:
    opened, other = await auth.signed_up(), await auth.signed_up()
    token = opened.access_token
    assert await said(auth, token) == {LEARNING: True, USAGE: True}
    assert await withdrawn(auth, token) == []
    first = await say(auth, token, LEARNING, False)
    assert (first.given, first.version, first.HasField("record_time")) == (False, 1, True)
    assert await withdrawn(auth, token) == [LEARNING]
    assert await withdrawn(auth, other.access_token) == []
    # The same again is nothing new.
    assert await say(auth, token, LEARNING, False) == first
    await say(auth, token, LEARNING, True)
    assert await said(auth, token) == {LEARNING: True, USAGE: True}
    kept = auth.database.run("SELECT user_id, purpose, given, version FROM auth.consents ORDER BY created_at")
    assert kept == [f"{opened.user.id}|learning|f|1", f"{opened.user.id}|learning|t|1"]
    assert recorded(auth, opened.organization.id)[3:] == ["CONSENT_WITHDRAWN", "CONSENT_GIVEN"]


@pytest.mark.parametrize("statement", ["UPDATE consents SET given = true", "DELETE FROM consents"])
async def test_the_services_role_can_change_no_record(auth: AuthServer, statement: str) -> None:
    opened = await auth.signed_up()
    await say(auth, opened.access_token, USAGE, False)
    engine = create_async_engine(auth.database.app_url("auth"))
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with engine.begin() as connection:
            await connection.execute(text(statement))
    await engine.dispose()


async def test_an_unknown_purpose_is_refused(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    with refused(grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_INVALID"):
        await say(auth, opened.access_token, 77, False)
