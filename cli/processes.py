"""The table of the mesh's processes: how each is started, and by what it is known to be ready."""

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from cli.certificates import CertificateFolder
from cli.demo import names as demo_names
from cli.home import Home, Secrets
from cli.launching import Launch, base_environment
from cli.readiness import Probe
from cli.settings import UpSettings
from cli.stores.clickhouse_server import ClickHouseServer
from cli.stores.postgres import PostgresServer
from cli.stores.provision import DATABASE, ON_POSTGRES, SERVICES, on_database
from cli.stores.valkey import ValkeyServer
from cli.supervisor import Process

PAGES, EDGE = "pages", "edge"
# Names of certificates; the pages are served by the process `web`, the command calls as `cli`.
CERTIFICATES = ("edge", "web", *SERVICES, "cli")
STORES = ("postgres", "valkey", "warehouse", "analytics_store")
PORTS = (*STORES, "web", "edge_admin", *SERVICES, *(f"{service}_operations" for service in SERVICES))
# The databases of the embedded ClickHouse processes: one of each organization's, and analytics' own.
WAREHOUSE_DATABASES, ANALYTICS_DATABASE = "org_*", "analytics"


@dataclass(frozen=True)
class Plan:
    """Everything decided before the first process starts; the table below is a pure function of it."""

    home: Home
    settings: UpSettings
    ports: Mapping[str, int]
    secrets: Secrets = field(repr=False)

    @property
    def certificates(self) -> CertificateFolder:
        return CertificateFolder(self.home.certificates, self.settings.trust_domain)

    @property
    def postgres(self) -> PostgresServer:
        """The embedded server (not started when the operator names a real one)."""
        port = self.ports["postgres"]
        return PostgresServer(self.home.postgres, port, self.secrets.postgres, self.home.log("postgres"))

    @property
    def valkey(self) -> ValkeyServer:
        return ValkeyServer(self.home.valkey, self.ports["valkey"], self.secrets.valkey, self.home.log("valkey"))

    @property
    def warehouse(self) -> ClickHouseServer:
        """Organizations' own databases: what they upload and load."""
        users = {"integration": self.secrets.clickhouse["integration"]}
        port, log = self.ports["warehouse"], self.home.log("warehouse")
        return ClickHouseServer(self.home.warehouse, port, users, WAREHOUSE_DATABASES, log)

    @property
    def analytics_store(self) -> ClickHouseServer:
        """Query events."""
        users = {"analytics": self.secrets.clickhouse["analytics"]}
        port, log = self.ports["analytics_store"], self.home.log("analytics_store")
        return ClickHouseServer(self.home.analytics_store, port, users, ANALYTICS_DATABASE, log, memory_bytes=768 << 20)

    @property
    def warehouse_url(self) -> str:
        return self.settings.clickhouse_url or self.warehouse.url("integration")

    @property
    def analytics_url(self) -> str:
        return self.settings.clickhouse_url or self.analytics_store.url("analytics")

    @property
    def superuser_url(self) -> str:
        return self.settings.postgres_url or self.postgres.url("postgres")

    def role_url(self, role: str, password: str) -> str:
        """A role's URL of the control plane's database, for SQLAlchemy with asyncpg."""
        parts = urlsplit(on_database(self.superuser_url, DATABASE))
        host = parts.netloc.rpartition("@")[2]
        query = parts.query.replace("sslmode=", "ssl=")  # libpq's word, and asyncpg's
        return urlunsplit(("postgresql+asyncpg", f"{role}:{password}@{host}", parts.path, query, ""))

    @property
    def demo_source(self) -> str:
        """Where the demo's database is: host:port/database."""
        parts = urlsplit(self.superuser_url)
        return f"{parts.hostname or '127.0.0.1'}:{parts.port or 5432}/{demo_names.DATABASE}"

    @property
    def outbox(self) -> Path:
        """The folder of e-mails where the operator names no mail server."""
        return Path(self.settings.passed_on.get("INFINURE_MAIL_OUTBOX_DIR", self.home.outbox))

    def address(self, name: str) -> str:
        return f"127.0.0.1:{self.ports[name]}"


def stores(plan: Plan) -> list[Process]:
    """The embedded stores that the settings don't replace."""
    postgres, valkey = plan.postgres, plan.valkey
    table = []
    if plan.settings.postgres_url is None:
        table.append(Process("postgres", postgres.launch, postgres.is_ready, postgres.prepare, stop_seconds=30))
    if plan.settings.redis_url is None:
        table.append(Process("valkey", valkey.launch, valkey.is_ready, valkey.prepare))
    if plan.settings.clickhouse_url is None:
        for name, server in (("warehouse", plan.warehouse), ("analytics_store", plan.analytics_store)):
            table.append(Process(name, server.launch, server.is_ready, server.prepare))
    return table


def services(plan: Plan) -> list[Process]:
    """The five services; they start together, as each waits for its peers by itself."""
    return [
        Process(
            service,
            lambda service=service: service_launch(plan, service),  # type: ignore[misc]
            Probe(plan.certificates.files("cli")).service(plan.ports[service], plan.ports[f"{service}_operations"]),
        )
        for service in SERVICES
    ]


def front(plan: Plan) -> list[Process]:
    """The web pages' server and the edge before it."""
    probe = Probe(plan.certificates.files("cli"))
    return [
        Process(PAGES, lambda: front_launch(plan, PAGES, "edge.pages", "web"), probe.port(plan.ports["web"])),
        Process(
            EDGE,
            lambda: front_launch(plan, EDGE, "edge", "edge"),
            probe.edge(plan.settings.port),
            # Each start writes its configuration anew, into a folder that nobody else would clear.
            prepare=lambda: shutil.rmtree(plan.home.work(EDGE), ignore_errors=True),
        ),
    ]


def service_launch(plan: Plan, service: str, *arguments: str) -> Launch:
    """How one service is started; with the argument `migrate` it gets its owner's URL too."""
    environment = {**common_environment(plan, service), **service_environment(plan, service)}
    if "migrate" in arguments and service in ON_POSTGRES:
        owner = plan.role_url(f"{service}_owner", plan.secrets.roles[service].owner)
        environment["INFINURE_OWNER_DATABASE_URL"] = owner
    return _python(plan, service, f"services.{service}", environment, *arguments)


def service_environment(plan: Plan, service: str) -> dict[str, str]:
    """The part of the process contract that only services get."""
    environment = {
        "INFINURE_LISTEN": plan.address(service),
        "INFINURE_OPERATIONS_LISTEN": plan.address(f"{service}_operations"),
        "INFINURE_REDIS_URL": plan.settings.redis_url or plan.valkey.url(service),
        "INFINURE_PAGE_TOKEN_KEY": plan.secrets.page_token_key,
    }
    if service in ON_POSTGRES:
        environment["INFINURE_DATABASE_URL"] = plan.role_url(f"{service}_app", plan.secrets.roles[service].app)
    if service == "analytics":
        environment["INFINURE_CLICKHOUSE_URL"] = plan.analytics_url
    if service == "auth":
        environment |= {
            "INFINURE_MAIL_OUTBOX_DIR": str(plan.outbox),
            "INFINURE_SIGNING_KEY_DIR": str(plan.home.signing_keys),
            "INFINURE_MASTER_KEY_FILE": str(plan.home.identity_key),
            "INFINURE_AUDIT_KEY_DIR": str(plan.home.audit_keys),
            "INFINURE_AUDIT_ANCHOR_DIR": plan.settings.passed_on.get(
                "INFINURE_AUDIT_ANCHOR_DIR", str(plan.home.audit_anchors)
            ),
            **_hosts(plan),
        }
    if service == "integration":
        environment |= {
            "INFINURE_WAREHOUSE_URL": plan.warehouse_url,
            "INFINURE_BLOB_STORE": plan.settings.passed_on.get("INFINURE_BLOB_STORE", str(plan.home.files)),
            "INFINURE_WORK_DIR": str(plan.home.work(service)),
            "INFINURE_MASTER_KEY_FILE": str(plan.home.master_key),
            **_hosts(plan),
            "INFINURE_ALLOWED_SOURCES": plan.demo_source,
        }
    return environment


def _hosts(plan: Plan) -> dict[str, str]:
    """Databases and identity providers may be on this machine, but none of its mesh's ports."""
    ports = (*plan.ports.values(), plan.settings.port)
    return {"INFINURE_ALLOW_PRIVATE_HOSTS": "true", "INFINURE_DENIED_PORTS": ",".join(map(str, ports))}


def common_environment(plan: Plan, certificate: str) -> dict[str, str]:
    """What every process of the mesh gets."""
    files = plan.certificates.files(certificate)
    return {
        **base_environment(),
        **plan.settings.passed_on,
        "INFINURE_HOME": str(plan.home.folder),
        "INFINURE_TLS_CERTIFICATE": str(files.certificate),
        "INFINURE_TLS_KEY": str(files.key),
        "INFINURE_TLS_CA": str(files.authority),
        "INFINURE_TRUST_DOMAIN": plan.settings.trust_domain,
        "INFINURE_PUBLIC_URL": plan.settings.url,
        "INFINURE_LOG_LEVEL": plan.settings.log_level,
        # glibc keeps an arena per thread otherwise, which costs each service tens of MB.
        "MALLOC_ARENA_MAX": "2",
        **{f"INFINURE_{service.upper()}_ADDRESS": plan.address(service) for service in SERVICES},
    }


def front_launch(plan: Plan, name: str, module: str, certificate: str) -> Launch:
    """How the edge and the pages' server are started."""
    environment = common_environment(plan, certificate) | {
        "INFINURE_PUBLIC_LISTEN": f"127.0.0.1:{plan.settings.port}",
        "INFINURE_EDGE_ADMIN_LISTEN": plan.address("edge_admin"),
        "INFINURE_WEB_ADDRESS": plan.address("web"),
        "INFINURE_AUTH_OPERATIONS_ADDRESS": plan.address("auth_operations"),
        "INFINURE_LISTEN": plan.address("web"),
        "TMPDIR": str(plan.home.work(name)),
    }
    return _python(plan, name, module, environment)


def _python(plan: Plan, name: str, module: str, environment: dict[str, str], *arguments: str) -> Launch:
    folder = plan.home.work(name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Launch(
        # -P: nothing in the working folder can be imported by accident.
        arguments=(sys.executable, "-P", "-m", module, *arguments),
        environment=environment,
        folder=folder,
        log=plan.home.log(name),
    )
