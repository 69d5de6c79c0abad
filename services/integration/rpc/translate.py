"""Between messages and the model, pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from infinure.integration.v1 import query_service_pb2, source_pb2, source_service_pb2, upload_pb2

from meshkit.errors import FieldViolation, InvalidArgument
from meshkit.secrets import Secret
from services.integration.executors.port import Execution
from services.integration.executors.tls import Tls
from services.integration.model import (
    ClickhouseConfiguration,
    Configuration,
    FilesConfiguration,
    Inspection,
    MysqlConfiguration,
    NetworkConfiguration,
    PostgresConfiguration,
    Source,
    Uploaded,
    WarehouseConfiguration,
    kind_of,
)
from services.integration.progress import Progress
from services.integration.querying import RunningQuery

POSTGRES_PORT = 5432
MYSQL_PORT = 3306
CLICKHOUSE_PORT = 8123
CLICKHOUSE_TLS_PORT = 8443
_TLS = {
    source_pb2.TLS_MODE_UNSPECIFIED: Tls.PREFER,
    source_pb2.TLS_MODE_DISABLE: Tls.DISABLE,
    source_pb2.TLS_MODE_PREFER: Tls.PREFER,
    source_pb2.TLS_MODE_REQUIRE: Tls.REQUIRE,
    source_pb2.TLS_MODE_VERIFY_FULL: Tls.VERIFY_FULL,
}
_TLS_MODES = {tls: mode for mode, tls in _TLS.items() if mode}


def configuration(message: source_pb2.SourceConfiguration) -> tuple[NetworkConfiguration | Uploaded, Secret]:
    """The configuration, and the password apart from it.

    Raises InvalidArgument for a kind that no caller makes.
    """
    match message.WhichOneof("kind"):
        case "postgres":
            given = message.postgres
            return (
                PostgresConfiguration(
                    host=given.host,
                    port=given.port or POSTGRES_PORT,
                    database=given.database,
                    username=given.username,
                    tls=_TLS[given.tls_mode],
                    schemas=tuple(given.schemas),
                ),
                Secret(given.password),
            )
        case "mysql":
            mysql = message.mysql
            tls = _TLS[mysql.tls_mode]
            return (
                MysqlConfiguration(mysql.host, mysql.port or MYSQL_PORT, mysql.database, mysql.username, tls),
                Secret(mysql.password),
            )
        case "clickhouse":
            click = message.clickhouse
            tls = _TLS[click.tls_mode]
            port = click.port or (CLICKHOUSE_TLS_PORT if tls in (Tls.REQUIRE, Tls.VERIFY_FULL) else CLICKHOUSE_PORT)
            return (
                ClickhouseConfiguration(click.host, port, click.database, click.username, tls),
                Secret(click.password),
            )
        case "files":
            if not message.files.upload_ids:
                raise _invalid("configuration.files.upload_ids", "name at least one upload")
            return Uploaded(tuple(map(UUID, message.files.upload_ids))), Secret("")
    raise _invalid("configuration.warehouse", "the warehouse is made by loading a table into it")


def _invalid(field: str, text: str) -> InvalidArgument:
    return InvalidArgument("the request is invalid", violations=[FieldViolation(field, text)])


def _shown(given: Configuration) -> source_pb2.SourceConfiguration:
    match given:
        case PostgresConfiguration():
            return source_pb2.SourceConfiguration(
                postgres=source_pb2.PostgresConfiguration(**_network(given), schemas=given.schemas)
            )
        case MysqlConfiguration():
            return source_pb2.SourceConfiguration(mysql=source_pb2.MysqlConfiguration(**_network(given)))
        case ClickhouseConfiguration():
            return source_pb2.SourceConfiguration(clickhouse=source_pb2.ClickhouseConfiguration(**_network(given)))
        case FilesConfiguration():
            return source_pb2.SourceConfiguration(files=source_pb2.FilesConfiguration(file_names=given.file_names))
        case WarehouseConfiguration():
            return source_pb2.SourceConfiguration(warehouse=source_pb2.WarehouseConfiguration())


def _network(given: NetworkConfiguration) -> dict[str, Any]:
    return {
        "host": given.host,
        "port": given.port,
        "database": given.database,
        "username": given.username,
        "tls_mode": _TLS_MODES[given.tls],
    }


def source(known: Source) -> source_pb2.Source:
    given = known.configuration
    return source_pb2.Source(
        id=str(known.id),
        name=known.name,
        kind=kind_of(given),
        configuration=_shown(given),
        state=source_pb2.SOURCE_STATE_READY,
        table_count=known.table_count,
        catalog_time=timestamp(known.catalog_time),
        create_time=timestamp(known.create_time),
        suggested_questions=[question.text for question in known.questions],
        byte_count=given.byte_count if isinstance(given, FilesConfiguration) else 0,
    )


def progress(known: Progress) -> upload_pb2.Progress:
    return upload_pb2.Progress(stage=known.stage, fraction=known.fraction, row_count=known.row_count)


def inspection(found: Inspection) -> source_service_pb2.TestSourceResponse:
    return source_service_pb2.TestSourceResponse(
        server_version=found.server_version, latency=_duration(found.latency_seconds), warnings=found.warnings
    )


def running(query: RunningQuery) -> query_service_pb2.ExecuteQueryResponse:
    return query_service_pb2.ExecuteQueryResponse(
        query=query_service_pb2.RunningQuery(
            sql=query.query.sql,
            tables=query.query.tables,
            policy_version=query.query.policy_version,
            scope_note=query.scope_note,
        )
    )


def summary(execution: Execution) -> query_service_pb2.ExecuteQueryResponse:
    return query_service_pb2.ExecuteQueryResponse(
        summary=query_service_pb2.QuerySummary(
            row_count=execution.row_count,
            truncated=execution.truncated,
            data_time=timestamp(execution.data_time),
            duration=_duration(execution.duration_seconds),
        )
    )


def timestamp(moment: datetime) -> Timestamp:
    """The moment, which must carry a time zone."""
    message = Timestamp()
    message.FromDatetime(moment)
    return message


def _duration(seconds: float) -> Duration:
    message = Duration()
    message.FromTimedelta(timedelta(seconds=seconds))
    return message
