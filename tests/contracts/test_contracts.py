"""What the contracts promise of themselves."""

import pytest
from google.protobuf.descriptor import Descriptor
from infinure.chat.v1 import chat_service_pb2
from infinure.error.v1 import access_pb2
from infinure.ml_backend.v1 import answer_backend_service_pb2
from infinure.ml_gateway.v1 import answer_event_pb2, answer_service_pb2

from edge.rpcs import CONTRACTS, routable

NEVER_ROUTED = {
    "/infinure.auth.v1.AuthService/ExchangeToken",
    "/infinure.auth.v1.IdentityService/ListRevocations",
    "/infinure.auth.v1.IdentityService/GetUserAttributes",
    "/infinure.auth.v1.IdentityService/GetIndustryTemplate",
    "/infinure.auth.v1.IdentityService/GetWithdrawnConsents",
    "/infinure.analytics.v1.UsageService/RecordQuery",
    "/infinure.ml_gateway.v1.AnswerService/Answer",
    "/infinure.integration.v1.QueryService/ExecuteQuery",
    "/infinure.privacy.v1.PersonalDataService/ExportPersonalData",
    "/infinure.privacy.v1.PersonalDataService/ErasePersonalData",
    "/infinure.privacy.v1.PersonalDataService/ApplyRetention",
}
EVENT = answer_event_pb2.AnswerEvent.DESCRIPTOR


@pytest.mark.parametrize(
    "message",
    [
        answer_service_pb2.AnswerResponse.DESCRIPTOR,
        chat_service_pb2.SendMessageResponse.DESCRIPTOR,
        chat_service_pb2.ResumeAnswerResponse.DESCRIPTOR,
    ],
    ids=lambda message: message.name,
)
def test_events_are_the_same_bytes_in_every_stream(message: Descriptor) -> None:
    def shape(one: Descriptor) -> list[tuple[str, int, int, str]]:
        return [
            (field.name, field.number, field.type, field.message_type.full_name if field.message_type else "")
            for field in one.fields
        ]

    assert shape(message) == shape(EVENT)


def test_every_rpc_says_who_may_call_it() -> None:
    for contract in (*CONTRACTS, answer_backend_service_pb2.DESCRIPTOR):
        for service in contract.services_by_name.values():
            for method in service.methods:
                access = method.GetOptions().Extensions[access_pb2.access]
                assert access.authentication, method.full_name
                assert access.edge or access.callers, f"nobody may call {method.full_name}"


def test_what_must_stay_inside_is_not_routable() -> None:
    paths = {rpc.path for rpc in routable()}
    assert not paths & NEVER_ROUTED
    assert not any(path.startswith("/infinure.ml_backend") for path in paths)
