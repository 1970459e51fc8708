# SPDX-License-Identifier: Apache-2.0
"""A signed statement has one spelling (docs/records.md), and its id is that spelling's."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256

import pytest

from filiera.model.ids import b64url, did_pkh
from filiera.proof.jws import MAX_JWS, parse_jws, record_id, sign_record, signature_holds
from tests.support.spelling import (
    CHAIN,
    HEADER,
    ISSUER,
    JWK,
    OTHER,
    PAYLOAD,
    RECORD,
    SIGNER,
    Spelling,
    code,
    refusal,
    with_header,
    with_jwk,
    without,
)

# What is read


def test_a_record_says_who_signed_what() -> None:
    record = parse_jws(RECORD)
    assert (record.jws, record.payload) == (RECORD, PAYLOAD)
    assert (record.chain_id, record.address) == (CHAIN, SIGNER.address)
    assert (record.public_key, record.issuer) == (SIGNER.public_key, ISSUER)
    assert signature_holds(record)


def test_a_record_s_id_is_the_sha_256_of_its_bytes() -> None:
    assert parse_jws(RECORD).id == record_id(RECORD) == sha256(RECORD).digest()


def test_whatever_order_and_space_the_header_has_it_is_its_own_record() -> None:
    other = Spelling(header=json.dumps(dict(reversed(HEADER.items())), indent=1).encode()).jws()
    assert signature_holds(parse_jws(other))
    assert record_id(other) != record_id(RECORD)


def test_signing_twice_gives_the_same_record() -> None:
    # RFC 6979: the nonce is the key's and the message's, not chance's.
    assert sign_record(PAYLOAD, CHAIN, SIGNER) == RECORD


# Three parts, whole, canonical


@pytest.mark.parametrize(
    "spoil",
    [
        lambda h, p, s: f"{h}.{p}",
        lambda h, p, s: f"{h}.{p}.{s}.{s}",
        lambda h, p, s: f"{h}.{p}.{s}.",
        lambda h, p, s: f".{h}.{p}.{s}",
        lambda h, p, s: f".{p}.{s}",
        lambda h, p, s: f"{h}..{s}",
        lambda h, p, s: f"{h}.{p}.",
        lambda h, p, s: "",
        lambda h, p, s: "..",
        lambda h, p, s: f"{h}.{p}.{s}\n",
        lambda h, p, s: f"{h}.{p}.{s}\r\n",
        lambda h, p, s: f" {h}.{p}.{s}",
        lambda h, p, s: f"{h}.{p}.{s}~",
        lambda h, p, s: f"{h}\n.{p}.{s}",
        lambda h, p, s: f"{h}=.{p}.{s}",
        lambda h, p, s: f"{h}.{p}==.{s}",
        lambda h, p, s: f"{h}.{p}.{s}==",
        lambda h, p, s: f"{h}.{p}.{s[:-1]}",
        lambda h, p, s: f"{h}.{p}.{s}A",
        lambda h, p, s: f"{h}.{p}.{s[:40]}+{s[41:]}",
        lambda h, p, s: f"{h}.{p}.{s[:40]}/{s[41:]}",
        lambda h, p, s: f"{h}.{p}.{s[:40]}é{s[42:]}",
        lambda h, p, s: json.dumps({"protected": h, "payload": p, "signature": s}),
    ],
)
def test_a_record_is_exactly_three_parts_and_nothing_around_them(
    spoil: Callable[[str, str, str], str],
) -> None:
    header, payload, signature = RECORD.decode().split(".")
    assert code(spoil(header, payload, signature).encode()) == "jws-malformed"


@pytest.mark.parametrize("part", [0, 1, 2])
def test_no_part_has_a_second_spelling_that_decodes_alike(part: int) -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    spaces = 0
    while True:  # until the part's length leaves unused bits in its last character
        payload = json.dumps(PAYLOAD).encode() + b" " * spaces
        header = json.dumps(HEADER).encode() + b" " * spaces
        parts = Spelling(header, payload).jws().decode().split(".")
        if len(parts[part]) % 4 in (2, 3):
            break
        spaces += 1
    last = alphabet.index(parts[part][-1])
    parts[part] = parts[part][:-1] + alphabet[last + 1]
    assert code(".".join(parts).encode()) == "jws-malformed"


def test_a_part_of_a_length_that_no_bytes_have_is_refused() -> None:
    header, payload, signature = RECORD.decode().split(".")
    payload += "A" * (-len(payload) % 4 + 1)
    assert len(payload) % 4 == 1
    assert code(f"{header}.{payload}.{signature}".encode()) == "jws-malformed"


def test_a_record_over_the_limit_is_refused_before_it_is_read() -> None:
    assert code(b"A" * (MAX_JWS + 1)) == "record-too-large"
    assert code(b"A" * MAX_JWS) == "jws-malformed"


# The header


@pytest.mark.parametrize(
    "alg", ["none", "None", "HS256", "ES256", "es256k", "ES256K-R", "", None, 1, ["ES256K"]]
)
def test_every_algorithm_but_es256k_is_refused(alg: object) -> None:
    assert code(with_header(alg=alg)) == "jws-algorithm"


def test_a_header_without_an_algorithm_is_refused() -> None:
    jws = Spelling(header=json.dumps(without(HEADER, "alg")).encode()).jws()
    assert code(jws) == "jws-algorithm"


@pytest.mark.parametrize("name", ["typ", "jwk", "kid"])
def test_a_header_lacks_nothing(name: str) -> None:
    jws = Spelling(header=json.dumps(without(HEADER, name)).encode()).jws()
    assert code(jws) == "jws-header"


@pytest.mark.parametrize("name", ["crit", "b64", "x5c", "jku", "cty", "iat", "ALG", ""])
def test_a_header_has_nothing_more(name: str) -> None:
    assert code(with_header(**{name: []})) == "jws-header"


@pytest.mark.parametrize("typ", ["JWT", "vc+sd-jwt", "VC+JWT", "application/vc+jwt", None, {}])
def test_the_header_s_type_is_vc_jwt(typ: object) -> None:
    assert code(with_header(typ=typ)) == "jws-header"


@pytest.mark.parametrize("header", [b"[]", b"null", b'"ES256K"', b"{", b"\xff"])
def test_a_header_that_is_no_object_is_refused(header: bytes) -> None:
    error = refusal(Spelling(header=header).jws())
    assert error.code == "json-malformed"
    assert (error.where or "").startswith("header")


# The key


@pytest.mark.parametrize("name", ["kty", "crv", "x", "y"])
def test_a_key_lacks_nothing(name: str) -> None:
    assert code(with_header(jwk=without(JWK, name))) == "jws-key"


def test_a_private_key_is_refused_and_so_is_anything_more() -> None:
    assert code(with_jwk(d=b64url(sha256(b"spinner").digest()))) == "jws-key"
    for name in ("kid", "alg", "use", "key_ops"):
        assert code(with_jwk(**{name: "sig"})) == "jws-key"


@pytest.mark.parametrize(
    "changed",
    [
        {"kty": "OKP"},
        {"kty": "ec"},
        {"crv": "P-256"},
        {"crv": "P-256K"},
        {"x": None},
        {"x": 1},
        {"y": ["a"]},
        {"x": ""},
        {"x": b64url(SIGNER.public_key[:31])},
        {"y": b64url(SIGNER.public_key[32:63])},
        {"x": b64url(b"\x00" + SIGNER.public_key[:32])},
        {"x": JWK["x"] + "="},
        {"x": JWK["x"][:-1] + "!"},
        {"y": JWK["x"]},
        {"x": b64url(bytes(32)), "y": b64url(bytes(32))},
        {"x": b64url(b"\xff" * 32)},
    ],
)
def test_a_key_is_a_point_of_secp256k1_in_its_one_spelling(changed: dict[str, object]) -> None:
    assert code(with_jwk(**changed)) == "jws-key"


@pytest.mark.parametrize("jwk", [None, [], "secp256k1", 1])
def test_a_key_that_is_no_object_is_refused(jwk: object) -> None:
    assert code(with_header(jwk=jwk)) == "jws-key"


def test_a_coordinate_that_only_reads_the_same_modulo_the_field_is_refused() -> None:
    # x + p is another number below 2^256 only for the smallest x; point (1, y) is on the curve.
    field = 2**256 - 2**32 - 977
    y = pow(8, (field + 1) // 4, field)
    assert y * y % field == 8
    point = {"x": b64url((1 + field).to_bytes(32, "big")), "y": b64url(y.to_bytes(32, "big"))}
    assert code(with_jwk(**point)) == "jws-key"
    point["x"] = b64url((1).to_bytes(32, "big"))
    assert code(with_jwk(**point)) == "jws-kid", "the same point spelled rightly is a key"


# The names


@pytest.mark.parametrize(
    "kid",
    [
        did_pkh(CHAIN, OTHER.address),
        did_pkh(CHAIN, SIGNER.address.upper().replace("X", "x")),
        ISSUER.replace("0x", "0X"),
        ISSUER.replace("0x", ""),
        f"did:pkh:eip155:0{CHAIN}:{SIGNER.address}",
        f"did:pkh:eip155::{SIGNER.address}",
        f"did:pkh:eip155:-1:{SIGNER.address}",
        f"did:pkh:eip155:{'9' * 17}:{SIGNER.address}",
        f"did:pkh:bip122:{CHAIN}:{SIGNER.address}",
        f"did:ethr:{CHAIN}:{SIGNER.address}",
        f"{ISSUER}#key",
        f"{ISSUER}\n",
        f" {ISSUER}",
        SIGNER.address,
        "",
        None,
        952952,
    ],
)
def test_kid_is_the_key_s_own_did_in_its_one_spelling(kid: object) -> None:
    payload = json.dumps({**PAYLOAD, "issuer": {"id": kid}}).encode()
    header = json.dumps({**HEADER, "kid": kid}).encode()
    assert code(Spelling(header, payload).jws()) == "jws-kid"


@pytest.mark.parametrize(
    "issuer",
    [
        {"id": did_pkh(CHAIN, OTHER.address)},
        {"id": did_pkh(1, SIGNER.address)},
        {"id": ISSUER.upper()},
        {"id": f"{ISSUER} "},
        {"id": None},
        {"id": [ISSUER]},
        {"name": "Filatura"},
        {},
        ISSUER,
        [{"id": ISSUER}],
        None,
    ],
)
def test_the_issuer_is_the_account_that_the_header_names_byte_for_byte(issuer: object) -> None:
    error = refusal(Spelling(payload=json.dumps({**PAYLOAD, "issuer": issuer}).encode()).jws())
    assert (error.code, error.where) == ("jws-kid", "issuer.id")


def test_a_payload_without_an_issuer_is_refused() -> None:
    assert code(Spelling(payload=b'{"kilos":1}').jws()) == "jws-kid"


def test_an_account_of_another_chain_is_read_and_named_for_the_verdict_to_judge() -> None:
    record = parse_jws(sign_record({"issuer": {"id": did_pkh(1, SIGNER.address)}}, 1, SIGNER))
    assert record.chain_id == 1


# JSON inside


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (b'{"issuer":{"id":"x"},"issuer":{"id":"y"}}', "json-not-i-json"),
        (b'{"issuer":{"id":"x","\\u0069d":"y"}}', "json-not-i-json"),
        (b"\xef\xbb\xbf{}", "json-not-i-json"),
        (b'{"a":NaN}', "json-not-i-json"),
        (b'{"a":9007199254740992}', "json-not-i-json"),
        (b'{"a":"\\ud800"}', "json-not-i-json"),
        (b'{"a":0.1234567890123456}', "number-malformed"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, "json-too-deep"),
        (b"[]", "json-malformed"),
        (b'{"a":"\xff"}', "json-malformed"),
        (b" ", "json-malformed"),
    ],
)
def test_header_and_payload_are_i_json(payload: bytes, expected: str) -> None:
    in_payload = refusal(Spelling(payload=payload).jws())
    in_header = refusal(Spelling(header=payload).jws())
    assert (in_payload.code, in_header.code) == (expected, expected)
    assert (in_payload.where or "").startswith("payload")
    assert (in_header.where or "").startswith("header")


def test_a_header_s_name_occurs_once() -> None:
    twice = Spelling().header.replace(b'{"alg"', b'{"alg": "none", "alg"', 1)
    assert code(Spelling(header=twice).jws()) == "json-not-i-json"
    escaped = Spelling().header.replace(b'{"alg"', b'{"\\u0061lg": "none", "alg"', 1)
    assert code(Spelling(header=escaped).jws()) == "json-not-i-json"
