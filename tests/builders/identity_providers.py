"""Identity providers of other code bases, started as processes, and a name server that says what a test wants."""

import json
import os
import shutil
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.builders.ports import free_port

SCRIPTS = Path(__file__).parent.parent / "identity_providers"
WEB = Path(__file__).parent.parent.parent / "web"
CLIENT_SECRET = "client-secret-for-tests"


@dataclass(frozen=True)
class RunningProvider:
    """One that listens."""

    issuer: str


@contextmanager
def running(script: str, port: int, environment: Mapping[str, str]) -> Iterator[RunningProvider]:
    """Node finds packages from where a script stands, so it stands in the web app's folder for its time."""
    place = WEB / "node_modules" / f".identity-provider-{port}.mjs"
    shutil.copy(SCRIPTS / script, place)
    words = [sys.executable, str(WEB / "node.py"), "node", str(place)]
    process = subprocess.Popen(
        words, env={**os.environ, "PORT": str(port), **environment}, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert any(line.strip() == "ready" for line in process.stdout)
        yield RunningProvider(f"http://127.0.0.1:{port}")
    finally:
        os.killpg(process.pid, 9)
        process.wait()
        place.unlink()


@contextmanager
def oidc_provider(redirect_uri: str, people: Mapping[str, Mapping[str, Any]]) -> Iterator[RunningProvider]:
    """`people` maps what is typed as e-mail to the claims of whoever that logs in."""
    told = {"REDIRECT_URI": redirect_uri, "CLIENT_SECRET": CLIENT_SECRET, "CLAIMS": json.dumps(people)}
    with running("oidc.mjs", free_port(), told) as provider:
        yield provider


@dataclass(frozen=True)
class Certified:
    """A key with its certificate, in PEM."""

    certificate: str
    key: str


def certified() -> Certified:
    """A new one, by nobody."""
    key, now = rsa.generate_private_key(65537, 2048), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "identity provider")])
    unsigned = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    certificate = unsigned.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Certified(certificate.decode(), key.private_bytes(*form).decode())


@contextmanager
def saml_provider(own: Certified, person: Mapping[str, Any]) -> Iterator[RunningProvider]:
    """It vouches for the one person to whoever comes."""
    told = {"CERTIFICATE": own.certificate, "KEY": own.key, "PERSON": json.dumps(person)}
    with running("saml.mjs", free_port(), told) as provider:
        yield provider


@dataclass
class NameServer:
    """Answers for TXT records by UDP."""

    address: str = ""
    records: dict[str, str] = field(default_factory=dict)


@contextmanager
def name_server() -> Iterator[NameServer]:
    """Names that it has no record of don't exist."""
    served = NameServer()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, socket = self.request
            query = dns.message.from_wire(data)
            reply = dns.message.make_response(query)
            reply.flags |= dns.flags.RA
            name = query.question[0].name
            if (text := served.records.get(name.to_text(omit_final_dot=True))) is not None:
                reply.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", f'"{text}"'))
            else:
                reply.set_rcode(dns.rcode.NXDOMAIN)
            socket.sendto(reply.to_wire(), self.client_address)

    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler) as server:
        served.address = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
