# SPDX-License-Identifier: Apache-2.0
"""Of a block's seals both verifiers say the same: of real networks' headers and of made-up ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from filiera.errors import InputError
from filiera.proof.header import Header, parse_header
from filiera.proof.qbft import commit_hash
from filiera.proof.sealing import Sealed
from filiera.proof.seals import check_seal
from filiera.proof.trust import TrustFile
from tests.standards import standard_json
from tests.support.blocks import made_header
from tests.support.seals import (
    FOUR,
    STRANGER,
    clique_chain,
    clique_header,
    operator_seal,
    qbft_header,
    trusting,
)
from tests.verifier.wire import ROOT, run_node

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / "backend/verifier/node_modules").is_dir(),
        reason="the browser verifier's packages are not installed (npm ci in backend/verifier)",
    ),
]

Case = tuple[tuple[bytes, ...], bytes | None, TrustFile]


def of_python(case: Case) -> Any:
    headers, seal, trusted = case
    try:
        read = tuple(map(parse_header, headers))
        found = check_seal(Sealed(read, seal), trusted)
    except InputError as error:
        return {"error": error.code}
    malformed = found.code == "seal-malformed" or trusted.seal.kind != "qbft"
    return {
        "code": found.code,
        "blockHash": found.block_hash.hex(),
        "params": dict(found.params),
        "signers": list(found.signers),
        "headers": found.headers,
        "operatorSeal": found.operator_seal,
        "commit": None if malformed else commit_hash(read[0]).hex(),
    }


def agreed(cases: dict[str, Case]) -> set[str]:
    given = [
        {
            "headers": [each.hex() for each in headers],
            "operatorSeal": seal.hex() if seal is not None else None,
            "trust": trusted.model_dump(mode="json", by_alias=True),
        }
        for headers, seal, trusted in cases.values()
    ]
    found = json.loads(run_node("tests/verifier/seals.ts", text=json.dumps(given)))
    for (name, case), answer in zip(cases.items(), found, strict=True):
        assert answer == of_python(case), name
    return {answer.get("code") or answer["error"] for answer in found}


def _published() -> Iterator[tuple[str, Case]]:
    for kind in ("headers", "synthetic", "negative"):
        for vector in standard_json(f"qbft/{kind}.json")["vectors"]:
            if vector["protocol"] != "qbft" or not vector["trusted_validators"]:
                continue
            seal = {
                "kind": "qbft",
                "validators": sorted(vector["trusted_validators"]),
                "fromBlock": 0,
            }
            usual = trusting("qbft").model_dump(by_alias=True)
            trusted = TrustFile.model_validate(usual | {"seal": seal, "predecessor": None})
            yield vector["name"], ((bytes.fromhex(vector["header_rlp"][2:]),), None, trusted)


def test_about_headers_of_real_networks_and_every_one_that_must_be_refused() -> None:
    codes = agreed(dict(_published()))
    assert {"seal-ok", "seal-foreign", "seal-duplicate", "seal-too-few", "seal-malformed"} <= codes


def _rlp(*headers: Header) -> tuple[bytes, ...]:
    return tuple(each.rlp for each in headers)


def test_about_seals_of_every_kind() -> None:
    clique, one = trusting("clique"), trusting("operator", FOUR[:1])
    chain, plain = clique_chain(FOUR), made_header()
    signed = operator_seal(plain, one, FOUR[0])
    pinned = trusting("clique", pinnedBlocks=["0x" + chain[0].hash.hex()])
    cases: dict[str, Case] = {
        "a majority": (_rlp(*chain[:3]), None, clique),
        "more than a majority": (_rlp(*chain), None, clique),
        "too few": (_rlp(*chain[:2]), None, clique),
        "one twice": (_rlp(*clique_chain([*FOUR[:2], FOUR[0]])), None, clique),
        "a stranger": (_rlp(*clique_chain([*FOUR[:2], STRANGER])), None, clique),
        "a stranger behind": (_rlp(*clique_chain([*FOUR, STRANGER])), None, clique),
        "unlinked": (_rlp(chain[0], chain[2], chain[1]), None, clique),
        "no seal at all": (_rlp(plain), None, clique),
        "a pinned block": (_rlp(chain[0]), None, pinned),
        "a later set": (_rlp(*chain[:3]), None, trusting("clique", fromBlock=17)),
        "an epoch": (
            _rlp(clique_header(FOUR[0], [each.address for each in FOUR])),
            None,
            trusting("clique", FOUR[:1]),
        ),
        "a list that is none": (
            _rlp(made_header(extraData=bytes(32 + 19 + 65))),
            None,
            clique,
        ),
        "the operator": (_rlp(plain), signed, one),
        "no operator": (_rlp(plain), None, one),
        "another operator": (_rlp(plain), operator_seal(plain, one, STRANGER), one),
        "another v": (_rlp(plain), signed[:64] + bytes([signed[64] ^ 1]), one),
        "v of 27": (_rlp(plain), signed[:64] + bytes([signed[64] + 27]), one),
        "r of zero": (_rlp(plain), bytes(32) + signed[32:], one),
        "s of zero": (_rlp(plain), signed[:32] + bytes(32) + signed[64:], one),
        "r of no point": (_rlp(plain), b"\0" * 31 + b"\5" + signed[32:], one),
        "qbft of nothing": (_rlp(plain), None, trusting("qbft")),
        "a header with bytes behind": ((plain.rlp + b"\0",), None, one),
        "a header cut short": ((plain.rlp[:-1],), None, one),
        "no header": ((b"\xc0",), None, one),
        "a string": ((b"\x80",), None, one),
    }
    for number in (0, 16):
        for count in range(5):
            header = qbft_header(FOUR[:count], number=number)
            cases[f"qbft {number} {count}"] = (_rlp(header), None, trusting("qbft"))
    for at in range(0, len(plain.rlp), 3):
        bent = plain.rlp[:at] + bytes([plain.rlp[at] ^ 0x81]) + plain.rlp[at + 1 :]
        cases[f"bent {at}"] = ((bent,), signed, one)
    codes = agreed(cases)
    assert {"seal-majority-ok", "seal-operator-ok", "seal-pinned-ok", "seal-older-set"} <= codes
    assert {"seal-missing", "header-unlinked", "rlp-malformed", "header-malformed"} <= codes
