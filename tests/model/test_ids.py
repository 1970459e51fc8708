# SPDX-License-Identifier: Apache-2.0
"""Names have one spelling and name one thing (docs/proof.md 1; RFC 4648, RFC 6920, CAIP-10)."""

from __future__ import annotations

import base64
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.errors import InputError
from filiera.model.ids import (
    b64url,
    did_pkh,
    digest_multibase,
    ni_uri,
    parse_did_pkh,
    parse_digest_multibase,
    parse_ni,
    unb64url,
)

DIGESTS = st.binary(min_size=32, max_size=32)
HELLO = sha256(b"Hello World!").digest()


# base64url


def test_the_known_answers_of_rfc_4648_hold_without_padding() -> None:
    # RFC 4648 section 10.
    known = ["", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy"]
    for length, text in enumerate(known):
        assert b64url(b"foobar"[:length]) == text
        assert unb64url(text) == b"foobar"[:length]
    assert b64url(b"\xfb\xff\xfe") == "-__-"


@given(st.binary())
def test_bytes_come_back_from_their_spelling(data: bytes) -> None:
    assert unb64url(b64url(data)) == data


@pytest.mark.parametrize(
    "text",
    [
        "Zg==",
        "Zm8=",
        "Zh",
        "Zm9",
        "Z",
        "Zm9vY",
        "+/+/",
        "Zm 9v",
        "Zm9v\n",
        " Zm9v",
        "Zm9v=",
        "=",
        "é",
        "Zm9v.",
    ],
)
def test_a_second_spelling_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        unb64url(text, where="field")
    assert (caught.value.code, caught.value.where) == ("base64url-malformed", "field")


@given(st.text(max_size=12))
def test_whatever_is_read_is_spelled_that_way(text: str) -> None:
    try:
        data = unb64url(text)
    except InputError:
        return
    assert b64url(data) == text
    assert base64.urlsafe_b64decode(text + "===") == data


# ni URIs


def test_the_known_answer_of_rfc_6920_holds() -> None:
    # RFC 6920 section 8.1, its first example.
    assert ni_uri(HELLO) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


@given(DIGESTS)
def test_a_digest_comes_back_from_its_name(digest: bytes) -> None:
    assert parse_ni(ni_uri(digest)) == digest


NAME = b64url(HELLO)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        NAME,
        f"ni:///sha-256;{NAME[:-1]}",
        f"ni:///sha-256;{NAME}A",
        f"ni:///sha-256;{NAME}=",
        f"ni:///sha-256;{NAME}\n",
        f" ni:///sha-256;{NAME}",
        f"NI:///sha-256;{NAME}",
        f"ni:///SHA-256;{NAME}",
        f"ni:///sha-256,{NAME}",
        f"ni:///sha-256-128;{NAME}",
        f"ni://example.com/sha-256;{NAME}",
        f"nih:sha-256;{HELLO.hex()}",
        f"ni:///sha-256;{NAME}?ct=application/json",
        f"ni:///sha-256;{NAME.replace('_', '/')}",
        # k holds 4 bits and two zeros; l, the next, would decode alike.
        f"ni:///sha-256;{NAME[:-1]}l",
    ],
)
def test_another_spelling_of_a_name_is_refused(uri: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_ni(uri, where="linkURL")
    assert (caught.value.code, caught.value.where) == ("ni-malformed", "linkURL")


def test_a_long_name_is_refused_without_repeating_all_of_it() -> None:
    with pytest.raises(InputError) as caught:
        parse_ni("x" * 100_000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("digest", [b"", HELLO[:31], HELLO + b"\x00"])
def test_only_32_bytes_are_named(digest: bytes) -> None:
    for name in (ni_uri, digest_multibase):
        with pytest.raises(ValueError, match="32 bytes"):
            name(digest)


# digestMultibase


def test_a_digest_is_a_sha2_256_multihash_in_base64url_multibase() -> None:
    # Multicodec 0x12 is sha2-256, 0x20 its 32 bytes; multibase u is base64url unpadded.
    text = digest_multibase(HELLO)
    assert text == "u" + b64url(bytes([0x12, 0x20]) + HELLO)
    assert text.startswith("uEiB")
    assert len(text) == 47


@given(DIGESTS)
def test_a_digest_comes_back_from_its_multibase(digest: bytes) -> None:
    assert parse_digest_multibase(digest_multibase(digest)) == digest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "u",
        digest_multibase(HELLO)[1:],
        "U" + digest_multibase(HELLO)[1:],
        "z" + digest_multibase(HELLO)[1:],
        "f1220" + HELLO.hex(),
        digest_multibase(HELLO) + "=",
        digest_multibase(HELLO) + "AA",
        "u" + b64url(HELLO),
        "u" + b64url(b"\x12\x20" + HELLO[:31]),
        "u" + b64url(b"\x12\x1f" + HELLO[:31]),
        "u" + b64url(b"\x13\x20" + HELLO),
        "u" + b64url(b"\x16\x20" + HELLO),
        "u" + base64.b64encode(b"\x12\x20" + b"\xff" * 32).decode(),
    ],
)
def test_another_multibase_or_multihash_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_digest_multibase(text, where="digestMultibase")
    assert (caught.value.code, caught.value.where) == ("base64url-malformed", "digestMultibase")


# did:pkh

ADDRESS = "0x" + "0a" * 20


@given(st.integers(1, 10**16 - 1), st.binary(min_size=20, max_size=20))
def test_an_account_comes_back_from_its_did(chain_id: int, address: bytes) -> None:
    text = f"0x{address.hex()}"
    assert parse_did_pkh(did_pkh(chain_id, text)) == (chain_id, text)


@pytest.mark.parametrize(
    "did",
    [
        "",
        f"did:pkh:eip155:1:{ADDRESS.upper()}",
        f"did:pkh:eip155:1:0x{'0A' * 20}",
        f"did:pkh:eip155:1:{ADDRESS[2:]}",
        f"did:pkh:eip155:1:{ADDRESS}0",
        f"did:pkh:eip155:1:{ADDRESS[:-1]}",
        f"did:pkh:eip155:1:{ADDRESS}\n",
        f"did:pkh:eip155:1:{ADDRESS}#k",
        f" did:pkh:eip155:1:{ADDRESS}",
        f"did:pkh:eip155:0:{ADDRESS}",
        f"did:pkh:eip155:01:{ADDRESS}",
        f"did:pkh:eip155:+1:{ADDRESS}",
        f"did:pkh:eip155:0x1:{ADDRESS}",
        f"did:pkh:eip155:\u0661:{ADDRESS}",
        f"did:pkh:eip155::{ADDRESS}",
        f"did:pkh:eip155:{ADDRESS}",
        f"did:pkh:EIP155:1:{ADDRESS}",
        f"did:pkh:solana:1:{ADDRESS}",
        f"did:ethr:1:{ADDRESS}",
    ],
)
def test_another_spelling_of_an_account_is_none(did: str) -> None:
    assert parse_did_pkh(did) is None
