"""What every store of files holds to: a folder, and a bucket of a real S3 server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from meshkit.errors import MeshError
from meshkit.secrets import Secret
from services.integration.adapters.blob_opening import opened_blobs
from services.integration.adapters.blobs import FolderBlobs
from services.integration.errors import StorageFull
from services.integration.ports import BlobStore
from services.integration.settings import BlobSettings
from tests.builders.s3 import KEY, KEY_ID, S3Server, running_s3

CACHE_BYTES = 2_500


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    with running_s3() as server:
        yield server


def s3_settings(server: S3Server, folder: Path, **changes: object) -> BlobSettings:
    given = {
        "location": f"s3://{server.bucket()}/tenants",
        "work_folder": folder / "work",
        "cache_bytes": CACHE_BYTES,
        "s3_endpoint": server.endpoint,
        "s3_access_key_id": KEY_ID,
        "s3_secret_access_key": Secret(KEY),
    }
    return BlobSettings(**(given | changes))  # type: ignore[arg-type]


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    if request.param == "folder":
        settings = BlobSettings(str(tmp_path / "kept"), tmp_path / "work")
    else:
        settings = s3_settings(request.getfixturevalue("s3"), tmp_path)
    return opened_blobs(settings)[0]


def made(folder: Path, content: bytes) -> Path:
    file = folder / f"new-{os.urandom(4).hex()}"
    file.write_bytes(content)
    return file


async def read(blobs: BlobStore, *keys: str) -> list[bytes]:
    async with blobs.local(keys) as paths:
        return [path.read_bytes() for path in paths]


async def test_what_is_adopted_is_read_again_and_is_no_longer_where_it_was(blobs: BlobStore, tmp_path: Path) -> None:
    file = made(tmp_path, b"rows")
    await blobs.adopt("org/upload/a.parquet", file)
    assert not file.exists()
    assert await read(blobs, "org/upload/a.parquet") == [b"rows"]
    assert await read(blobs, "org/upload/a.parquet", "org/upload/a.parquet") == [b"rows", b"rows"]


async def test_a_folder_is_deleted_with_all_in_it_and_nothing_else(blobs: BlobStore, tmp_path: Path) -> None:
    for key in ("org/one/original", "org/one/read/0.parquet", "org/one/read/1.parquet", "org/two/original"):
        await blobs.adopt(key, made(tmp_path, key.encode()))
    await blobs.delete_folder("org/one", keep="org/one/read")
    assert await read(blobs, "org/one/read/0.parquet", "org/two/original") == [
        b"org/one/read/0.parquet",
        b"org/two/original",
    ]
    await blobs.delete_folder("org/one")
    await blobs.delete_folder("org/one")  # what isn't there is fine
    for gone in ("org/one/original", "org/one/read/0.parquet"):
        with pytest.raises((MeshError, FileNotFoundError)):
            await read(blobs, gone)
    assert await read(blobs, "org/two/original") == [b"org/two/original"]


async def test_a_bucket_keeps_no_more_here_than_it_may(s3: S3Server, tmp_path: Path) -> None:
    blobs = opened_blobs(s3_settings(s3, tmp_path))[0]
    for number in range(5):
        await blobs.adopt(f"org/{number}/original", made(tmp_path, bytes([number]) * 1_000))
    for number in (0, 1, 2, 3, 4, 0):
        assert await read(blobs, f"org/{number}/original") == [bytes([number]) * 1_000]
    kept = [path for path in (tmp_path / "work" / "cache").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in kept) <= CACHE_BYTES
    async with blobs.local([f"org/{number}/original" for number in range(5)]) as paths:  # in use, none is dropped
        assert all(path.exists() for path in paths)


async def test_a_bucket_that_fails_is_told_without_its_words(s3: S3Server, tmp_path: Path) -> None:
    elsewhere = s3_settings(s3, tmp_path, location="s3://no-such-bucket/x")
    blobs = opened_blobs(elsewhere)[0]
    with pytest.raises(MeshError) as refused:
        await blobs.adopt("org/a", made(tmp_path, b"rows"))
    assert refused.value.reason == "SERVICE_UNAVAILABLE"
    assert KEY not in refused.value.message
    assert KEY not in repr(elsewhere)


@pytest.mark.parametrize("key", ["/etc/passwd", "../other/original", "org/../../x"])
async def test_a_key_leads_nowhere_else(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="relative"):
        await FolderBlobs(tmp_path / "kept").adopt(key, made(tmp_path, b"rows"))


async def test_a_disk_that_is_really_full_is_told(tmp_path: Path) -> None:
    staging = opened_blobs(BlobSettings(str(tmp_path / "kept"), tmp_path / "work"))[1]

    async def write() -> None:
        async with staging.folder("new"):
            with open("/dev/full", "wb", 0) as full:  # noqa: ASYNC230  it has no room, at once
                full.write(b"x")

    with pytest.raises(StorageFull):
        await write()
    assert list((tmp_path / "work" / "staging").iterdir()) == []
