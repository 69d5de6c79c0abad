"""Certificates of a test mesh, made by the code that `infinure up` uses."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.certificates import CertificateFolder
from meshkit.settings import TlsSettings

TRUST_DOMAIN = "infinure.local"
NAMES = ("auth", "chat", "integration", "ml_gateway", "analytics", "edge", "cli")


class TestCertificates:
    """`certificates.tls("chat")` is what the chat service would get; `tls(name)` makes what isn't there yet."""

    __test__ = False

    def __init__(self, folder: Path, trust_domain: str = TRUST_DOMAIN) -> None:
        self._folder = CertificateFolder(folder, trust_domain)

    def tls(self, name: str) -> TlsSettings:
        self._folder.ensure((name,))
        files = self._folder.files(name)
        return TlsSettings(certificate=files.certificate, key=files.key, authority=files.authority)


@contextmanager
def certificates() -> Iterator[TestCertificates]:
    """An authority of its own in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="infinure-certificates-") as folder:
        yield TestCertificates(Path(folder))
