"""One mesh for all tests of this folder; they run in one worker, in any order."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.builders.browser import PATIENCE_MS, running_browser
from tests.builders.mesh import Mesh, running_mesh
from tests.builders.postgres import Database, PostgresCluster

CLINIC = """
CREATE ROLE ward_reader LOGIN PASSWORD 'Ward-reader-1';
CREATE SCHEMA ward;
CREATE TABLE ward.doctors (doctor_id int PRIMARY KEY, full_name text NOT NULL, speciality text NOT NULL);
CREATE TABLE ward.visits (
  visit_id int PRIMARY KEY, doctor_id int NOT NULL REFERENCES ward.doctors, visited_on date NOT NULL,
  fee numeric(8,2) NOT NULL, outcome text NOT NULL);
INSERT INTO ward.doctors VALUES
  (1, 'Ines Maro', 'cardiology'), (2, 'Tom Aske', 'dermatology'), (3, 'Liv Dahl', 'cardiology');
INSERT INTO ward.visits SELECT i, i % 3 + 1, date '2024-01-01' + i, 20 + i % 7,
  CASE WHEN i % 4 = 0 THEN 'referred' ELSE 'discharged' END FROM generate_series(1, 700) i;
GRANT USAGE ON SCHEMA ward TO ward_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA ward TO ward_reader;
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/mesh/" in str(item.path):
            item.add_marker(pytest.mark.mesh)
            item.add_marker(pytest.mark.xdist_group("mesh"))


@pytest.fixture(scope="session")
def mesh() -> Iterator[Mesh]:
    with running_mesh() as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Per module, not longer: while it is open its thread has a running event loop, which other tests can't share."""
    with running_browser() as started:
        yield started


@pytest.fixture
def page(browser: Browser, mesh: Mesh) -> Iterator[Page]:
    """A page of a fresh profile. Whatever it complains of, the strict content policy included, fails the test."""
    context = browser.new_context(base_url=mesh.url, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # A first visit has no session to take up, and a wrong password is refused: both are 401 by design.
        if message.type == "error" and "401" not in message.text:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def clinic(empty_database: Database, postgres: PostgresCluster) -> Iterator[Database]:
    empty_database.run(CLINIC)
    yield empty_database
    empty_database.run("DROP OWNED BY ward_reader; DROP ROLE ward_reader")
