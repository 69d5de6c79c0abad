"""What may become a password: by the default policy, by the NIST one, and beside the passwords before it."""

import time

import pytest

from meshkit.secrets import Secret
from services.auth import password_policy
from services.auth.errors import PasswordTooWeak
from services.auth.new_passwords import PREVENT_REUSE, Held, NewPasswords
from services.auth.passwords import Passwords

CURRENT = "Kestrel-Nest-41"
FULL_WIDTH = "".join(chr(0xFF10 + digit) for digit in (1, 2, 3, 4))


def broken(password: str, *words: str, mode: str = password_policy.CLASSES, second_factor: bool = False) -> str:
    """The names of the rules that the password breaks; "" if it may be set."""
    try:
        password_policy.check(password, words, mode=mode, second_factor=second_factor)
    except PasswordTooWeak as weak:
        return weak.metadata["rules"]
    return ""


async def refused(new: NewPasswords, wanted: str, current: str | None = None, *before: str) -> bool:
    held = Held(hashes=[await new.passwords.hash(Secret(one)) for one in before])
    try:
        await new.check(Secret(wanted), held, Secret(current) if current is not None else None)
    except PasswordTooWeak as weak:
        return weak.metadata["rules"] == "reused"
    return False


@pytest.mark.parametrize(
    "password",
    [
        "Password123!!", "P4$$w0rd2026!", "!!Welcome2026", "Letmein12345!", "Qwertyuiop12!", "Asdfghjkl2026!",
        "Abcdefghij12!", "Zzzzzzzzzzz1!", "1qaz2wsx3EDC!", "Autumn2026!!!", "Administrator1!",
    ],
)  # fmt: skip
@pytest.mark.parametrize("mode", password_policy.MODES)
def test_what_is_guessed_first_is_refused_however_it_is_dressed(password: str, mode: str) -> None:
    assert "common" in broken(password, mode=mode, second_factor=True)


@pytest.mark.parametrize(
    "password", ["My-Summer-Garden-26!", "Old-Passw0rd-77!", "Welcome-Kestrel-4", "Dragon#83-Lagoon"]
)
def test_a_common_word_among_others_is_no_reason(password: str) -> None:
    assert broken(password) == ""


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("Northwind-Trade-26!", ("Northwind Trade",)),
        ("N0rthwindTrad3-26!", ("northwind-trade",)),
        ("Lea.martin-2026!", ("lea.martin",)),
        ("Infinure-Forever-1", ()),
    ],
)
def test_what_the_account_is_called_by_is_no_password(password: str, words: tuple[str, ...]) -> None:
    assert broken(password, *words) == "own"


def test_short_names_forbid_nothing() -> None:
    assert broken("Kestrel-Nest-41", "kes", "AB") == ""


@pytest.mark.parametrize(
    ("password", "alone", "with_factor"),
    [
        ("kestrel lagoon timber", "", ""),
        ("kestrel lagoon", "length", ""),
        ("zunfelo", "length", "length"),
        ("zunfelozunfelo", "length", ""),
        ("ab1!ab1!ab1!ab1!", "common", "common"),
    ],
)
def test_nist_asks_for_length_and_no_classes(password: str, alone: str, with_factor: str) -> None:
    assert broken(password, mode=password_policy.NIST) == alone
    assert broken(password, mode=password_policy.NIST, second_factor=True) == with_factor


def test_full_width_digits_are_digits() -> None:
    assert broken(FULL_WIDTH + "Kestrelnest!") == ""
    assert broken(FULL_WIDTH + "Abcdefg!") == "common"  # not for its digits


def test_a_space_is_allowed_and_is_no_symbol() -> None:
    assert broken("Tr7 kQx9 LpZ4") == "symbol"
    assert broken("Tr7 kQx9 LpZ4!") == ""


def test_control_characters_are_refused() -> None:
    assert broken("Kestrel-Nest\t41") == broken("Kestrel-Nest\x00-41") == "text"


def test_a_mebibyte_is_refused_at_once() -> None:
    started = time.perf_counter()
    assert broken("Xa1!" * (1 << 18)) == "longest"
    assert time.perf_counter() - started < 0.05


async def test_the_last_twelve_are_refused_and_the_one_before_them_is_not() -> None:
    async with Passwords() as passwords:
        new = NewPasswords(passwords)
        before = [f"Kestrel-Nest-{number}" for number in range(PREVENT_REUSE + 1)]
        assert await refused(new, before[PREVENT_REUSE - 1], None, *before)
        assert not await refused(new, before[PREVENT_REUSE], None, *before)


async def test_the_one_in_use_with_a_space_more_or_in_other_case_is_refused() -> None:
    async with Passwords() as passwords:
        new = NewPasswords(passwords)
        assert await refused(new, f"{CURRENT} ", CURRENT)
        assert await refused(new, CURRENT.swapcase(), CURRENT)
        assert not await refused(new, f"{CURRENT}x", CURRENT)


async def test_passwords_that_differ_late_are_different_and_one_text_of_two_keyboards_is_the_same() -> None:
    async with Passwords() as passwords:
        long = "Xa1!" * 30
        assert not await passwords.matches(Secret(long + "A"), await passwords.hash(Secret(long + "B")))
        composed, decomposed = "Caf\u00e9-Kestrel-41", "Cafe\u0301-Kestrel-41"
        assert await passwords.matches(Secret(decomposed), await passwords.hash(Secret(composed)))
