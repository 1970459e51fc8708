# SPDX-License-Identifier: Apache-2.0
"""A header is read from its RLP alone, strictly, and every hash is over all of it."""

import pytest
from eth_hash.auto import keccak

from filiera.errors import InputError
from filiera.proof.header import MAX_HEADER, Header, parse_header
from filiera.proof.rlp import Item, encode
from tests.standards import standard_json
from tests.support.blocks import QUANTITIES, header_rlp, made_header

HEADER = made_header(number=7, timestamp=1_800_000_000, extraData=b"vanity")


def test_a_header_says_what_it_was_made_of() -> None:
    assert (HEADER.number, HEADER.time, HEADER.extra) == (7, 1_800_000_000, b"vanity")
    assert HEADER.parent == HEADER.state_root == HEADER.receipts_root == b"\x11" * 32
    assert encode(list(HEADER.fields)) == HEADER.rlp
    assert HEADER.hash == keccak(HEADER.rlp) == HEADER.hash_with(b"vanity")
    assert HEADER.hash_with(b"") == made_header(number=7, timestamp=1_800_000_000).hash


def test_fields_of_later_forks_are_kept_and_hashed() -> None:
    later = made_header(baseFeePerGas=7, withdrawalsRoot=bytes(32))
    assert len(later.fields) == 17
    assert later.hash_with(later.extra) == later.hash


def vectors(kind: str) -> list[dict]:
    return standard_json(f"qbft/{kind}.json")["vectors"]


@pytest.mark.parametrize("kind", ["headers", "synthetic"])
def test_real_headers_are_read(kind: str) -> None:
    for vector in vectors(kind):
        header = parse_header(bytes.fromhex(vector["header_rlp"][2:]))
        expected = vector["expect"]
        assert header.number == expected["number"]
        for name in ("state_root", "receipts_root"):
            if name in expected:
                assert "0x" + getattr(header, name).hex() == expected[name]


def test_a_header_in_json_rpc_form_is_the_same_one() -> None:
    found = [each for each in vectors("headers") if "rpc_block" in each]
    assert found
    for vector in found:
        # Numbers are decimal there.
        block = {
            name: hex(int(said)) if name in QUANTITIES else said
            for name, said in vector["rpc_block"].items()
        }
        assert header_rlp(block) == bytes.fromhex(vector["header_rlp"][2:])


def changed(index: int, value: Item) -> bytes:
    fields: list[Item] = [*HEADER.fields]
    fields[index] = value
    return encode(fields)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x80",
        b"\xc0",
        encode(list(HEADER.fields[:14])),
        encode([*HEADER.fields, *([b""] * 18)]),
        HEADER.rlp + b"\0",
        HEADER.rlp[:-1],
        *(changed(index, b"\1" * 31) for index in (0, 1, 2, 3, 4, 5, 6, 13, 14)),
        *(changed(index, b"\0\1") for index in (7, 8, 9, 10, 11)),
        *(changed(index, b"\1" * 9) for index in (8, 11)),
        changed(8, (2**53).to_bytes(7, "big")),
        changed(11, (2**53).to_bytes(7, "big")),
        changed(12, [b"\1"]),
        changed(12, bytes(MAX_HEADER)),
    ],
)
def test_what_is_no_header_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        parse_header(data)
    assert refused.value.code in {"rlp-malformed", "header-malformed"}


def test_the_largest_number_is_read() -> None:
    largest: Header = made_header(number=2**53 - 1)
    assert largest.number == 2**53 - 1
