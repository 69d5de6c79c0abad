"""A printing house: jobs that take hours and cost money, workers with salaries, clients who may be reached or not."""

from services.ml_gateway.engine.model import Catalog, ColumnKey, Metric, TableKey
from tests.engine.catalogs import key, table

_JOBS = TableKey("public", "jobs")


def press() -> Catalog:
    tables = (
        table(
            "clients",
            "client_id int!, full_name text!, town text!, phone text, email text, born_on date!, joined_at ts!",
            samples={"town": ("Utrecht", "Vienna", "Cork"), "email": ("a@x.test", "b@x.test", "c@x.test")},
            row_count=40,
        ),
        table(
            "workers",
            "worker_id int!, full_name text!, position text!, salary num!, hired_on date!",
            samples={"position": ("printer", "binder", "clerk"), "full_name": ("Ida", "Jon", "Kim", "Lea", "Mo")},
            row_count=40,
        ),
        table(
            "jobs",
            "job_id int!, client_id int!, worker_id int!, ordered_at ts!, finished_at ts, price num!, tax_amount num!, "
            "pages int!, spoiled int!, machine text!",
            samples={"machine": ("offset", "digital")},
            row_count=240,
        ),
    )
    keys = (key("jobs.client_id -> clients.client_id"), key("jobs.worker_id -> workers.worker_id"))
    day = ColumnKey(_JOBS, "ordered_at")
    metrics = (
        Metric("jobs", _JOBS, "count(*)", "Jobs", time_column=day),
        Metric("turnover", _JOBS, "sum(price)", "Turnover", time_column=day),
        Metric("spoilage", _JOBS, "sum(spoiled) * 1.0 / nullif(sum(pages), 0)", "Spoilage rate", time_column=day),
    )
    return Catalog(tables, keys, metrics, dialect="sqlite")
