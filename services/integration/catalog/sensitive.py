"""Columns that look personal or secret give no samples: their values must not reach an index or a screen unasked.

By their names, in several languages, and by what their values look like where the name says nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from services.integration.catalog.values import is_date, is_moment

_WORDS = frozenset(
    """email emails mail mails emailaddress phone phones phonenumber telephone tel mobile fax msisdn password passwords
    passwd pwd passphrase passcode secret secrets token tokens apikey ssn sin nin nino iban bic cvv cvc pan pin passport
    birth birthday birthdate dateofbirth dob salary salaries wage wages address addresses street postcode zip zipcode
    postalcode diagnosis diagnoses icd medical signature fingerprint credential credentials firstname lastname surname
    forename fullname maidenname middlename cardnumber creditcard accountnumber socialsecurity nationalid taxid
    telefon telefonnummer handy handynummer mobil strasse plz postleitzahl anschrift geburtsdatum geburtstag vorname
    nachname passwort kennwort kreditkarte kontonummer steuernummer steuerid gehalt lohn ausweisnummer
    sozialversicherungsnummer diagnose
    courriel telephone portable motdepasse prenom naissance adresse rue salaire
    correo telefono movil celular contrasena apellido apellidos nacimiento direccion calle dni nif nie salario sueldo
    cognome cellulare nascita indirizzo stipendio codicefiscale
    senha sobrenome endereco nascimento cpf cnpj
    wachtwoord achternaam voornaam geboortedatum rekeningnummer bsn telefoonnummer
    haslo nazwisko imie pesel""".split()
)
_PHRASES = (
    "e_mail", "api_key", "access_key", "private_key", "secret_key", "credit_card", "card_number", "card_no", "card_num",
    "account_number", "account_no", "national_id", "tax_id", "tax_number", "vat_number", "vat_id", "social_security",
    "date_of_birth", "birth_date", "ip_address", "first_name", "last_name", "middle_name", "maiden_name", "given_name",
    "family_name", "full_name", "credit_score", "bank_account", "insurance_number", "license_number", "licence_number",
    "license_plate", "driver_license", "patient_name", "mot_de_passe", "nom_de_famille", "nom_famille",
    "carte_bancaire", "numero_secu", "codice_fiscale", "cuenta_bancaria", "tarjeta_credito",
)  # fmt: skip
# "card_type", "email_verified", "address_id": kinds, counts and numbers of a sensitive thing aren't the thing.
_HARMLESS_ENDINGS = frozenset(
    """type kind status verified enabled count rate brand network channel method consent opt id ids sent opened clicked
    template valid amount total fee cost required changed""".split()
)
_PHONE = re.compile(r"(\+\d[\d ()./-]{6,18}|\(\d{2,5}\) ?\d[\d -]{4,12}|\d{3}[-. ]\d{3}[-. ]\d{4})")
_EMAIL = re.compile(r"[^\s@,;<>]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_SSN = re.compile(r"\d{3}-\d{2}-\d{4}")
_SECRET = re.compile(
    r"(\$2[aby]?\$\d\d\$.{50,}|\$argon2.*|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*|(sk|pk|rk)_(live|test)_\w{8,}"
    r"|AKIA[0-9A-Z]{12,}|gh[pousr]_\w{20,}|-----BEGIN .*)",
    re.DOTALL,
)
_TELLING_SHARE = 0.3
_CERTAIN_SHARE = 0.8  # for forms that innocent numbers have too, now and then
_FEWEST = 5


def looks_sensitive(column: str) -> bool:
    """Whether the name suggests personal or secret values. Policy decides rights; this only decides samples."""
    folded = unicodedata.normalize("NFKD", re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", column).lower().replace("ß", "ss"))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in folded if not unicodedata.combining(c)))
    joined = f"_{'_'.join(words)}_"
    if any(f"_{phrase}_" in joined for phrase in _PHRASES):
        return words[-1] not in _HARMLESS_ENDINGS - {"id", "ids"}
    if not words or words[-1] in _HARMLESS_ENDINGS:
        return False
    return any(word in _WORDS for word in words)


def values_look_sensitive(values: Iterable[str]) -> bool:
    """Whether enough of the values have the form of addresses, numbers of cards or accounts, or secrets."""
    found = [value.strip() for value in values if value.strip()]
    if not found:
        return False
    telling = sum(is_sensitive_value(value) for value in found)
    certain = sum(is_card_number(value) or bool(_SSN.fullmatch(value)) for value in found)
    return telling / len(found) >= _TELLING_SHARE or (len(found) >= _FEWEST and certain / len(found) >= _CERTAIN_SHARE)


def is_sensitive_value(value: str) -> bool:
    """Whether one value by itself is an e-mail address, a telephone or account number or a secret."""
    if _EMAIL.fullmatch(value) or _SECRET.fullmatch(value) or _is_iban(value):
        return True
    return _PHONE.fullmatch(value) is not None and not is_date(value) and not is_moment(value)


def is_card_number(value: str) -> bool:
    """Whether it has a payment card's length and check digit (Luhn, ISO/IEC 7812)."""
    digits = re.sub(r"[ -]", "", value)
    if not re.fullmatch(r"[2-6]\d{12,18}", digits):
        return False
    numbers = [int(digit) for digit in reversed(digits)]
    return (sum(numbers[::2]) + sum(sum(divmod(2 * number, 10)) for number in numbers[1::2])) % 10 == 0


def _is_iban(value: str) -> bool:
    """ISO 13616: letters as numbers, country and check digits last, remainder 1 by 97."""
    compact = value.replace(" ", "").upper()
    if not _IBAN.fullmatch(compact):
        return False
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1
