# SPDX-License-Identifier: Apache-2.0
"""CIDs agree with an independent implementation (the package multiformats)."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multiformats import CID

from filiera.adapters.documents.cids import (
    DAG_CBOR,
    DAG_PB,
    RAW,
    block_key,
    cid_bytes,
    cid_text,
    digest_of,
    parse_cid,
)

DIGESTS = st.binary(min_size=32, max_size=32)


@given(DIGESTS, st.sampled_from([RAW, DAG_PB, DAG_CBOR]))
def test_a_cid_is_written_as_multiformats_writes_it(digest: bytes, codec: int) -> None:
    foreign = CID("base32", 1, codec, ("sha2-256", digest))
    assert cid_bytes(codec, digest) == bytes(foreign)
    assert cid_text(cid_bytes(codec, digest)) == str(foreign)


@given(DIGESTS, st.sampled_from([RAW, DAG_PB, DAG_CBOR]))
def test_a_cid_reads_back(digest: bytes, codec: int) -> None:
    cid = cid_bytes(codec, digest)
    assert parse_cid(cid_text(cid)) == cid
    assert digest_of(cid) == digest


def test_the_cid_of_hello_is_the_known_one() -> None:
    # `printf hello | ipfs add --cid-version=1`, Kubo 0.40.1
    cid = cid_bytes(RAW, hashlib.sha256(b"hello").digest())
    assert cid_text(cid) == "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "QmTkzDwWqPbnAh5YiV5VwcTLnGdwSNsNTn2aDxdXBFca7D",
        "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4ye",
        "BAFKREIBM6JG3UX5QUMHCN2B3FLC3TYU6DMLB4XA7U5BF44YEGNRJHC4YEQ",
        "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4ye1",
        "bafkrgqbm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq",
        "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yer",
    ],
)
def test_a_cid_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no CIDv1"):
        parse_cid(text)


def test_a_block_is_named_as_kubo_names_it() -> None:
    # The empty directory's block, which `ipfs init` of Kubo 0.40.1 makes.
    digest = digest_of(parse_cid("bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354"))
    assert block_key(digest) == "CIQFTFEEHEDF6KLBT32BFAGLXEZL4UWFNWM4LFTLMXQBCERZ6CMLX3Y"
