"""A hire company's catalog, for questions as people ask them: no semantic model, only names, keys and values."""

from services.ml_gateway.engine.model import Catalog
from tests.engine.catalogs import key, table


def rental() -> Catalog:
    return Catalog(
        (
            table("branches", "id int!, name text!, city text!", samples={"city": ("Leeds", "York", "Hull")}),
            table(
                "employees",
                "id int!, first_name text!, last_name text!, job text!, salary num!, hired_on date!, branch_id int!, "
                "manager_id int",
                samples={"job": ("clerk", "mechanic", "driver"), "last_name": ("Hart", "Lowe", "Reyes", "Sato")},
            ),
            table(
                "customers",
                "id int!, name text!, city text!, country text!, joined_on date!, is_business bool!",
                samples={
                    "city": ("Leeds", "Lyon", "Porto", "Ghent"),
                    "country": ("England", "France", "Portugal", "Belgium"),
                },
            ),
            table("families", "id int!, name text!", samples={"name": ("Tools", "Vehicles", "Party")}),
            table(
                "machines",
                "id int!, name text!, family_id int!, daily_rate num!, weight_kg num!, built_year int!, colour text!",
                samples={"colour": ("red", "green", "blue"), "name": ("Drill", "Digger", "Van", "Tent", "Mixer")},
            ),
            table(
                "rentals",
                "id int!, customer_id int!, machine_id int!, pickup_branch_id int!, return_branch_id int!, "
                "price num!, start_date date!, end_date date, status text!",
                samples={"status": ("open", "closed", "cancelled")},
            ),
            table("reviews", "id int!, rental_id int!, stars int!, comment text"),
        ),
        (
            key("employees.branch_id -> branches.id"),
            key("employees.manager_id -> employees.id"),
            key("machines.family_id -> families.id"),
            key("rentals.customer_id -> customers.id"),
            key("rentals.machine_id -> machines.id"),
            key("rentals.pickup_branch_id -> branches.id"),
            key("rentals.return_branch_id -> branches.id"),
            key("reviews.rental_id -> rentals.id"),
        ),
    )
