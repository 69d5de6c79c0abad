"""The local authority: certificates that peers accept, made once, renewed in time, with keys nobody else reads."""

import datetime
import socket
import ssl
import stat
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from cli import certificates
from cli.certificates import CertificateFolder


@pytest.fixture
def folder(tmp_path: Path) -> CertificateFolder:
    return CertificateFolder(tmp_path / "certificates", "infinure.local")


def leaf(folder: CertificateFolder, name: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(folder.files(name).certificate.read_bytes())


def context(folder: CertificateFolder, name: str, side: int) -> ssl.SSLContext:
    made = ssl.SSLContext(side)
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    made.load_cert_chain(folder.files(name).certificate, folder.files(name).key)
    made.load_verify_locations(folder.files(name).authority)
    made.verify_mode = ssl.CERT_REQUIRED
    return made


def handshake(server: ssl.SSLContext, client: ssl.SSLContext, name: str) -> list[tuple[str, str]]:
    """The client's alternative names as the server saw them."""
    ours, theirs = socket.socketpair()
    seen: list[tuple[str, str]] = []

    def serve() -> None:
        with server.wrap_socket(theirs, server_side=True) as connection:
            seen.extend(connection.getpeercert()["subjectAltName"])  # type: ignore[index, arg-type]

    thread = threading.Thread(target=serve)
    thread.start()
    with client.wrap_socket(ours, server_hostname=name):
        thread.join()
    return seen


def test_two_processes_prove_themselves_to_each_other(folder: CertificateFolder) -> None:
    folder.ensure(("chat", "ml_gateway"))
    server, client = (
        context(folder, "ml_gateway", ssl.PROTOCOL_TLS_SERVER),
        context(folder, "chat", ssl.PROTOCOL_TLS_CLIENT),
    )
    for name in ("localhost", "127.0.0.1", "ml_gateway"):
        assert ("URI", "spiffe://infinure.local/ns/default/sa/chat") in handshake(server, client, name)


def test_a_certificate_of_another_authority_is_refused(folder: CertificateFolder, tmp_path: Path) -> None:
    folder.ensure(("chat",))
    foreign = CertificateFolder(tmp_path / "foreign", "infinure.local")
    foreign.ensure(("chat",))
    server, client = context(folder, "chat", ssl.PROTOCOL_TLS_SERVER), context(folder, "chat", ssl.PROTOCOL_TLS_CLIENT)
    client.load_cert_chain(foreign.files("chat").certificate, foreign.files("chat").key)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        thread = threading.Thread(target=lambda: client.wrap_socket(ours, server_hostname="localhost"))
        thread.start()
        with pytest.raises(ssl.SSLCertVerificationError):
            server.wrap_socket(theirs, server_side=True)
        thread.join()


def test_a_second_start_makes_nothing_new(folder: CertificateFolder) -> None:
    assert folder.ensure(("edge", "cli")) == ["edge", "cli"]
    assert folder.ensure(("edge", "cli")) == []


def test_keys_are_for_their_owner_alone(folder: CertificateFolder) -> None:
    folder.ensure(("auth",))
    for key in folder.folder.glob("*.key"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(list(folder.folder.glob("*.key"))) == 2


def test_a_certificate_near_its_end_is_renewed(folder: CertificateFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificates, "LEAF_DAYS", certificates.RENEW_DAYS - 1)
    folder.ensure(("auth",))
    monkeypatch.undo()
    assert folder.ensure(("auth",)) == ["auth"]
    assert leaf(folder, "auth").not_valid_after_utc - datetime.datetime.now(datetime.UTC) > datetime.timedelta(days=300)


def test_another_trust_domain_or_authority_renews_all(folder: CertificateFolder) -> None:
    folder.ensure(("auth", "chat"))
    assert CertificateFolder(folder.folder, "example.org").ensure(("auth", "chat")) == ["auth", "chat"]
    (folder.folder / "ca.key").unlink()
    assert folder.ensure(("auth", "chat")) == ["auth", "chat"]
    key = serialization.load_pem_private_key(folder.files("chat").key.read_bytes(), None)
    assert key.public_key() == leaf(folder, "chat").public_key()
