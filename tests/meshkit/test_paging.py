"""Page tokens: sealed, and good for their own caller and listing alone."""

import base64

import pytest

from meshkit.errors import InvalidArgument
from meshkit.ids import new_id
from meshkit.paging import PageTokens
from meshkit.secrets import Secret
from tests.builders import tokens

PAGES = PageTokens(tokens.page_token_key())
ADA = tokens.caller(new_id())
POSITION = {"time": "2026-01-02T03:04:05Z", "id": "0198c0de"}
LISTING = "conversations?archived=false"
TOKEN = PAGES.seal(POSITION, listing=LISTING, caller=ADA)


def test_opens_to_what_was_sealed() -> None:
    assert PAGES.open(TOKEN, listing=LISTING, caller=ADA) == POSITION
    assert PAGES.open("", listing=LISTING, caller=ADA) is None


def test_shows_nothing_and_fits_its_field() -> None:
    raw = base64.urlsafe_b64decode(TOKEN + "=" * (-len(TOKEN) % 4))
    assert b"0198c0de" not in raw
    assert len(TOKEN) < 1024


def test_altered_token_is_refused() -> None:
    for index in range(len(TOKEN) - 1):
        other = "A" if TOKEN[index] != "A" else "B"
        _refused(TOKEN[:index] + other + TOKEN[index + 1 :])
    _refused(TOKEN[:-4])
    _refused(TOKEN + "AAAA")


@pytest.mark.parametrize("text", ["x", "no token", "ÄÖ", "A" * 16])
def test_nonsense_is_refused(text: str) -> None:
    _refused(text)


def test_another_callers_listings_or_keys_token_is_refused() -> None:
    _refused(PAGES.seal(POSITION, listing=LISTING, caller=tokens.caller(ADA.organization_id)))
    _refused(PAGES.seal(POSITION, listing=LISTING, caller=tokens.caller(new_id(), ADA.user_id)))
    _refused(PAGES.seal(POSITION, listing="conversations?archived=true", caller=ADA))
    _refused(PageTokens(tokens.page_token_key()).seal(POSITION, listing=LISTING, caller=ADA))


@pytest.mark.parametrize("key", ["", "no base64!", base64.b64encode(b"short").decode()])
def test_wrong_key_is_refused_at_start(key: str) -> None:
    with pytest.raises(ValueError, match="page token key"):
        PageTokens(Secret(key))


def _refused(token: str) -> None:
    with pytest.raises(InvalidArgument) as raised:
        PAGES.open(token, listing=LISTING, caller=ADA)
    assert raised.value.reason == "PAGE_TOKEN_INVALID"
