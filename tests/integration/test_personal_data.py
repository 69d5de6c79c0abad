"""What integration exports, erases and lets go of."""

from datetime import UTC, datetime, timedelta

from meshkit.ids import new_id
from tests.builders import tokens
from tests.builders.personal_data import Holder, job_token, nothing
from tests.integration.server import Client, IntegrationServer
from tests.integration.test_uploads import SALES, eventually


def person(integration: IntegrationServer) -> tuple[Client, str]:
    user_id, organization_id = new_id(), new_id()
    token = tokens.token(organization_id, user_id)
    return Client(integration.channel, organization_id, token), str(user_id)


def kept(integration: IntegrationServer, words: str) -> int:
    tables = integration.database.run(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'integration'::regnamespace"
    )
    rows = [row for table in tables for row in integration.database.run(f"SELECT t::text FROM integration.{table} t")]
    return sum(words in row for row in rows)


async def test_unused_files_go_and_what_became_the_organizations_names_nobody(integration: IntegrationServer) -> None:
    sender, user_id = person(integration)
    source = await sender.add_file("sales.csv", SALES)
    await sender.upload("canary name.csv", SALES)
    mine = Holder(integration.channel, job_token(sender.organization_id))
    exported = await mine.export(user_id)
    assert [record["file_name"] for store, record in exported if store == "uploads"] == ["sales.csv", "canary name.csv"]
    assert [record["name"] for store, record in exported if store == "sources"] == [source.name]
    assert [record["action"] for store, record in exported if store == "source_events"] == ["source.created"]

    done = await mine.erase(user_id)
    assert (done["uploads"], done["sources"], done["source_events"]) == ((1, 1, 0), (0, 1, 0), (0, 1, 0))
    assert (kept(integration, user_id), kept(integration, "canary name")) == (0, 0)
    await eventually(lambda: integration.database.run("SELECT state FROM integration.uploads") == ["taken"])
    # The organization goes on asking its source.
    assert [one.id for one in (await sender.list()).sources] == [source.id]
    assert await mine.erase(user_id) == nothing(done)


async def test_what_was_done_to_sources_is_let_go_of_in_time(integration: IntegrationServer) -> None:
    sender, _ = person(integration)
    await sender.add_file("sales.csv", SALES)
    limit = datetime.now(UTC) - timedelta(days=2557)
    mine = Holder(integration.channel, job_token(sender.organization_id))
    for days, gone in ((1, 0), (-1, 1)):
        moment = limit + timedelta(days=days)
        integration.database.run(f"UPDATE integration.source_events SET event_time = '{moment}'")
        assert await mine.retain(limit) == {"source_events": (gone, 0, 0)}


async def test_nothing_of_the_last_year_is_removed_whatever_is_asked_for(integration: IntegrationServer) -> None:
    sender, _ = person(integration)
    await sender.add_file("sales.csv", SALES)
    mine = Holder(integration.channel, job_token(sender.organization_id))
    assert await mine.retain(datetime.now(UTC) + timedelta(days=1)) == {"source_events": (0, 0, 0)}
