"""One mesh and one edge for all of these tests; each test signs up an organization of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

from tests.builders.postgres import PostgresCluster
from tests.edge.people import Person, sign_up
from tests.edge.running import Edge, Mesh, running_edge, running_mesh

# Tests that are no rate-limit's share buckets: none of them may run dry.
PLENTY = {
    "INFINURE_EDGE_ANONYMOUS_REQUESTS_PER_SECOND": "10000",
    "INFINURE_ALLOWED_ORIGINS": "https://partner.example.test",
}
ASSET = "assets/app-0a1b2c3d.js"
INDEX_TEXT, ASSET_TEXT = "<!doctype html><title>Pages</title>", "console.log('pages')"


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built folder: a page, and an asset that is there in three encodings."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "assets").mkdir()
    (folder / "index.html").write_text(INDEX_TEXT)
    (folder / ASSET).write_text(ASSET_TEXT)
    (folder / f"{ASSET}.br").write_bytes(b"brotli bytes")
    (folder / f"{ASSET}.gz").write_bytes(b"gzip bytes")
    return folder


@pytest.fixture(scope="session")
def mesh(
    postgres: PostgresCluster, signing_keys: Path, pages: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mesh]:
    folder = tmp_path_factory.mktemp("mesh")
    keys = folder / "keys"
    shutil.copytree(signing_keys, keys)
    database = postgres.control_plane("auth", "chat")
    plan = {
        "auth_database": database.app_url("auth"),
        "chat_database": database.app_url("chat"),
        "signing_keys": str(keys),
        "pages": str(pages),
    }
    with running_mesh(folder, plan) as mesh:
        yield mesh
    postgres.drop(database)


@pytest.fixture(scope="session")
def edge(mesh: Mesh, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    with running_edge(mesh, tmp_path_factory.mktemp("edge"), **PLENTY) as edge:
        yield edge


@pytest.fixture(scope="session")
def edge_credentials(mesh: Mesh) -> grpc.ChannelCredentials:
    """The edge's own certificate, for going to a service's port directly."""
    tls = mesh.edge_tls
    return grpc.ssl_channel_credentials(tls.authority.read_bytes(), tls.key.read_bytes(), tls.certificate.read_bytes())


@pytest.fixture
async def person(edge: Edge) -> Person:
    return await sign_up(edge.address)
