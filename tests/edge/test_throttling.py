"""Too many wrong passwords, as those who come through the edge are told.

Wrong ones come from addresses of their own on loopback, as the mesh is shared and limits by address.
"""

from collections.abc import Iterator

import httpx
import pytest
from infinure.auth.v1 import user_service_pb2

from tests.edge.doors import DOORS, request
from tests.edge.people import PASSWORD, Person
from tests.edge.running import Edge

WINDOW_SECONDS = 900
PER_ACCOUNT, PER_ADDRESS = 10, 30


@pytest.fixture
def stranger(edge: Edge, request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A client at an address that nobody else uses."""
    with httpx.Client(base_url=edge.url, transport=httpx.HTTPTransport(local_address=request.param)) as client:
        yield client


@pytest.mark.parametrize("stranger", ["127.0.2.1"], indirect=True)
def test_one_address_is_told_in_json_when_to_come_back(stranger: httpx.Client) -> None:
    replies = [
        stranger.post("/v1/auth/login", json={"email": f"person{number}@elsewhere.test", "password": "Summer-2026!!"})
        for number in range(PER_ADDRESS + 1)
    ]
    assert [reply.status_code for reply in replies] == [401] * PER_ADDRESS + [429]
    refused = replies[-1].json()
    details = {detail["@type"].rpartition(".")[2]: detail for detail in refused["details"]}
    assert details["ErrorInfo"]["reason"] == "RATE_LIMITED"
    assert details["RetryInfo"]["retryDelay"] == f"{WINDOW_SECONDS}s"


@pytest.mark.parametrize("stranger", ["127.0.2.2"], indirect=True)
async def test_every_door_tells_the_code_the_reason_and_the_wait(
    edge: Edge, stranger: httpx.Client, person: Person
) -> None:
    change = {"current_password": "Wrong", "new_password": "Kestrel-Nest-41"}
    headers = {"authorization": f"Bearer {person.token}"}
    wrong = [stranger.post("/v1/me:changePassword", json=change, headers=headers) for _ in range(PER_ACCOUNT)]
    assert {reply.status_code for reply in wrong} == {403}
    message = user_service_pb2.ChangePasswordRequest(current_password=PASSWORD, new_password="Kestrel-Nest-41")
    asked = request(user_service_pb2, "ChangePassword", message, person.token)
    for door in DOORS.values():
        reply = await door(edge.address, asked)
        assert (reply.outcome, reply.retry_seconds) == ("RESOURCE_EXHAUSTED RATE_LIMITED", WINDOW_SECONDS)
