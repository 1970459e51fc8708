# SPDX-License-Identifier: Apache-2.0
"""A record taken apart shows what was signed, and nothing in it hides or moves its neighbours."""

from __future__ import annotations

import json

from filiera.model.ids import b64url
from filiera.web.audit.unfolded import unfold
from filiera.web.bounds import PART
from tests.support.world import World


def jws(payload: bytes, header: bytes = b"{}") -> str:
    return ".".join(b64url(each) for each in (header, payload, bytes(range(64))))


def test_the_parts_are_what_was_encoded() -> None:
    world = World()
    found = unfold(world.jws["spin"].decode())
    assert found.payload is not None
    assert found.header is not None
    assert json.loads(found.header.text)["alg"] == "ES256K"
    assert json.loads(found.payload.text)["name"] == "Spinning"
    assert found.jws.text == world.jws["spin"].decode()


def test_numbers_are_shown_digit_for_digit() -> None:
    found = unfold(jws(b'{"a":0.10,"b":[1,true,null,{}],"c":[]}'))
    assert found.payload is not None
    assert found.payload.text == (
        '{\n  "a": 0.10,\n  "b": [\n    1,\n    true,\n    null,\n    {}\n  ],\n  "c": []\n}'
    )


def test_what_cannot_be_seen_or_turns_the_line_is_written_as_an_escape() -> None:
    found = unfold(jws('{"a":"pay \u202e001\u200b\x7f"}'.encode()))
    assert found.payload is not None
    assert found.payload.text == '{\n  "a": "pay \\u202e001\\u200b\\u007f"\n}'


def test_the_signature_is_r_and_s() -> None:
    found = unfold(jws(b"{}"))
    assert found.signature == ("0x" + bytes(range(32)).hex(), "0x" + bytes(range(32, 64)).hex())


def test_what_breaks_the_format_is_shown_as_far_as_it_goes() -> None:
    assert unfold("").payload is None
    assert unfold("a").header is None
    assert unfold("e30.####.AA").payload is None
    assert unfold("e30.####.AA").signature is None
    text = unfold(jws(b'{"a":1,"a":2}')).payload
    assert text is not None
    assert text.text == '{"a":1,"a":2}'


def test_a_part_that_is_too_long_is_cut_and_says_by_how_much() -> None:
    found = unfold(jws(b'"' + b"x" * PART + b'"'))
    assert found.payload is not None
    assert len(found.payload.text) == PART
    assert found.payload.left_out == 2
