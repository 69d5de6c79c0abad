"""The web pages behind the edge."""

import httpx
import pytest

from tests.edge.conftest import ASSET, ASSET_TEXT, INDEX_TEXT
from tests.edge.running import Edge, Mesh


async def get(edge: Edge, path: str, encoding: str = "identity") -> httpx.Response:
    async with (
        httpx.AsyncClient(base_url=edge.url) as client,
        client.stream("GET", path, headers={"accept-encoding": encoding}) as got,
    ):
        # As sent: the test's encoded files aren't what their names say.
        content = b"".join([part async for part in got.aiter_raw()])
        return httpx.Response(got.status_code, headers=[*got.headers.raw, (b"x-raw", content)])


def body(got: httpx.Response) -> bytes:
    return got.headers["x-raw"].encode()


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/chat/01a204ed-0000-7000-8000-000000000000", "/login", "/sources/a/b"]
)
async def test_every_path_of_the_app_is_its_page(edge: Edge, path: str) -> None:
    got = await get(edge, path)
    assert (got.status_code, body(got)) == (200, INDEX_TEXT.encode())
    assert got.headers["content-type"].startswith("text/html")
    assert got.headers["cache-control"] == "no-cache"


async def test_an_asset_is_kept_for_good(edge: Edge) -> None:
    got = await get(edge, f"/{ASSET}")
    assert (got.status_code, body(got)) == (200, ASSET_TEXT.encode())
    assert "immutable" in got.headers["cache-control"]
    assert "javascript" in got.headers["content-type"]


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [("gzip, deflate, br", "br", b"brotli bytes"), ("gzip", "gzip", b"gzip bytes"), ("identity", None, None)],
)
async def test_an_asset_comes_in_the_best_encoding(
    edge: Edge, accepted: str, encoding: str | None, content: bytes | None
) -> None:
    got = await get(edge, f"/{ASSET}", accepted)
    assert got.headers.get("content-encoding") == encoding
    assert body(got) == (content or ASSET_TEXT.encode())
    assert "javascript" in got.headers["content-type"]


@pytest.mark.parametrize("path", ["/assets/missing.js", "/assets/../../etc/passwd", "/assets/%2e%2e%2fsecret"])
async def test_a_missing_asset_is_no_page(edge: Edge, path: str) -> None:
    got = await get(edge, path)
    if path == "/assets/../../etc/passwd":  # the client itself leaves the dots out: a path of the app
        assert body(got) == INDEX_TEXT.encode()
        return
    assert got.status_code in (400, 404)
    assert INDEX_TEXT.encode() not in body(got)


@pytest.mark.parametrize("path", ["/", f"/{ASSET}", "/assets/missing.js"])
async def test_every_page_forbids_foreign_scripts_and_frames(edge: Edge, path: str) -> None:
    headers = (await get(edge, path)).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


async def test_a_page_asked_for_again_is_not_sent_again(edge: Edge) -> None:
    async with httpx.AsyncClient(base_url=edge.url, headers={"accept-encoding": "identity"}) as client:
        first = await client.get("/")
        again = await client.get("/", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["content-security-policy"]


async def test_no_server_names_itself(edge: Edge) -> None:
    headers = (await get(edge, "/")).headers
    assert "server" not in headers
    assert "x-powered-by" not in headers


async def test_the_pages_port_wants_a_certificate_of_the_mesh(mesh: Mesh) -> None:
    async with httpx.AsyncClient(verify=False) as client:  # noqa: S501 (a stranger, who has no authority's file)
        with pytest.raises(httpx.TransportError):
            await client.get(f"https://{mesh.addresses['web']}/")
