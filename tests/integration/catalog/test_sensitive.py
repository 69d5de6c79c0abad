"""What is personal or secret is known by its name or by its values, and nothing of it is kept."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest

from services.integration.catalog.document import to_document
from services.integration.catalog.reading import read_catalog
from services.integration.catalog.sensitive import (
    is_card_number,
    is_sensitive_value,
    looks_sensitive,
    values_look_sensitive,
)
from tests.integration.catalog.readers import dial_to

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    """first_name LastName customerSurname Vorname nachname e-mail EMailAddress courriel correo_electronico Téléfono
    handynummer mot_de_passe contraseña senha Straße home_address patient_name tax_id national_id IBAN card_no
    credit_card api_key access_token client_secret ssn geburtsdatum date_of_birth codice_fiscale""".split(),
)
def test_names(name: str) -> None:
    assert looks_sensitive(name)


@pytest.mark.parametrize(
    "name",
    """name product_name address_id email_count emails_sent card_type tax tax_amount insurance_fee license_count
    latitude shipping_cost company status secretary tokenizer_version phone_type handyman""".split(),
)
def test_harmless_names(name: str) -> None:
    assert not looks_sensitive(name)


@pytest.mark.parametrize(
    "value",
    [
        "a.b+c@example.co.uk", "+49 30 1234567", "(555) 123-4567", "555-123-4567", "DE89 3704 0044 0532 0130 00",
        "GB29NWBK60161331926819", "$2b$12$" + "a" * 53, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.sig", "sk_live_abcdefgh1234",
        "AKIAIOSFODNN7EXAMPLE",
    ],
)  # fmt: skip
def test_values(value: str) -> None:
    assert is_sensitive_value(value)


@pytest.mark.parametrize(
    "value",
    ["2024-01-05", "2024-01-05 10:00:00", "3.14159", "ORD-2024-00017", "DE00123456789012345678", "@home", "1234567890",
     "10.0.0.1", "Berlin", "a@b", "192-168"],
)  # fmt: skip
def test_harmless_values(value: str) -> None:
    assert not is_sensitive_value(value)


def test_card_numbers_have_a_check_digit() -> None:
    assert is_card_number("4111 1111 1111 1111")
    assert is_card_number("378282246310005")
    assert not is_card_number("4111111111111112")
    assert values_look_sensitive(["4111111111111111", "5555555555554444", "378282246310005", "6011111111111117",
                                  "4012888888881881"])  # fmt: skip
    assert not values_look_sensitive([f"40000000000000{n:02d}" for n in range(100)])  # as many as by accident


async def test_values_tell_where_names_do_not() -> None:
    rows = [
        (f"person{n}@example.com", 4111111111111111 if n % 2 else 5555555555554444, "Call +49 30 1234567" if n else "",
         "canary@example.com" if n == 7 else f"note {n}", f"user_{n}")
        for n in range(20)
    ]  # fmt: skip
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE t (login TEXT, paid_with TEXT, remark TEXT, mixed TEXT, handle TEXT)")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", rows)
        catalog = await read_catalog("sqlite", dial_to(connection), now=NOW)
    connection.close()
    flagged = {column.name: column.sensitive for column in catalog.tables[0].columns}
    assert flagged == {"login": True, "paid_with": False, "remark": False, "mixed": False, "handle": False}
    mixed = catalog.tables[0].columns[3]
    assert (len(mixed.samples), mixed.samples_complete) == (19, False)
    assert "@example.com" not in to_document(catalog)
