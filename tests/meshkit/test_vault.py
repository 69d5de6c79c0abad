"""Credentials open for what they were sealed for, and for nothing else."""

import base64
import os
from itertools import permutations
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meshkit.vault import (
    CiphertextRefused,
    DataKey,
    FileMasterKey,
    MasterKeyUnusable,
    WrappedDataKey,
    new_data_key,
    open_data_key,
    rewrap,
)

ORGANIZATIONS = (UUID(int=1), UUID(int=2))
SOURCES = (UUID(int=11), UUID(int=12))
KEY = DataKey(ORGANIZATIONS[0], 1, bytes(range(32)))


def master() -> FileMasterKey:
    return FileMasterKey((os.urandom(32),))


@given(st.binary(max_size=500), st.text(max_size=30))
def test_what_is_sealed_opens(plaintext: bytes, name: str) -> None:
    sealed = KEY.seal(plaintext, owner_id=SOURCES[0], name=name)
    assert KEY.unseal(sealed, owner_id=SOURCES[0], name=name) == plaintext
    assert len(plaintext) < 4 or plaintext not in sealed


@given(st.binary(min_size=1, max_size=60), st.data())
def test_no_changed_byte_and_no_cut_opens(plaintext: bytes, data: st.DataObject) -> None:
    sealed = KEY.seal(plaintext, owner_id=SOURCES[0], name="password")
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    flipped = bytearray(sealed)
    flipped[bit // 8] ^= 1 << bit % 8
    cut = data.draw(st.integers(0, len(sealed) - 1))
    for wrong in (bytes(flipped), sealed[:cut], sealed[cut + 1 :], sealed + b"\0", b""):
        with pytest.raises(CiphertextRefused):
            KEY.unseal(wrong, owner_id=SOURCES[0], name="password")


def test_no_two_ciphertexts_can_be_swapped() -> None:
    secret = KEY.secret  # the same bytes everywhere: only what is authenticated beside them tells the places apart
    places = [
        (DataKey(organization, version, secret), source, name)
        for organization in ORGANIZATIONS
        for version in (1, 2)
        for source in SOURCES
        for name in ("password", "passwor", "user")
    ]
    sealed = [key.seal(b"x", owner_id=source, name=name) for key, source, name in places]
    for (text, _), (_, place) in permutations(zip(sealed, places, strict=True), 2):
        key, source, name = place
        with pytest.raises(CiphertextRefused):
            key.unseal(text, owner_id=source, name=name)


def test_nonces_differ() -> None:
    sealed = {KEY.seal(b"", owner_id=SOURCES[0], name="a")[:13] for _ in range(20_000)}
    assert len(sealed) == 20_000


async def test_a_data_key_is_stored_wrapped() -> None:
    wrapping = master()
    key, stored = await new_data_key(wrapping, ORGANIZATIONS[0])
    assert key.secret not in stored.wrapped
    assert (await open_data_key(wrapping, stored)) == key
    other, _ = await new_data_key(wrapping, ORGANIZATIONS[0])
    assert other.secret != key.secret


async def test_a_wrapped_key_opens_for_its_organization_and_version_alone() -> None:
    wrapping = master()
    _, stored = await new_data_key(wrapping, ORGANIZATIONS[0])
    for wrong in (
        WrappedDataKey(ORGANIZATIONS[1], 1, stored.wrapped),
        WrappedDataKey(ORGANIZATIONS[0], 2, stored.wrapped),
        WrappedDataKey(ORGANIZATIONS[0], 1, stored.wrapped[:-1]),
        WrappedDataKey(ORGANIZATIONS[0], 1, stored.wrapped[:-1] + bytes([stored.wrapped[-1] ^ 1])),
        WrappedDataKey(ORGANIZATIONS[0], 1, b""),
    ):
        with pytest.raises(CiphertextRefused):
            await open_data_key(wrapping, wrong)


async def test_a_master_key_is_rotated() -> None:
    old, new = os.urandom(32), os.urandom(32)
    key, stored = await new_data_key(FileMasterKey((old,)), ORGANIZATIONS[0])
    with pytest.raises(MasterKeyUnusable):
        await open_data_key(FileMasterKey((new,)), stored)
    both = FileMasterKey((new, old))
    again = await rewrap(both, both, stored)
    assert await open_data_key(FileMasterKey((new,)), again) == key
    with pytest.raises(MasterKeyUnusable):
        await open_data_key(FileMasterKey((old,)), again)


async def test_the_master_key_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "master"
    path.write_bytes(base64.b64encode(os.urandom(32)) + b"\n")
    key, stored = await new_data_key(FileMasterKey.read(path), ORGANIZATIONS[0])
    assert await open_data_key(FileMasterKey.read(path), stored) == key


@pytest.mark.parametrize("content", [b"", b"c2hvcnQ=", b"not base64!", b"\xff\xfe", base64.b64encode(bytes(33))])
def test_a_bad_master_key_file_is_an_error_without_its_content(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "master"
    path.write_bytes(content)
    with pytest.raises(MasterKeyUnusable) as refused:
        FileMasterKey.read(path)
    assert not content or content.decode("latin-1") not in str(refused.value)
    with pytest.raises(MasterKeyUnusable, match="can't be read"):
        FileMasterKey.read(tmp_path / "absent")


def test_keys_never_print() -> None:
    secret = bytes(range(65, 97))
    shown = repr(DataKey(ORGANIZATIONS[0], 1, secret)) + repr(FileMasterKey((secret,)))
    shown += repr(WrappedDataKey(ORGANIZATIONS[0], 1, secret))
    assert secret.decode() not in shown
