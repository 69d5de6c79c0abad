"""The blob store that the settings name, and the folder for files on their way to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from obstore.store import S3Store

from services.integration.adapters.blobs import FolderBlobs, S3Blobs, Staging
from services.integration.ports import BlobStore
from services.integration.settings import BlobSettings

if TYPE_CHECKING:
    from obstore.store import ClientConfig, S3Config


def opened_blobs(settings: BlobSettings) -> tuple[BlobStore, Staging]:
    """Neither connects yet. What an earlier process left on its way is cleared."""
    staging = Staging(settings.work_folder / "staging", settings.reserve_bytes)
    staging.clear()
    if not settings.location.startswith("s3://"):
        return FolderBlobs(Path(settings.location)), staging
    cached = S3Blobs(_bucket(settings), settings.work_folder / "cache", settings.cache_bytes)
    cached.clear()
    return cached, staging


def _bucket(settings: BlobSettings) -> S3Store:
    place = urlsplit(settings.location)
    config: S3Config = {"region": settings.s3_region, "virtual_hosted_style_request": not settings.s3_endpoint}
    if settings.s3_endpoint:
        config["endpoint"] = settings.s3_endpoint
    if settings.s3_access_key_id:
        config["access_key_id"] = settings.s3_access_key_id
        config["secret_access_key"] = settings.s3_secret_access_key.reveal()
    client: ClientConfig = {"allow_http": settings.s3_endpoint.startswith("http://")}
    return S3Store(place.netloc, prefix=place.path.strip("/") or None, config=config, client_options=client)
