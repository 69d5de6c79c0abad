"""Columns whose names look sensitive give no samples: their values must not reach an index or a screen unasked."""

import re

_WORDS = frozenset(
    "email mail phone telephone mobile fax password passwd pwd passphrase secret token apikey ssn sin nin nino iban "
    "bic swift card cvv cvc pan pin passport license licence birth birthday birthdate dob salary wage address street "
    "postcode zip zipcode latitude longitude diagnosis icd medical patient insurance tax vat tin signature fingerprint "
    "credential credentials firstname lastname surname".split()
)
_PHRASES = (
    "e_mail", "api_key", "access_key", "private_key", "credit_card", "card_number", "account_number", "national_id",
    "social_security", "date_of_birth", "ip_address", "first_name", "last_name", "full_name", "credit_score",
    "bank_account",
)  # fmt: skip
# "card_type", "email_verified", "tax_rate": kinds and measures of a sensitive thing aren't the thing.
_HARMLESS_ENDINGS = frozenset(
    "type kind status verified enabled count rate brand network channel method consent opt".split()
)


def looks_sensitive(column: str) -> bool:
    """Whether the name suggests personal or secret values. Policy decides rights; this only decides samples."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", column).lower())
    if not words or words[-1] in _HARMLESS_ENDINGS:
        return False
    joined = f"_{'_'.join(words)}_"
    return any(word in _WORDS for word in words) or any(f"_{phrase}_" in joined for phrase in _PHRASES)
