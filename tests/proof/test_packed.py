# SPDX-License-Identifier: Apache-2.0
"""Compressed files of bundles: one member, whole, no larger inside than a bundle may be."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.errors import InputError
from filiera.proof.bundle import MAX_BYTES, parse_bundle
from filiera.proof.packed import MAGIC, packed, unpacked
from filiera.proof.trust import parse_trust
from tests.support.compressed import BOMB, GOOD, PLAIN, READ, REFUSED


@pytest.mark.parametrize("how", READ)
def test_the_bundle_is_what_is_inside_however_it_was_compressed(how: str) -> None:
    assert unpacked(READ[how]) == PLAIN


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_one_whole_bundle_is_refused_with_its_code(what: str) -> None:
    data, code = REFUSED[what]
    with pytest.raises(InputError) as error:
        parse_bundle(unpacked(data))
    assert error.value.code == code


def test_a_file_that_is_not_compressed_is_left_as_it_is() -> None:
    assert unpacked(PLAIN) is PLAIN
    assert unpacked(b"") == b""
    assert unpacked(b"\x1f") == b"\x1f"


def test_equal_bundles_are_equal_files_without_a_name_or_a_time() -> None:
    assert packed(PLAIN) == GOOD
    assert GOOD[3:8] == bytes(5)
    assert len(GOOD) < len(PLAIN)


def test_a_bomb_takes_no_more_memory_than_a_bundle_may_have() -> None:
    tracemalloc.start()
    with pytest.raises(InputError):
        unpacked(BOMB)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3 * MAX_BYTES


def test_a_trust_file_is_never_compressed() -> None:
    with pytest.raises(InputError) as error:
        parse_trust(REFUSED["a trust file"][0])
    assert error.value.code.startswith(("json-", "trust-"))


@given(at=st.integers(0, len(GOOD) - 1), bits=st.integers(1, 255))
def test_a_changed_byte_never_makes_another_bundle_of_it(at: int, bits: int) -> None:
    bent = GOOD[:at] + bytes([GOOD[at] ^ bits]) + GOOD[at + 1 :]
    assert outcome(bent) in ("bundle-malformed", "bundle-too-large", PLAIN, bent)


def outcome(file: bytes) -> str | bytes:
    """What is inside, or the code of why nothing is; `file` itself if it is not compressed."""
    try:
        found = unpacked(file)
    except InputError as error:
        return error.code
    assert (found is file) == (not file.startswith(MAGIC))
    return found
