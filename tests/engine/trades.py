"""Catalogs of other trades than the shop's, none with a semantic model: what any database gives away by itself."""

from services.ml_gateway.engine.model import Catalog
from tests.engine.catalogs import key, table


def practice() -> Catalog:
    return Catalog(
        (
            table("clinics", "id int!, name text!, city text!", samples={"city": ("Lyon", "Nantes")}),
            table(
                "doctors",
                "id int!, full_name text!, specialty text!, clinic_id int!",
                samples={"specialty": ("cardiology", "dermatology", "pediatrics")},
            ),
            table("patients", "id int!, first_name text!, last_name text!, phone text, birth_date date!"),
            table(
                "appointments",
                "id int!, patient_id int!, doctor_id int!, scheduled_at ts!, status text!, fee num!",
                samples={"status": ("attended", "missed", "cancelled")},
            ),
        ),
        (
            key("doctors.clinic_id -> clinics.id"),
            key("appointments.patient_id -> patients.id"),
            key("appointments.doctor_id -> doctors.id"),
        ),
    )


def staffing() -> Catalog:
    return Catalog(
        (
            table("offices", "id int!, city text!, country text!", samples={"city": ("Porto", "Turin", "Ghent")}),
            table("departments", "id int!, name text!", samples={"name": ("Finance", "Engineering", "Support")}),
            table(
                "employees",
                "id int!, full_name text!, job_title text!, salary num!, department_id int!, office_id int!, "
                "joined_on date!, left_on date",
                samples={"job_title": ("engineer", "accountant", "recruiter")},
            ),
        ),
        (key("employees.department_id -> departments.id"), key("employees.office_id -> offices.id")),
    )


def freight() -> Catalog:
    return Catalog(
        (
            table("carriers", "id int!, name text!"),
            table("ports", "id int!, name text!, country text!", samples={"name": ("Rotterdam", "Gdansk", "Genoa")}),
            table(
                "shipments",
                "id int!, carrier_id int!, origin_port_id int!, destination_port_id int!, shipped_at tstz!, "
                "delivered_at tstz, is_late bool!, freight_cost num!, weight_kg num!",
            ),
        ),
        (
            key("shipments.carrier_id -> carriers.id"),
            key("shipments.origin_port_id -> ports.id"),
            key("shipments.destination_port_id -> ports.id"),
        ),
    )


def college() -> Catalog:
    return Catalog(
        (
            table("teachers", "id int!, name text!"),
            table(
                "courses",
                "id int!, title text!, teacher_id int!, credits int!",
                samples={"title": ("Algebra", "Botany", "Chemistry")},
            ),
            table("students", "id int!, name text!, email text, birth_date date!, year_of_study int!"),
            table("enrolments", "id int!, student_id int!, course_id int!, enrolled_on date!, score num"),
        ),
        (
            key("courses.teacher_id -> teachers.id"),
            key("enrolments.student_id -> students.id"),
            key("enrolments.course_id -> courses.id"),
        ),
    )


def subscriptions() -> Catalog:
    return Catalog(
        (
            table("accounts", "id int!, company_name text!, industry text!, created_at tstz!",
                  samples={"industry": ("retail", "media", "energy")}),
            table("plans", "id int!, name text!, monthly_price num!", samples={"name": ("Free", "Team", "Business")}),
            table(
                "subscriptions",
                "id int!, account_id int!, plan_id int!, status text!, seats int!, started_at tstz!, cancelled_at tstz",
                samples={"status": ("active", "cancelled", "trial")},
            ),
            table("invoices", "id int!, subscription_id int!, issued_on date!, paid_on date, total_amount num!"),
        ),
        (
            key("subscriptions.account_id -> accounts.id"),
            key("subscriptions.plan_id -> plans.id"),
            key("invoices.subscription_id -> subscriptions.id"),
        ),
    )  # fmt: skip


TRADES = {
    "practice": practice,
    "staffing": staffing,
    "freight": freight,
    "college": college,
    "subscriptions": subscriptions,
}
