"""The mesh's own certificate authority, made at first start, and a certificate for each process.

A deployment of its own (Kubernetes) gets its certificates from the mesh instead; names and SANs are the same there.
"""

import datetime
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from cli.files import write_private

AUTHORITY_DAYS = 3650
LEAF_DAYS = 397
# A process keeps the certificate it started with, so what is handed out must last until some later restart.
RENEW_DAYS = 90
CLOCK_SKEW = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Files:
    """Where one process finds its certificate, its key and the authority it trusts (PEM)."""

    certificate: Path
    key: Path
    authority: Path


@dataclass(frozen=True)
class CertificateFolder:
    """A folder with `ca.crt`, `ca.key` (both made once) and `<name>.crt`, `<name>.key` per process; keys are 0600."""

    folder: Path
    trust_domain: str

    def files(self, name: str) -> Files:
        return Files(self.folder / f"{name}.crt", self.folder / f"{name}.key", self.folder / "ca.crt")

    def ensure(self, names: tuple[str, ...]) -> list[str]:
        """Makes what is missing, near its end, or of another authority or trust domain; returns the names issued."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        authority, authority_key = self._authority()
        issued = [name for name in names if not self._is_current(name, authority)]
        for name in issued:
            self._issue(name, authority, authority_key)
        return issued

    def spiffe_id(self, name: str) -> str:
        return f"spiffe://{self.trust_domain}/ns/default/sa/{name}"

    def _authority(self) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        certificate_path, key_path = self.folder / "ca.crt", self.folder / "ca.key"
        if certificate_path.exists() and key_path.exists():
            certificate = x509.load_pem_x509_certificate(certificate_path.read_bytes())
            key = serialization.load_pem_private_key(key_path.read_bytes(), password=None)
            if isinstance(key, ec.EllipticCurvePrivateKey) and _days_left(certificate) > LEAF_DAYS:
                return certificate, key
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Infinure local authority")])
        certificate = (
            _builder(name, name, key.public_key(), AUTHORITY_DAYS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        _write_key(key_path, key)
        write_private(certificate_path, _pem(certificate))
        return certificate, key

    def _is_current(self, name: str, authority: x509.Certificate) -> bool:
        files = self.files(name)
        if not (files.certificate.exists() and files.key.exists()):
            return False
        certificate = x509.load_pem_x509_certificate(files.certificate.read_bytes())
        try:
            certificate.verify_directly_issued_by(authority)
        except Exception:  # whatever is wrong with it, a new one is the answer
            return False
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        same = self.spiffe_id(name) in names.get_values_for_type(x509.UniformResourceIdentifier)
        return same and _days_left(certificate) > RENEW_DAYS

    def _issue(self, name: str, authority: x509.Certificate, authority_key: ec.EllipticCurvePrivateKey) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        alternatives = x509.SubjectAlternativeName(
            [
                x509.UniformResourceIdentifier(self.spiffe_id(name)),
                x509.DNSName(name),
                x509.DNSName("localhost"),
                x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
            ]
        )
        certificate = (
            _builder(subject, authority.subject, key.public_key(), LEAF_DAYS)
            .add_extension(alternatives, critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]),
                critical=False,
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
            )
            .sign(authority_key, hashes.SHA256())
        )
        _write_key(self.files(name).key, key)
        write_private(self.files(name).certificate, _pem(certificate))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SKEW)
        .not_valid_after(now + datetime.timedelta(days=days))
    )


def _usage(signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _days_left(certificate: x509.Certificate) -> float:
    left = certificate.not_valid_after_utc - datetime.datetime.now(datetime.UTC)
    return left / datetime.timedelta(days=1)


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    write_private(path, key.private_bytes(encoding, form, serialization.NoEncryption()).decode())


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
