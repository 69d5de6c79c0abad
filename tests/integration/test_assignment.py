"""Somebody who is held to some sources sees no other, by whichever rpc, as if it weren't there."""

import grpc
import pytest
from infinure.error.v1 import access_pb2
from infinure.integration.v1 import (
    catalog_service_pb2,
    query_service_pb2,
    semantic_model_service_pb2,
    source_service_pb2,
)

from meshkit.errors import from_rpc_error
from meshkit.ids import new_id
from tests.builders import tokens
from tests.integration.server import Client, IntegrationServer

READER = (access_pb2.PERMISSION_ASK, access_pb2.PERMISSION_READ_SOURCES)
PETS, BIRDS = b"animal\ncat\n", b"bird\nowl\n"


async def refusal(client: Client, rpc: str, source_id: str) -> tuple[str, str]:
    """Code and reason of what comes of the rpc; ("OK", "") if it is let through."""
    services, messages = {
        "GetSource": (client.sources, source_service_pb2),
        "GetCatalog": (client.catalogs, catalog_service_pb2),
        "GetSemanticModel": (client.models, semantic_model_service_pb2),
        "ExportSemanticModel": (client.models, semantic_model_service_pb2),
        "ExecuteQuery": (client.queries, query_service_pb2),
    }[rpc]
    more = {"sql": "SELECT 1"} if rpc == "ExecuteQuery" else {}
    request = getattr(messages, f"{rpc}Request")(source_id=source_id, **more)
    call = getattr(services, rpc)(request, metadata=client.metadata)
    try:
        if rpc == "ExecuteQuery":
            async for _ in call:
                pass
        else:
            await call
    except grpc.aio.AioRpcError as error:
        return error.code().name, from_rpc_error(error).reason
    return "OK", ""


@pytest.mark.parametrize("rpc", ["GetSource", "GetCatalog", "GetSemanticModel", "ExportSemanticModel", "ExecuteQuery"])
async def test_another_source_is_as_one_that_never_was(integration: IntegrationServer, rpc: str) -> None:
    keeper = integration.client(role="ceo")
    mine = await keeper.add_file("pets.csv", PETS, "Pets")
    other = await keeper.add_file("birds.csv", BIRDS, "Birds")
    held = integration.client(keeper.organization_id, permissions=READER, source_ids=[mine.id])
    assert (await refusal(held, rpc, mine.id))[1] != "SOURCE_NOT_FOUND"
    assert await refusal(held, rpc, other.id) == ("NOT_FOUND", "SOURCE_NOT_FOUND")
    assert await refusal(held, rpc, str(new_id())) == ("NOT_FOUND", "SOURCE_NOT_FOUND")
    free = integration.client(keeper.organization_id, permissions=READER)
    assert (await refusal(free, rpc, other.id))[1] != "SOURCE_NOT_FOUND"


async def test_the_list_has_those_alone_in_whole_pages(integration: IntegrationServer) -> None:
    keeper = integration.client(role="ceo")
    made = [await keeper.add_file("pets.csv", PETS, f"Pets {number}") for number in range(4)]
    wanted = [made[1].id, made[3].id]
    held = integration.client(keeper.organization_id, permissions=READER, source_ids=[*wanted, str(new_id())])
    assert [one.id for one in (await held.list()).sources] == wanted
    first = await held.list(page_size=1)
    assert [one.id for one in first.sources] == wanted[:1]
    rest = await held.list(page_size=1, page_token=first.next_page_token)
    assert ([one.id for one in rest.sources], rest.next_page_token) == (wanted[1:], "")
    nothing = integration.client(keeper.organization_id, permissions=READER, source_ids=[])
    assert not (await nothing.list()).sources


@pytest.mark.parametrize("listed", ["x", 5, ["x"], [5]])
async def test_a_token_whose_sources_cant_be_read_is_none(integration: IntegrationServer, listed: object) -> None:
    claims = tokens.claims(new_id()) | {"srcs": listed}
    client = integration.client()
    request = source_service_pb2.ListSourcesRequest()
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await client.sources.ListSources(request, metadata=tokens.bearer(tokens.sign(claims)))
    assert from_rpc_error(refused.value).reason == "TOKEN_MALFORMED"
