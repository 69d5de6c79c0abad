"""One-time codes, at the edges of their time and of what counts as a code."""

from datetime import UTC, datetime, timedelta

import pytest

from meshkit.secrets import Secret
from services.auth.totp import STEP_SECONDS, Codes, new_secret, provisioning_uri

NOW = datetime(2026, 1, 2, 3, 4, 0, tzinfo=UTC)
STEP = int(NOW.timestamp()) // STEP_SECONDS
CODES = Codes()


@pytest.fixture
def secret() -> Secret:
    return new_secret()


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_to_either_side_is_accepted(secret: Secret, steps: int, accepted: bool) -> None:
    found = CODES.accepted_step(secret, CODES.of_step(secret, STEP + steps), NOW, None)
    assert found == (STEP + steps if accepted else None)


def test_a_step_is_accepted_once_and_none_before_it(secret: Secret) -> None:
    assert CODES.accepted_step(secret, CODES.of_step(secret, STEP), NOW, STEP) is None
    assert CODES.accepted_step(secret, CODES.of_step(secret, STEP - 1), NOW, STEP) is None
    assert CODES.accepted_step(secret, CODES.of_step(secret, STEP + 1), NOW, STEP) == STEP + 1


def test_clocks_that_differ_by_up_to_a_step_agree_and_by_ninety_seconds_do_not(secret: Secret) -> None:
    code = CODES.of_step(secret, STEP)
    for seconds in (-29, 29):
        assert CODES.accepted_step(secret, code, NOW + timedelta(seconds=seconds), None) == STEP
    for seconds in (-90, 90):
        assert CODES.accepted_step(secret, code, NOW + timedelta(seconds=seconds), None) is None
    # A server whose clock is set back doesn't take what was taken.
    assert CODES.accepted_step(secret, code, NOW - timedelta(seconds=29), STEP) is None


def test_a_code_may_be_typed_in_two_groups(secret: Secret) -> None:
    code = CODES.of_step(secret, STEP)
    assert CODES.accepted_step(secret, f"{code[:3]} {code[3:]}", NOW, None) == STEP


@pytest.mark.parametrize("change", ["{}0", "0{}", "+{}", "{}\0", "{}\n", "-{}"])
def test_nothing_but_the_six_digits_is_the_code(secret: Secret, change: str) -> None:
    assert CODES.accepted_step(secret, change.format(CODES.of_step(secret, STEP)), NOW, None) is None


def test_digits_of_other_scripts_are_none(secret: Secret) -> None:
    arabic = CODES.of_step(secret, STEP).translate({ord("0") + digit: 0x660 + digit for digit in range(10)})
    assert CODES.accepted_step(secret, arabic, NOW, None) is None


def test_apps_are_told_issuer_and_account(secret: Secret) -> None:
    uri = provisioning_uri(secret, "ada@example.test").reveal()
    assert uri.startswith("otpauth://totp/Infinure:ada%40example.test?")
    assert f"secret={secret.reveal()}" in uri
