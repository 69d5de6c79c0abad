"""Every id that a client can send, with what belongs to another organization: as an id that never was.

The contracts are walked, so that an rpc or a field that is added without a case here fails.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import grpc
import pytest
from buf.validate import validate_pb2
from google.protobuf import json_format, message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.rpc import error_details_pb2, status_pb2

from edge.rpcs import CONTRACTS, routable
from meshkit.ids import new_id
from tests.builders.identity_providers import certified
from tests.builders.mesh import Mesh
from tests.mesh.clients import JsonDoor, part

NOT_FOUND, OK = "NOT_FOUND", "OK"
SQL = "SELECT 1"
# Stands for a conversation of whoever asks.
OWN_CONVERSATION = "own"
# What a request needs beside its id to be looked at.
SYNONYM = {"words": "turnover", "target": {"kind": "SYNONYM_KIND_METRIC", "metric": "revenue"}}
PROVIDER = {
    "name": "Works",
    "saml": {
        "entityId": "https://works.example",
        "ssoUrl": "https://works.example/login",
        "certificates": [certified().certificate],
    },
    "defaultRole": "ROLE_VIEWER",
}
REST: dict[str, dict[str, Any]] = {
    "ChatService/SendMessage": {"content": "how many customers do we have"},
    "ChatService/UpdateConversation conversation_id": {"title": "Mine"},
    "ChatService/UpdateConversation source_id": {"conversationId": OWN_CONVERSATION},
    "CatalogService/UpdateDescription": {"table": "orders", "description": "x"},
    "EvaluationService/CreateBenchmarkQuestion": {"question": "how many", "expected": {"sql": SQL}},
    "EvaluationService/UpdateBenchmarkQuestion": {"question": "how many"},
    "LearningService/CreateSynonym": SYNONYM,
    "LearningService/CreateVerifiedAnswer source_id": {"question": "how many", "sql": SQL},
    "LearningService/UpdateSynonym": {"words": "turnover"},
    "LearningService/RecordFeedback": {"verdict": "VERDICT_UP"},
    "SemanticModelService/ImportSemanticModel": {"yaml": "metrics: []"},
    "SemanticModelService/RestoreSemanticModel": {"version": 1, "expectedVersion": 1},
    "SemanticModelService/UpdateSemanticModel": {"model": {}},
    "SourceService/ConnectSource": {"source": {"name": "Mine"}},
    "SourceService/CreateSource": {"name": "Mine"},
    "ServiceAccountService/CreateApiKey": {"name": "mine", "scopes": ["PERMISSION_ASK"]},
    "IdentityProviderService/UpdateIdentityProvider": {"settings": PROVIDER, "etag": "x"},
    "SingleSignOnService/ConsumeSamlAssertion": {"form": {"contentType": "text/plain"}},
    "UserAdministrationService/UpdateUser": {"place": {"role": "ROLE_VIEWER"}, "etag": "x"},
    "AuditService/ExportUserActivities": {"format": "ACTIVITY_FORMAT_CSV"},
    "WarehouseService/LoadTable upload.upload_id": {"table": "mine"},
    "WarehouseService/LoadTable query.source_id": {"table": "mine", "query": {"sql": SQL}},
}
# What isn't refused as not found, and why.
OTHERWISE: dict[str, str] = {
    # A page for a browser says no more than that the login can't go on.
    "SingleSignOnService/ConsumeSamlAssertion identity_provider_id": OK,
    # A filter or a batch leaves out what isn't there.
    "UserService/BatchGetMembers user_ids": OK,
    "AuditService/ListUserActivities filter.user_id": OK,
    "AuditService/ListUserActivities filter.resource_id": OK,
    "AuditService/ExportUserActivities filter.user_id": OK,
    "AuditService/ExportUserActivities filter.resource_id": OK,
    "LearningService/BatchGetFeedback answer_ids": OK,
    "EvaluationService/ListBenchmarkQuestions source_id": OK,
    "EvaluationService/ListEvaluationRuns source_id": OK,
    "LearningService/ListSynonyms source_id": OK,
    "LearningService/ListVerifiedAnswers source_id": OK,
}
# What an identity provider calls this platform, and itself: no id of ours.
NAMED_ELSEWHERE = {"client_id", "entity_id"}
# Ids that the client makes up; a conversation's source, which is noted as said and looked up when something is asked;
# and receipts, whose seal is looked at before their ids.
OWN_CHOICE = {
    "ChatService/CreateConversation source_id",
    "ChatService/UpdateConversation source_id",
    "ChatService/SendMessage message_id",
    "LearningService/CreateVerifiedAnswer receipt.source_id",
    "LearningService/CreateVerifiedAnswer receipt.verified_answer_id",
    "ReceiptService/ReplayReceipt receipt.source_id",
    "ReceiptService/ReplayReceipt receipt.verified_answer_id",
    # Noted as said: they narrow what somebody sees of their own organization.
    "UserAdministrationService/InviteUser place.source_ids",
    "UserAdministrationService/UpdateUser place.source_ids",
}


@dataclass(frozen=True)
class Case:
    """An rpc, and the path of one id in its request."""

    method: MethodDescriptor
    path: tuple[FieldDescriptor, ...]

    @property
    def rpc(self) -> str:
        return f"{self.method.containing_service.name}/{self.method.name}"

    @property
    def name(self) -> str:
        return f"{self.rpc} {'.'.join(part.name for part in self.path)}"

    @property
    def kind(self) -> str:
        """What the id is of."""
        name = self.path[-1].name.removesuffix("s").removesuffix("_id")
        return "session" if name == "resource" else name

    def request(self, sent: str, own_conversation: str) -> Any:
        rest = dict(REST.get(self.name, REST.get(self.rpc, {})))
        if rest.get("conversationId") == OWN_CONVERSATION:
            rest["conversationId"] = own_conversation
        message = json_format.ParseDict(rest, message_factory.GetMessageClass(self.method.input_type)())
        inner: Any = message
        for part_ in self.path[:-1]:
            inner = getattr(inner, part_.name)
        if self.path[-1].is_repeated:
            getattr(inner, self.path[-1].name).append(sent)
        else:
            setattr(inner, self.path[-1].name, sent)
        return message


def ids(kind: Descriptor, above: tuple[FieldDescriptor, ...] = ()) -> Iterator[tuple[FieldDescriptor, ...]]:
    """The paths of all fields of a message that name something."""
    for one in kind.fields:
        if one.message_type is not None and one.message_type not in {part_.message_type for part_ in above}:
            if not one.message_type.full_name.startswith("google."):
                yield from ids(one.message_type, (*above, one))
        elif one.type == FieldDescriptor.TYPE_STRING and _is_id(one):
            yield (*above, one)


def _is_id(one: FieldDescriptor) -> bool:
    if one.name in NAMED_ELSEWHERE:
        return False
    rules = one.GetOptions().Extensions[validate_pb2.field]
    return rules.string.uuid or rules.repeated.items.string.uuid or one.name.endswith(("_id", "_ids"))


def cases() -> list[Case]:
    public = {rpc.path for rpc in routable()}
    methods = [method for contract in CONTRACTS for one in contract.services_by_name.values() for method in one.methods]
    return [
        Case(method, path)
        for method in methods
        if f"/{method.containing_service.full_name}/{method.name}" in public and not method.client_streaming
        for path in ids(method.input_type)
    ]


CASES = {case.name: case for case in cases()}


@dataclass(frozen=True)
class Outcome:
    """All that a caller learns: the status, its details less the request's own id, and every message."""

    code: str
    text: str = ""
    details: tuple[bytes, ...] = ()
    messages: tuple[bytes, ...] = field(default=(), repr=False)


class Client:
    """A client of the edge that sends any rpc, and the token of whoever it is."""

    def __init__(self, mesh: Mesh, token: str) -> None:
        door = JsonDoor(mesh)
        door.http.headers["authorization"] = f"Bearer {token}"
        self._conversation_id = door.conversation()
        self._channel = grpc.insecure_channel(f"localhost:{mesh.port}")
        self._metadata = (("authorization", f"Bearer {token}"),)

    def send(self, case: Case, sent: str) -> Outcome:
        method = case.method
        call: Any = self._channel.unary_stream(
            f"/{method.containing_service.full_name}/{method.name}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=message_factory.GetMessageClass(method.output_type).FromString,
        )
        messages: list[bytes] = []
        try:
            for message in call(case.request(sent, self._conversation_id), metadata=self._metadata, timeout=60):
                messages.append(told(message).replace(sent.encode(), b"ID"))
        except grpc.RpcError as error:
            refusal: Any = error
            trailers = dict(refusal.trailing_metadata())
            status = status_pb2.Status.FromString(trailers.get("grpc-status-details-bin", b""))
            details = [one for one in status.details if not one.Is(error_details_pb2.RequestInfo.DESCRIPTOR)]
            values = tuple(one.SerializeToString(deterministic=True).replace(sent.encode(), b"ID") for one in details)
            return Outcome(refusal.code().name, refusal.details(), values, tuple(messages))
        return Outcome(OK, messages=tuple(messages))


def told(message: Any) -> bytes:
    """A message as bytes, the request's own id in a failure it tells of left out."""
    if "failed" in message.DESCRIPTOR.fields_by_name and message.HasField("failed"):
        details = [one for one in message.failed.details if not one.Is(error_details_pb2.RequestInfo.DESCRIPTOR)]
        del message.failed.details[:]
        message.failed.details.extend(details)
    return bytes(message.SerializeToString(deterministic=True))


@dataclass(frozen=True)
class Two:
    """What one organization has, by kind, and a leader of another."""

    has: dict[str, str]
    stranger: Client


@pytest.fixture(scope="module")
def two(mesh: Mesh) -> Iterator[Two]:
    """One of each kind, of the demo organization's leader; what is there afterwards, was there before."""
    owner = JsonDoor(mesh)
    owner.log_in(*mesh.users["ceo"])
    before = Own(mesh, owner)
    yield Two(before.ids, Client(mesh, signed_up(mesh)))
    before.still_there()
    before.remove()


def signed_up(mesh: Mesh) -> str:
    names = {"organizationName": "Strangers", "firstName": "Eve", "lastName": "Other"}
    fields = {**names, "email": f"eve-{new_id()}@strangers.example", "password": "Amber-Walnut-Ferry-2931"}
    reply = JsonDoor(mesh).http.post("/v1/auth/signup", json=fields)
    assert reply.status_code == 200, reply.text
    return str(reply.json()["accessToken"])


class Own:
    """Makes one of each kind."""

    def __init__(self, mesh: Mesh, owner: JsonDoor) -> None:
        self._mesh, self._http = mesh, owner.http
        me = self._made("GET", "/v1/me")["user"]
        source_id = self._source()
        conversation_id = owner.conversation()
        with self._http.stream(
            "POST",
            f"/v1/chat/conversations/{conversation_id}/messages",
            json={"content": "how many customers do we have", "message_id": (message_id := str(new_id()))},
        ) as reply:
            events = [part_.removeprefix("data: ") for part_ in reply.iter_lines() if part_]
        parsed = [json.loads(event) for event in events]
        receipt = part(parsed, "completed")["receipt"]
        benchmark = {"sourceId": source_id, "question": "how many customers", "expected": {"sql": receipt["sql"]}}
        self.ids = {
            "user": me["id"],
            "session": next(
                one["id"] for one in self._made("GET", "/v1/me/sessions")["sessions"] if one.get("current")
            ),
            "device": self._device(me["organizationId"], me["id"]),
            "erasure": self._erasure(me["organizationId"], me["id"]),
            "email_domain": self._made("POST", "/v1/organization/domains", json={"domain": f"{new_id()}.example"})[
                "domain"
            ]["id"],
            "identity_provider": self._made("POST", "/v1/organization/identity-providers", json={"settings": PROVIDER})[
                "identityProvider"
            ]["id"],
            "service_account": (account_id := self._service_account()),
            "api_key": self._api_key(account_id),
            "source": source_id,
            "conversation": conversation_id,
            "message": message_id,
            "answer": part(parsed, "accepted")["answerId"],
            "upload": self._made("POST", "/v1/integrations/uploads/pets.csv", content=b"animal\ncat\n")["upload"]["id"],
            "synonym": self._made(
                "POST", "/v1/learning/synonyms", json={"sourceId": source_id, **self._target(source_id)}
            )["synonym"]["id"],
            "verified_answer": self._made("POST", "/v1/learning/verified-answers", json={"receipt": receipt})[
                "verifiedAnswer"
            ]["id"],
            "benchmark_question": self._made("POST", "/v1/evaluation/questions", json=benchmark)["benchmarkQuestion"][
                "id"
            ],
        }
        run = self._http.post("/v1/evaluation/runs", json={"sourceId": source_id}).text.splitlines()[-1]
        self.ids["evaluation_run"] = json.loads(run)["completed"]["id"]

    def _made(self, method: str, path: str, **sent: Any) -> Any:
        reply = self._http.request(method, path, **sent)
        assert reply.status_code == 200, f"{path}: {reply.text}"
        return reply.json()

    def _source(self) -> str:
        sources = self._made("GET", "/v1/integrations/sources")["sources"]
        return str(next(one["id"] for one in sources if "postgres" in one["configuration"]))

    def _target(self, source_id: str) -> dict[str, Any]:
        return {
            "words": "loyal heads",
            "target": {"kind": "SYNONYM_KIND_TABLE", "schema": "public", "table": "customers"},
        }

    def _service_account(self) -> str:
        named = {"name": "Nightly", "role": "ROLE_ANALYST"}
        return str(self._made("POST", "/v1/service-accounts", json=named)["serviceAccount"]["id"])

    def _api_key(self, account_id: str) -> str:
        wanted = {"name": "cron", "scopes": ["PERMISSION_ASK"]}
        return str(self._made("POST", f"/v1/service-accounts/{account_id}/keys", json=wanted)["apiKey"]["id"])

    def _device(self, organization_id: str, user_id: str) -> str:
        device_id = str(new_id())
        self._mesh.control_plane(
            "INSERT INTO auth.remembered_devices (organization_id, id, user_id, token_hash, user_agent, created_at, "
            f"last_used_at, expires_at) VALUES ('{organization_id}', '{device_id}', '{user_id}', "
            f"decode('{device_id.replace('-', '')}', 'hex'), 'x', now(), now(), now() + interval '1 day')"
        )
        return device_id

    def _erasure(self, organization_id: str, user_id: str) -> str:
        """Of nobody, and done."""
        erasure_id = str(new_id())
        self._mesh.control_plane(
            "INSERT INTO auth.erasures (organization_id, id, user_id, requested_by, requested_at, completed_at) "
            f"VALUES ('{organization_id}', '{erasure_id}', '{new_id()}', '{user_id}', now(), now())"
        )
        return erasure_id

    def still_there(self) -> None:
        for path in (
            f"/v1/users/{self.ids['user']}",
            f"/v1/erasures/{self.ids['erasure']}",
            f"/v1/integrations/sources/{self.ids['source']}",
            f"/v1/chat/conversations/{self.ids['conversation']}",
            f"/v1/integrations/uploads/{self.ids['upload']}",
            f"/v1/learning/verified-answers/{self.ids['verified_answer']}",
            f"/v1/evaluation/questions/{self.ids['benchmark_question']}",
            f"/v1/evaluation/runs/{self.ids['evaluation_run']}",
        ):
            self._made("GET", path)
        listed = {one["id"] for one in self._made("GET", "/v1/learning/synonyms")["synonyms"]}
        assert self.ids["synonym"] in listed
        domains = self._made("GET", "/v1/organization/domains")["domains"]
        assert self.ids["email_domain"] in {one["id"] for one in domains}
        providers = self._made("GET", "/v1/organization/identity-providers")["identityProviders"]
        assert [one["settings"]["name"] for one in providers if one["id"] == self.ids["identity_provider"]] == ["Works"]
        accounts = self._made("GET", "/v1/service-accounts")["serviceAccounts"]
        keys = {one["id"]: [key["id"] for key in one["keys"]] for one in accounts}
        assert self.ids["api_key"] in keys[self.ids["service_account"]]
        assert self.ids["device"] in {one["id"] for one in self._made("GET", "/v1/me/devices")["devices"]}

    def remove(self) -> None:
        self._mesh.control_plane(f"DELETE FROM auth.erasures WHERE id = '{self.ids['erasure']}'")
        for path in (
            f"/v1/api-keys/{self.ids['api_key']}",
            f"/v1/service-accounts/{self.ids['service_account']}",
            f"/v1/organization/domains/{self.ids['email_domain']}",
            f"/v1/organization/identity-providers/{self.ids['identity_provider']}",
            f"/v1/me/devices/{self.ids['device']}",
            f"/v1/chat/conversations/{self.ids['conversation']}",
            f"/v1/integrations/uploads/{self.ids['upload']}",
            f"/v1/learning/verified-answers/{self.ids['verified_answer']}",
            f"/v1/learning/synonyms/{self.ids['synonym']}",
            f"/v1/evaluation/questions/{self.ids['benchmark_question']}",
            f"/v1/evaluation/runs/{self.ids['evaluation_run']}",
        ):
            self._made("DELETE", path)


def test_every_exception_is_of_an_id_that_there_is() -> None:
    assert set(OTHERWISE) | OWN_CHOICE <= set(CASES)
    assert len(CASES) > 50


@pytest.mark.parametrize("name", sorted(CASES))
def test_another_organizations_id_is_as_one_that_never_was(two: Two, name: str) -> None:
    case = CASES[name]
    theirs, never = (two.stranger.send(case, sent) for sent in (two.has[case.kind], str(new_id())))
    if name in OWN_CHOICE:
        # What comes of it is new each time, so its kind is compared.
        assert (theirs.code, len(theirs.messages) > 0) == (never.code, len(never.messages) > 0)
        return
    assert theirs == never
    assert theirs.code == OTHERWISE.get(name, NOT_FOUND), theirs
