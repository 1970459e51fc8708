# SPDX-License-Identifier: Apache-2.0
"""Bytes that are kept to be sent again."""

from __future__ import annotations

import gzip

import pytest

from filiera.services.body import Body


@pytest.mark.parametrize("plain", [b"", b"short", b"long " * 1_000])
def test_what_comes_out_is_what_was_put_in(plain: bytes) -> None:
    assert Body.of(plain).plain == plain


def test_what_is_long_is_kept_compressed_alone_and_what_is_short_as_it_is() -> None:
    long, short = Body.of(b"long " * 1_000), Body.of(b"short")
    assert (long.zipped, gzip.decompress(long.data)) == (True, b"long " * 1_000)
    assert (short.zipped, short.data) == (False, b"short")


def test_equal_bytes_are_equal_bodies_and_others_have_another_tag() -> None:
    assert Body.of(b"a" * 1_000) == Body.of(b"a" * 1_000)
    assert Body.of(b"a" * 1_000).tag != Body.of(b"b" * 1_000).tag
