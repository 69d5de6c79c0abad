"""Repair shops: people with wages, drivers who may be reached or not, repairs that begin and end, one metric."""

from services.ml_gateway.engine.model import Catalog, ColumnKey, Metric, TableKey
from tests.engine.catalogs import key, table

_REPAIRS = TableKey("public", "repairs")


def garage() -> Catalog:
    tables = (
        table("garages", "garage_id int!, name text!, street text!"),
        table("mechanics", "mechanic_id int!, full_name text!, wage num!, garage_id int!"),
        table(
            "drivers",
            "driver_id int!, full_name text!, town text!, phone text, e_mail text, joined_on date!",
            samples={"town": ("Porto", "Ghent", "Linz", "Graz")},
            row_count=40,
        ),
        table(
            "repairs",
            "repair_id int!, driver_id int!, mechanic_id int!, price num!, state text!, started_at ts!",
            samples={"state": ("done", "stopped", "waiting")},
            row_count=240,
        ),
        table("inspections", "inspection_id int!, driver_id int!, entered_at ts!, left_at ts, fee num!", row_count=240),
    )
    keys = (
        key("mechanics.garage_id -> garages.garage_id"),
        key("repairs.driver_id -> drivers.driver_id"),
        key("repairs.mechanic_id -> mechanics.mechanic_id"),
        key("inspections.driver_id -> drivers.driver_id"),
    )
    day = ColumnKey(_REPAIRS, "started_at")
    turnover = Metric("turnover", _REPAIRS, "sum(price)", "Turnover", time_column=day)
    return Catalog(tables, keys, (turnover,), dialect="sqlite")
